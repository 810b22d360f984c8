package pulseboard.history;

import io.vertx.core.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * What is known of some series. Written by hand and not as a tree of JSON, of which each number would be an object.
 *
 * @param query what was asked
 * @param series the buckets of each, by name: made when they are asked for, so that not all have to be in memory at once
 */
record QueryResult(Query query, SortedMap<String, Supplier<Downsampler>> series) {

    /** The columns of a series. */
    static final List<String> KINDS = List.of("min", "average", "max");

    private static final int CHARACTERS_A_NUMBER = 8;

    /**
     * As one document of columns; {@code null} where nothing is known.
     *
     * @param most its length in characters
     * @throws QueryRefusal when it would be longer
     */
    String toJson(int most) {
        Text json = new Text(most);
        json.add("{\"from\":" + query.from() + ",\"to\":" + query.to() + ",\"stepMilliseconds\":"
                + query.stepMilliseconds() + ",\"series\":{");
        series.forEach((name, made) -> {
            Downsampler buckets = made.get();
            json.separate('{').add(Json.encode(name)).add(":{");
            for (int kind = 0; kind < KINDS.size(); kind++) {
                json.separate('{').add('"' + KINDS.get(kind) + "\":[");
                for (int bucket = 0; bucket < query.count(); bucket++) {
                    json.separate('[').add(buckets.get(kind, bucket), "null");
                }
                json.add("]");
            }
            json.add("}").expect(series.size());
        });
        return json.add("}}").toString();
    }

    /** As a table (RFC 4180): a line for each bucket, three columns for each series; empty where nothing is known. */
    String toCsv(int most) {
        Text csv = new Text(most).add("time");
        for (String name : series.keySet()) {
            for (String kind : KINDS) {
                csv.add(",\"")
                        .add(name.replace("\"", "\"\""))
                        .add(" ")
                        .add(kind)
                        .add("\"");
            }
        }
        csv.add("\r\n");
        List<Downsampler> columns = columns();
        for (int bucket = 0; bucket < query.count(); bucket++) {
            csv.add(Instant.ofEpochMilli(at(bucket)).toString());
            for (Downsampler buckets : columns) {
                for (int kind = 0; kind < KINDS.size(); kind++) {
                    csv.add(",").add(buckets.get(kind, bucket), "");
                }
            }
            csv.add("\r\n");
        }
        return csv.toString();
    }

    /** As a JSON document a line, for each bucket of which something is known. */
    String toNdjson(int most) {
        Text lines = new Text(most);
        List<String> names = series.keySet().stream().map(Json::encode).toList();
        List<Downsampler> columns = columns();
        for (int bucket = 0; bucket < query.count(); bucket++) {
            boolean isBegun = false;
            for (int column = 0; column < names.size(); column++) {
                if (columns.get(column).isKnown(bucket)) {
                    lines.add(isBegun ? "," : "{\"at\":" + at(bucket) + ",\"series\":{");
                    lines.add(names.get(column)).add(":");
                    addLine(lines, columns.get(column), bucket);
                    isBegun = true;
                }
            }
            lines.add(isBegun ? "}}\n" : "");
        }
        return lines.toString();
    }

    private List<Downsampler> columns() {
        return series.values().stream().map(Supplier::get).toList();
    }

    private static void addLine(Text lines, Downsampler buckets, int bucket) {
        for (int kind = 0; kind < KINDS.size(); kind++) {
            lines.add(kind == 0 ? "{\"" : ",\"").add(KINDS.get(kind)).add("\":");
            lines.add(buckets.get(kind, bucket), "null");
        }
        lines.add("}");
    }

    private long at(int bucket) {
        return query.from() + bucket * query.stepMilliseconds();
    }

    /** A text that does not become too long: names may be of any length, and there may be thousands. */
    private static final class Text {
        private final StringBuilder built = new StringBuilder();
        private final int most;
        private boolean isExpected;

        Text(int most) {
            this.most = most;
        }

        Text add(String more) {
            if (built.length() + more.length() > most) {
                throw new QueryRefusal(
                        400,
                        "that is too much at once: more than " + most
                                + " characters; ask for fewer series, or for fewer points");
            }
            built.append(more);
            return this;
        }

        Text add(float number, String unknown) {
            if (Float.isNaN(number)) {
                return add(unknown);
            }
            if (built.length() + CHARACTERS_A_NUMBER > most) {
                return add(Decimals.text(number));
            }
            Decimals.append(built, number);
            return this;
        }

        /** Makes room for so many like this first one: a text that grows bit by bit is copied each time. */
        void expect(int parts) {
            if (!isExpected) {
                isExpected = true;
                built.ensureCapacity((int) Math.min(most, (long) built.length() * parts * 9 / 8));
            }
        }

        /** A comma, unless this is the first. */
        Text separate(char opening) {
            return built.charAt(built.length() - 1) == opening ? this : add(",");
        }

        @Override
        public String toString() {
            return built.toString();
        }
    }
}
