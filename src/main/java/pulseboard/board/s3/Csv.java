package pulseboard.board.s3;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of CSV (RFC 4180) in which no spreadsheet finds a formula. */
final class Csv {

    private static final String FORMULAS = "=+-@\t\r\n";

    private Csv() {}

    static String header(List<String> columns) {
        return String.join(",", columns) + "\r\n";
    }

    /** The members of an object; those that it does not have are empty. */
    static String line(List<String> columns, JsonObject object) {
        return columns.stream().map(each -> cell(object.getValue(each))).collect(Collectors.joining(",")) + "\r\n";
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (!(value instanceof String text)) {
            return value.toString();
        }
        String safe = !text.isEmpty() && FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return '"' + safe.replace("\"", "\"\"") + '"';
    }
}
