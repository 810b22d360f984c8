package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Values as Cloudplow writes them. */
final class Shown {

    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private Shown() {}

    /** A number of bytes, with its text beside it. */
    static JsonObject size(JsonObject json, String key, long bytes) {
        return json.put(key, bytes).put(key + "_human", text(bytes));
    }

    /** Powers of 1,024 under decimal names, as ever. */
    static String text(long bytes) {
        double rest = bytes;
        int unit = 0;
        while (rest >= 1_024 && unit < UNITS.size() - 1) {
            rest /= 1_024;
            unit++;
        }
        return bytes == 0 ? "0 B" : String.format(Locale.ROOT, "%.1f %s", rest, UNITS.get(unit));
    }

    /** Bytes a second, with a text beside it. */
    static JsonObject speed(JsonObject json, String key, long bytes) {
        return json.put(key, bytes).put(key + "_human", text(bytes) + "/s");
    }

    /** Seconds, with a text beside it, whose name has no unit. */
    static JsonObject duration(JsonObject json, String key, long seconds) {
        return json.put(key, seconds).put(key.replace("_seconds", "") + "_human", duration(seconds));
    }

    private static String duration(long seconds) {
        if (seconds >= 3_600) {
            return seconds / 3_600 + "h " + seconds % 3_600 / 60 + "m";
        }
        return seconds >= 60 ? seconds / 60 + "m " + seconds % 60 + "s" : seconds == 0 ? "-" : seconds + "s";
    }

    /** How long until something that is so far away, in milliseconds. */
    static String until(long milliseconds) {
        long minutes = milliseconds / 60_000;
        return milliseconds <= 0 ? "Ready" : minutes / 60 + "h " + minutes % 60 + "m";
    }

    /** A moment in Unix milliseconds, in seconds, with a text beside it. */
    static JsonObject moment(JsonObject json, String key, long at) {
        return json.put(key, at / 1_000.0).put(key + "_human", time(at));
    }

    /** In 10^9 bytes, to two places. */
    static double gigabytes(long bytes) {
        return Math.round(bytes / 1e7) / 100.0;
    }

    /** A moment in Unix milliseconds, by ISO 8601. */
    static String time(long at) {
        return Instant.ofEpochMilli(at).toString();
    }
}
