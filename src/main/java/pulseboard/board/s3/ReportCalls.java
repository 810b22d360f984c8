package pulseboard.board.s3;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The calls by which other programs tell of their runs, looked at before any of them is done. */
final class ReportCalls {

    /** What is called, and which members it cannot do without: names, and whether each is a number. */
    private static final Map<String, Map<String, Boolean>> CALLS = Map.ofEntries(
            Map.entry("start", Map.of()),
            Map.entry("stop", Map.of()),
            Map.entry("setTotalFiles", Map.of("count", true)),
            Map.entry("incrementProcessed", Map.of()),
            Map.entry("incrementUploaded", Map.of("bytes", true)),
            Map.entry("incrementSkipped", Map.of()),
            Map.entry("incrementFailed", Map.of()),
            Map.entry("updateProgress", Map.of("filePath", false)),
            Map.entry("addError", Map.of("error", false)),
            Map.entry("addWarning", Map.of("text", false)));

    private static final List<String> NUMBERS =
            List.of("count", "bytes", "fileSize", "uploadBytesPerSecond", "modifiedAt");

    private ReportCalls() {}

    /** What is wrong with a call, one sentence; empty: nothing. */
    static String mistake(JsonObject call) {
        Map<String, Boolean> needed = call.getValue("call") instanceof String name ? CALLS.get(name) : null;
        if (needed == null) {
            return "there is no call " + call.getValue("call") + "; there are "
                    + String.join(", ", new TreeMap<>(CALLS).keySet());
        }
        for (String member : needed.keySet()) {
            if (call.getValue(member) == null) {
                return call.getString("call") + " needs " + member;
            }
        }
        for (Map.Entry<String, Object> each : call) {
            boolean isNumber = NUMBERS.contains(each.getKey());
            boolean isGood = isNumber
                    ? each.getValue() instanceof Number number
                            && number.doubleValue() >= 0
                            && number.doubleValue() < 1e18
                    : each.getValue() instanceof String text && text.length() <= 4_096;
            if (!isGood) {
                return each.getKey()
                        + (isNumber ? " must be a number, not below 0" : " must be a text of at most 4,096 characters");
            }
        }
        return "";
    }

    /** Calls of a text, one JSON object a line; each has been looked at. */
    static JsonArray of(String text) {
        JsonArray calls = new JsonArray();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                JsonObject call;
                try {
                    call = new JsonObject(line);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException("line " + number + " is no JSON object", e);
                }
                String mistake = mistake(call);
                if (!mistake.isEmpty()) {
                    throw new IllegalArgumentException("line " + number + ": " + mistake);
                }
                calls.add(call);
            }
        }
        return calls;
    }
}
