package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of some series.
 *
 * @param question what was asked
 * @param series the buckets of each, by name
 */
record Answer(Question question, TreeMap<String, Buckets> series) {

    /** As one document of columns; {@code null} where nothing is known. */
    JsonObject toJson() {
        JsonObject columns = new JsonObject();
        series.forEach((name, buckets) -> {
            JsonArray min = new JsonArray();
            JsonArray average = new JsonArray();
            JsonArray max = new JsonArray();
            for (int bucket = 0; bucket < question.count(); bucket++) {
                Summary summary = buckets.get(bucket);
                min.add(number(summary.min()));
                average.add(number(summary.average()));
                max.add(number(summary.max()));
            }
            columns.put(
                    name,
                    new JsonObject().put("min", min).put("average", average).put("max", max));
        });
        return new JsonObject()
                .put("from", question.from())
                .put("to", question.to())
                .put("stepMilliseconds", question.stepMilliseconds())
                .put("series", columns);
    }

    @SuppressWarnings("NullAway") // JSON has null, and a gap is one.
    private static Number number(float value) {
        if (Float.isNaN(value)) {
            return null;
        }
        // By way of its shortest text: what was 24.7e9 in seven digits shall not become 24700000256.
        double exact = Double.parseDouble(Float.toString(value));
        return exact == Math.rint(exact) ? (Number) (long) exact : (Number) exact;
    }

    /** As a table (RFC 4180): a line for each bucket, three columns for each series; empty where nothing is known. */
    String toCsv() {
        StringBuilder csv = new StringBuilder("time");
        for (String name : series.keySet()) {
            for (String kind : new String[] {" min", " average", " max"}) {
                csv.append(",\"")
                        .append(name.replace("\"", "\"\""))
                        .append(kind)
                        .append('"');
            }
        }
        csv.append("\r\n");
        for (int bucket = 0; bucket < question.count(); bucket++) {
            csv.append(Instant.ofEpochMilli(at(bucket)));
            for (Buckets buckets : series.values()) {
                Summary summary = buckets.get(bucket);
                csv.append(',').append(text(summary.min()));
                csv.append(',').append(text(summary.average()));
                csv.append(',').append(text(summary.max()));
            }
            csv.append("\r\n");
        }
        return csv.toString();
    }

    private static String text(float value) {
        return Float.isNaN(value) ? "" : String.valueOf(number(value));
    }

    /** As a JSON document a line, for each bucket of which something is known. */
    String toNdjson() {
        StringBuilder lines = new StringBuilder();
        for (int bucket = 0; bucket < question.count(); bucket++) {
            JsonObject line = new JsonObject();
            for (Map.Entry<String, Buckets> entry : series.entrySet()) {
                Summary summary = entry.getValue().get(bucket);
                if (!summary.isNone()) {
                    line.put(
                            entry.getKey(),
                            new JsonObject()
                                    .put("min", number(summary.min()))
                                    .put("average", number(summary.average()))
                                    .put("max", number(summary.max())));
                }
            }
            if (!line.isEmpty()) {
                lines.append(new JsonObject()
                                .put("at", at(bucket))
                                .put("series", line)
                                .encode())
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private long at(int bucket) {
        return question.from() + bucket * question.stepMilliseconds();
    }
}
