package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** A line of a table (RFC 4180). */
final class CsvLine {

    private CsvLine() {}

    static String head(List<String> columns) {
        return String.join(",", columns) + "\r\n";
    }

    /** The values of these columns, in their order. */
    static String of(JsonObject row, List<String> columns) {
        return columns.stream()
                        .map(column -> cell(String.valueOf(row.getValue(column, ""))))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** No program is to take a text for a formula. */
    private static String cell(String text) {
        String safe = text.isEmpty() || "=+-@\t\r\n".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
