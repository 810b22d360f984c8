package pulseboard.top;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import pulseboard.top.TextLine.Tone;

/**
 * What is said of one uploader, in words.
 *
 * @param uploader its part of the board
 */
record UploaderText(JsonView uploader) {

    private static final Set<String> UNDER_WAY = Set.of("starting", "uploading", "between", "paused", "waiting");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ROOT);

    String phase() {
        return uploader.text("phase");
    }

    boolean isUnderWay() {
        return UNDER_WAY.contains(phase());
    }

    Tone tone() {
        return switch (phase()) {
            case "failed", "lost" -> Tone.ALARM;
            case "paused", "waiting", "stopped" -> Tone.WARNING;
            default -> Tone.GOOD;
        };
    }

    /** Whether it is somebody else's rclone. */
    boolean isForeign() {
        return uploader.text("kind").equals("attached");
    }

    /** What somebody else's rclone counts itself. */
    String reported() {
        JsonView reported = uploader.part("reported");
        return reported.isEmpty()
                ? "nobody listens there"
                : count(reported, "files") + " of " + counted(reported, "totalFiles", "file") + ", "
                        + size(reported, "bytes") + " of " + size(reported, "totalBytes");
    }

    String where() {
        if (isForeign()) {
            return "watches the rclone at " + uploader.text("target");
        }
        return uploader.text("kind") + " " + uploader.text("source") + " to " + uploader.text("target");
    }

    /** All that matters, in one line. */
    String line() {
        List<String> parts = new ArrayList<>();
        if (isForeign()) {
            parts.add(phase());
            parts.add(reported());
            uploader.part("rates").number("bytesPerSecond").ifPresent(rate -> parts.add(Formatter.bytes(rate) + "/s"));
        } else if (isUnderWay()) {
            JsonView bytes = uploader.part("bytes");
            parts.add(phase() + " " + percent(bytes.number("percent")));
            parts.add(files());
            parts.add(size(bytes, "done") + " of " + size(bytes, "planned"));
            uploader.part("rates").number("bytesPerSecond").ifPresent(rate -> parts.add(Formatter.bytes(rate) + "/s"));
            left().ifPresent(seconds -> parts.add(span(seconds) + " left"));
            if (!waits().isEmpty()) {
                parts.add(waits());
            }
        } else {
            parts.add("no active upload session (" + phase() + ")");
            parts.add(next());
        }
        return String.join(", ", parts);
    }

    /** How many have arrived of how many. */
    String files() {
        JsonView files = uploader.part("files");
        return count(files, "uploaded") + " of " + counted(files, "planned", "file");
    }

    OptionalDouble left() {
        return uploader.part("estimate").number("remainingSeconds");
    }

    /** What it waits for, and until when; empty: for nothing. */
    String waits() {
        String reason = uploader.part("session").text("reason");
        OptionalDouble until = uploader.number("until");
        return isUnderWay() ? reason + (until.isPresent() ? " until " + time(until.getAsDouble()) : "") : "";
    }

    /** When the next session may begin by itself. */
    String next() {
        JsonView next = uploader.part("next");
        JsonView queue = uploader.part("queue");
        String trouble = uploader.text("trouble") + queue.text("trouble");
        if (!trouble.isEmpty()) {
            return trouble;
        }
        if (next.isEmpty()) {
            return "when the next may begin is not known";
        }
        OptionalDouble at = next.number("at");
        String waiting =
                queue.number("bytes").isPresent() ? Formatter.bytes(queue.orZero("bytes")) + " do" : "not listed yet";
        return "the next begins when " + Formatter.bytes(next.orZero("bytes")) + " wait (" + waiting + ")"
                + (at.isPresent() ? ", not before " + time(at.getAsDouble()) : "");
    }

    /** How the last session has ended; empty: there was none. */
    String last(long now) {
        JsonView session = uploader.part("session");
        OptionalDouble ended = session.number("endedAt");
        if (ended.isEmpty()) {
            return "";
        }
        String reason = session.text("reason");
        return phase() + " " + Formatter.duration(now - (long) ended.getAsDouble()) + " ago, " + files() + ", "
                + size(uploader.part("bytes"), "done") + ", took " + span(session.orZero("seconds"))
                + (reason.isEmpty() ? "" : ": " + reason);
    }

    /** How fast it goes, and may go. */
    String speed() {
        JsonView rates = uploader.part("rates");
        JsonView limit = uploader.part("bandwidth");
        return rate(rates, "bytesPerSecond") + ", average " + rate(rates, "averageBytesPerSecond") + ", highest "
                + rate(rates, "peakBytesPerSecond")
                + (limit.isEmpty()
                        ? ""
                        : "; at most " + rate(limit, "limitBytesPerSecond") + " (" + limit.text("why") + ")");
    }

    /** Of the stage that is under way. */
    String stage() {
        JsonView stage = uploader.part("stage");
        if (stage.isEmpty()) {
            return waits().isEmpty() ? "none" : waits();
        }
        String sizes = stage.number("files").isPresent()
                ? ": " + counted(stage, "files", "file") + ", " + size(stage, "bytes") + ", the largest "
                        + size(stage, "largestBytes")
                : "";
        String position = uploader.text("position");
        return count(stage, "number") + " by " + stage.text("accountName")
                + (position.isEmpty() ? "" : " (" + position + ")") + sizes;
    }

    /** When something may happen, on this machine's clock. */
    static String time(double at) {
        return TIME.format(Instant.ofEpochMilli((long) at).atZone(ZoneId.systemDefault()));
    }

    static String span(double seconds) {
        return Formatter.duration((long) (seconds * 1_000));
    }

    /** With a tenth, and never rounded up: a hundred is a hundred. */
    static String percent(OptionalDouble value) {
        return value.isPresent()
                ? String.format(Locale.ROOT, "%.1f %%", Math.floor(value.getAsDouble() * 10) / 10)
                : "n/a";
    }

    static String count(JsonView of, String key) {
        return Formatter.whole(of.orZero(key));
    }

    /** With the word for what is counted. */
    static String counted(JsonView of, String key, String word) {
        return count(of, key) + " " + word + (of.orZero(key) == 1 ? "" : "s");
    }

    static String size(JsonView of, String key) {
        return Formatter.bytes(of.orZero(key));
    }

    static String rate(JsonView of, String key) {
        OptionalDouble value = of.number(key);
        return value.isPresent() ? Formatter.bytes(value.getAsDouble()) + "/s" : "n/a";
    }
}
