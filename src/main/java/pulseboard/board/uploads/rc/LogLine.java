package pulseboard.board.uploads.rc;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/**
 * A line of rclone's log. Not every line is JSON; the rest is taken as text.
 *
 * @param end where it ends in the file
 * @param object the file that it is about; empty: none
 * @param message what it says
 * @param isError whether rclone calls it an error
 */
public record LogLine(long end, String object, String message, boolean isError) {

    private static final Pattern COMPLETED = Pattern.compile("(Multi-thread )?Copied \\(|Moved");

    /** Takes apart what stands in one line. */
    static LogLine of(long end, String line) {
        if (!line.startsWith("{")) {
            return new LogLine(end, "", line, false);
        }
        try {
            JsonObject json = new JsonObject(line);
            return new LogLine(
                    end,
                    text(json, "object"),
                    text(json, "msg"),
                    text(json, "level").equals("error"));
        } catch (DecodeException e) {
            return new LogLine(end, "", line, false);
        }
    }

    private static String text(JsonObject json, String key) {
        return json.getValue(key) instanceof String text ? text : "";
    }

    /** Whether it says that a file has arrived. */
    public boolean isCompletion() {
        return !object.isEmpty() && COMPLETED.matcher(message).lookingAt();
    }
}
