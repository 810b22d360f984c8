package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a run goes on, in one line of plain text. */
public final class PlainLine {

    private static final JsonObject NOTHING = new JsonObject();
    private static final String OBEYED = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB"};

    private PlainLine() {}

    /** While it goes on. */
    public static String of(JsonObject state) {
        JsonObject files = state.getJsonObject("files", NOTHING);
        JsonObject bytes = state.getJsonObject("bytes", NOTHING);
        List<String> parts = new ArrayList<>();
        Double percent = bytes.getDouble("percent");
        parts.add(state.getString("phase", "")
                + (percent == null ? "" : String.format(Locale.ROOT, " %.1f %%", percent)));
        parts.add(files.getLong("uploaded", 0L) + " of " + files.getLong("planned", 0L) + " files");
        parts.add(bytes(bytes.getLong("done", 0L)) + " of " + bytes(bytes.getLong("planned", 0L)));
        Double rate = state.getJsonObject("rates", NOTHING).getDouble("bytesPerSecond");
        if (rate != null) {
            parts.add(String.format(Locale.ROOT, "%.1f Mbit/s", rate * 8 / 1e6));
        }
        remaining(state).ifPresent(left -> parts.add(left + " left"));
        int failed = state.getJsonObject("errors", NOTHING).getInteger("count", 0);
        if (failed > 0) {
            parts.add(failed + (failed == 1 ? " error" : " errors"));
        }
        return String.join(", ", parts);
    }

    /** How long still, if that is known. */
    public static Optional<String> remaining(JsonObject state) {
        JsonObject estimate = state.getJsonObject("estimate", NOTHING);
        return Optional.ofNullable(estimate.getLong("remainingSeconds"))
                .map(seconds -> (estimate.getBoolean("atLeast", false) ? "at least " : "") + duration(seconds));
    }

    /** When it has ended: what became of it, and the last errors, one a line. */
    public static String summary(JsonObject state) {
        JsonObject files = state.getJsonObject("files", NOTHING);
        JsonObject bytes = state.getJsonObject("bytes", NOTHING);
        StringBuilder text = new StringBuilder();
        JsonObject recent = state.getJsonObject("errors", NOTHING).getJsonObject("recent", NOTHING);
        for (String number : recent.fieldNames()) {
            JsonObject error = recent.getJsonObject(number);
            String path = error.getString("path", "");
            text.append(printable(path.isEmpty() ? "" : path + ": "))
                    .append(printable(error.getString("message", "")))
                    .append(" [")
                    .append(error.getString("code", ""))
                    .append("]\n");
        }
        String reason = state.getJsonObject("run", NOTHING).getString("reason", "");
        text.append(state.getString("phase", ""))
                .append(": ")
                .append(files.getLong("uploaded", 0L))
                .append(state.getBoolean("dryRun", false) ? " files sent (dry run), " : " files sent and verified, ")
                .append(bytes(bytes.getLong("done", 0L)))
                .append("; ")
                .append(files.getLong("unchanged", 0L))
                .append(" unchanged, ")
                .append(files.getLong("skipped", 0L))
                .append(" skipped, ")
                .append(files.getLong("failed", 0L))
                .append(" failed, ")
                .append(files.getLong("conflicts", 0L))
                .append(" conflicts, ")
                .append(files.getLong("deleted", 0L))
                .append(" deleted");
        return text.append(reason.isEmpty() ? "" : "; " + printable(reason)).toString();
    }

    /** Names of files may hold what a terminal obeys. */
    private static String printable(String text) {
        return text.replaceAll(OBEYED, "?");
    }

    /** An object as JSON in one line of which a terminal obeys nothing: what JSON may have as it is, is escaped. */
    public static String json(JsonObject object) {
        return Pattern.compile(OBEYED)
                .matcher(object.encode())
                .replaceAll(found ->
                        found.group().chars().mapToObj("\\\\u%04x"::formatted).collect(Collectors.joining()));
    }

    /** In powers of ten. */
    public static String bytes(long count) {
        double rest = count;
        int unit = 0;
        while (rest >= 999.5 && unit < UNITS.length - 1) {
            rest /= 1_000;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }

    /** In words, with the two largest parts at most. */
    public static String duration(long seconds) {
        return seconds < 120
                ? seconds + " s"
                : seconds < 7_200 ? seconds / 60 + " min" : seconds / 3_600 + " h " + seconds / 60 % 60 + " min";
    }
}
