package pulseboard;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import pulseboard.board.s3.engine.PlainLine;
import pulseboard.top.TextLine;
import pulseboard.top.TextLine.Tone;

/** A run of the S3 engine on the whole of a terminal. Pure: a state in, lines out. */
record S3Dashboard(String job, int columns, int rows) {

    /** Below this there is one plain line. */
    static final int LEAST_COLUMNS = 60;

    static final int LEAST_ROWS = 16;

    private static final JsonObject NOTHING = new JsonObject();
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";
    private static final int LABEL = 10;
    private static final int FOOTER_ENTRIES = 3;

    /** What is on the screen, no more lines than there are rows. */
    List<TextLine> lines(JsonObject state, long now, String said) {
        if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
            return List.of(line().add(job + ": " + PlainLine.of(state)));
        }
        List<TextLine> all = new ArrayList<>();
        all.add(header(state, now));
        all.add(line().add(
                        state.getString("source", "") + " → " + state.getString("target", "") + " at "
                                + state.getString("endpoint", ""),
                        Tone.MUTED));
        all.add(line());
        List<TextLine> footer = footer(state, said);
        int left = columns * 2 / 3;
        List<TextLine> progress = progress(state, left, rows - all.size() - footer.size());
        List<TextLine> details = details(state, columns - left);
        for (int row = 0; row < rows - 3 - footer.size(); row++) {
            TextLine whole = line();
            whole.append(row < progress.size() ? progress.get(row) : new TextLine(left));
            all.add(row < details.size() ? whole.append(details.get(row)) : whole);
        }
        all.addAll(footer);
        return all;
    }

    private TextLine line() {
        return new TextLine(columns);
    }

    private TextLine header(JsonObject state, long now) {
        String phase = state.getString("phase", "");
        Tone tone = switch (phase) {
            case "failed", "lost" -> Tone.ALARM;
            case "paused", "waiting", "stopped" -> Tone.WARNING;
            default -> Tone.GOOD;
        };
        long begun = state.getJsonObject("run", NOTHING).getLong("startedAt", now);
        return line().add(job, Tone.TITLE)
                .add("  ")
                .add(phase, tone)
                .add(state.getBoolean("dryRun", false) ? " (dry run)" : "", Tone.WARNING)
                .add("  for " + PlainLine.duration(Math.max(0, now - begun) / 1_000))
                .add(String.format(Locale.ROOT, "  updated %tT", now), Tone.MUTED);
    }

    private List<TextLine> progress(JsonObject state, int width, int most) {
        JsonObject files = state.getJsonObject("files", NOTHING);
        JsonObject bytes = state.getJsonObject("bytes", NOTHING);
        JsonObject rates = state.getJsonObject("rates", NOTHING);
        List<TextLine> all = new ArrayList<>();
        all.add(bar(width, "bytes", bytes));
        all.add(labelled(
                width,
                "",
                PlainLine.bytes(bytes.getLong("done", 0L)) + " of " + PlainLine.bytes(bytes.getLong("planned", 0L))
                        + " sent and verified"));
        all.add(bar(width, "files", files));
        all.add(labelled(
                width,
                "",
                files.getLong("uploaded", 0L) + " of " + files.getLong("planned", 0L) + ", found "
                        + files.getLong("found", 0L)));
        all.add(labelled(
                width, "speed", speed(rates, "bytesPerSecond") + ", average " + speed(rates, "averageBytesPerSecond")));
        all.add(labelled(width, "time left", PlainLine.remaining(state).orElse("not known yet")));
        JsonObject workers = state.getJsonObject("workers", NOTHING);
        all.add(labelled(
                width,
                "workers",
                workers.getInteger("busy", 0) + " of " + workers.getInteger("target", 0) + "  "
                        + workers.getString("why", "")));
        all.add(new TextLine(width));
        for (Object each : state.getJsonObject("active", NOTHING).getMap().values()) {
            if (all.size() < most && each instanceof JsonObject slot) {
                all.add(active(slot, width));
            }
        }
        return all;
    }

    private static String speed(JsonObject rates, String key) {
        Long rate = rates.getLong(key);
        return rate == null ? "n/a" : PlainLine.bytes(rate) + "/s";
    }

    private static TextLine labelled(int width, String label, String text) {
        return new TextLine(width - 1).field(label, LABEL, Tone.MUTED).add(text);
    }

    /** In eighths of a column; its number stands beside it, so that nothing is told by the length alone. */
    private static TextLine bar(int width, String label, JsonObject of) {
        Double percent = of.getDouble("percent");
        TextLine line = new TextLine(width - 1).field(label, LABEL, Tone.MUTED);
        int room = Math.max(1, line.left() - 9);
        if (percent == null) {
            return line.add("?").add(" how much there is is not known yet", Tone.MUTED);
        }
        int eighths = (int) Math.round(percent / 100 * room * 8);
        String full = "█".repeat(eighths / 8);
        String rest = eighths % 8 == 0 ? "" : String.valueOf(EIGHTHS.charAt(eighths % 8));
        return line.field(full + rest, room, percent < 100 ? Tone.PLAIN : Tone.GOOD)
                .add(String.format(Locale.ROOT, " %5.1f %%", percent));
    }

    private static TextLine active(JsonObject slot, int width) {
        String part =
                slot.containsKey("part") ? " part " + slot.getInteger("part") + "/" + slot.getInteger("parts") : "";
        String amount = PlainLine.bytes(slot.getLong("bytes", 0L)) + "/" + PlainLine.bytes(slot.getLong("size", 0L));
        String attempt = slot.getInteger("attempt", 1) > 1 ? " attempt " + slot.getInteger("attempt") : "";
        String end = "  " + amount + part + attempt;
        return new TextLine(width - 1)
                .field(slot.getString("path", ""), Math.max(10, width - 1 - end.length()), Tone.PLAIN)
                .add(end, Tone.MUTED);
    }

    private static List<TextLine> details(JsonObject state, int width) {
        JsonObject files = state.getJsonObject("files", NOTHING);
        JsonObject verification = state.getJsonObject("verification", NOTHING);
        List<TextLine> all = new ArrayList<>();
        for (String key : List.of("unchanged", "skipped", "failed", "conflicts", "deleted")) {
            long count = files.getLong(key, 0L);
            boolean isBad = count > 0 && (key.equals("failed") || key.equals("conflicts"));
            all.add(new TextLine(width)
                    .field(key, LABEL + 2, Tone.MUTED)
                    .add(Long.toString(count), isBad ? Tone.ALARM : Tone.PLAIN));
        }
        all.add(new TextLine(width)
                .field("verified", LABEL + 2, Tone.MUTED)
                .add(verification.getLong("passed", 0L) + " "
                        + state.getJsonObject("server", NOTHING).getString("checksum", "")));
        all.add(new TextLine(width)
                .field("damaged", LABEL + 2, Tone.MUTED)
                .add(Long.toString(verification.getLong("failed", 0L))));
        Long limit = state.getLong("limitBytesPerSecond");
        all.add(new TextLine(width)
                .field("limit", LABEL + 2, Tone.MUTED)
                .add(limit == null ? "none" : PlainLine.bytes(limit) + "/s"));
        all.add(new TextLine(width));
        state.getJsonObject("recent", NOTHING).getMap().values().stream()
                .collect(Collectors.toCollection(ArrayDeque::new))
                .descendingIterator()
                .forEachRemaining(each ->
                        all.add(new TextLine(width).add(((JsonObject) each).getString("path", ""), Tone.MUTED)));
        return all;
    }

    private List<TextLine> footer(JsonObject state, String said) {
        List<TextLine> all = new ArrayList<>();
        addTrouble(all, state.getJsonObject("errors", NOTHING), "error", Tone.ALARM);
        addTrouble(all, state.getJsonObject("warnings", NOTHING), "warning", Tone.WARNING);
        all.add(line().add(
                        said.isEmpty() ? "q stop  p pause  + - workers  l limit" : said,
                        said.isEmpty() ? Tone.MUTED : Tone.WARNING));
        return all;
    }

    private void addTrouble(List<TextLine> all, JsonObject of, String word, Tone tone) {
        List<Object> recent =
                List.copyOf(of.getJsonObject("recent", NOTHING).getMap().values());
        for (Object each : recent.subList(Math.max(0, recent.size() - FOOTER_ENTRIES), recent.size())) {
            JsonObject entry = (JsonObject) each;
            all.add(line().add(word + " ", tone)
                    .add(entry.getString("path", ""))
                    .add(" " + entry.getString("message", ""), Tone.MUTED));
        }
    }
}
