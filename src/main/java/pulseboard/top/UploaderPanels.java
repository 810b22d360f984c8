package pulseboard.top;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import pulseboard.top.TextLine.Tone;

/**
 * One uploader, from top to bottom, and the accounts.
 *
 * @param now Unix milliseconds
 */
record UploaderPanels(Gauge gauge, UploaderText text, long now) {

    private static final int BAR = 30;
    private static final int SMALL_BAR = 12;
    private static final int FIGURE = 9;
    private static final int RATE = 12;
    private static final int NAME = 22;
    private static final int MOST_ERRORS = 3;
    private static final int LEAST_TRANSFERS = 3;

    /** What there is room for: first the session, then what is under way, accounts, errors, and the last files. */
    void draw(TextBlock block, JsonView board, int rows) {
        if (text.isForeign()) {
            foreign(block);
        } else {
            own(block);
        }
        TextBlock rest = TextBlock.of(block.width());
        accounts(rest, board.part("accounts"));
        errors(rest);
        int room = rows - block.lines().size() - rest.lines().size() - 1;
        transfers(block, Math.max(LEAST_TRANSFERS, room));
        block.lines().addAll(rest.lines());
        recent(block, rows - block.lines().size() - 1);
    }

    private void own(TextBlock block) {
        if (text.isUnderWay()) {
            session(block);
        } else {
            idle(block);
        }
        queue(block);
    }

    private void foreign(TextBlock block) {
        String trouble = text.uploader().text("trouble");
        UploadsView.labelled(block, "it counts").add(text.reported());
        UploadsView.labelled(block, "speed")
                .add(UploaderText.rate(text.uploader().part("rates"), "bytesPerSecond"));
        UploadsView.labelled(block, "").add("somebody else's: it is shown, and never commanded", Tone.MUTED);
        if (!trouble.isEmpty()) {
            UploadsView.labelled(block, "trouble").add(trouble, Tone.ALARM);
        }
    }

    private void session(TextBlock block) {
        JsonView bytes = text.uploader().part("bytes");
        JsonView files = text.uploader().part("files");
        bar(block, "bytes", bytes.number("percent"))
                .add(UploaderText.size(bytes, "done") + " of " + UploaderText.size(bytes, "planned"));
        TextLine line = bar(block, "files", files.number("percent")).add(text.files());
        for (String key : List.of("unchanged", "skipped", "failed")) {
            if (files.orZero(key) > 0) {
                line.add(
                        ", " + UploaderText.count(files, key) + " " + key,
                        key.equals("failed") ? Tone.ALARM : Tone.PLAIN);
            }
        }
        UploadsView.labelled(block, "speed").add(text.speed());
        OptionalDouble left = text.left();
        UploadsView.labelled(block, "time left")
                .add(left.isPresent() ? "about " + UploaderText.span(left.getAsDouble()) : "n/a");
        UploadsView.labelled(block, "stage").add(text.stage());
        JsonView session = text.uploader().part("session");
        UploadsView.labelled(block, "session")
                .add("for " + Formatter.duration(now - (long) session.orZero("startedAt")) + ", "
                        + UploaderText.counted(session, "accountsUsed", "account") + " used");
    }

    private void idle(TextBlock block) {
        block.line().add(" No active upload session", Tone.TITLE);
        UploadsView.labelled(block, "next").add(text.next());
        if (!text.last(now).isEmpty()) {
            UploadsView.labelled(block, "last").add(text.last(now), text.tone());
        }
    }

    /** Its number stands beside it, so that nothing is told by the length alone. */
    private TextLine bar(TextBlock block, String label, OptionalDouble percent) {
        TextLine line = UploadsView.labelled(block, label);
        gauge.progress(line, percent.orElse(0), BAR);
        return line.right(UploaderText.percent(percent), FIGURE, Tone.PLAIN).fill(2);
    }

    private void queue(TextBlock block) {
        JsonView queue = text.uploader().part("queue");
        OptionalDouble listed = queue.number("listedAt");
        if (listed.isEmpty()) {
            UploadsView.labelled(block, "queue").add("n/a: the folder is not listed yet", Tone.WARNING);
            return;
        }
        UploadsView.labelled(block, "queue")
                .add(UploaderText.counted(queue, "files", "file") + ", " + UploaderText.size(queue, "bytes"))
                .add(
                        "; listed " + Formatter.duration(now - (long) listed.getAsDouble()) + " ago, confidence "
                                + queue.text("confidence").replace('_', ' '),
                        Tone.MUTED);
        if (queue.number("p50Bytes").isPresent()) {
            UploadsView.labelled(block, "")
                    .add(
                            "half of them up to " + UploaderText.size(queue, "p50Bytes") + ", 90 % "
                                    + UploaderText.size(queue, "p90Bytes") + ", the largest "
                                    + UploaderText.size(queue, "maximumBytes"),
                            Tone.MUTED);
        }
        if (queue.orZero("tooLargeFiles") > 0) {
            UploadsView.labelled(block, "")
                    .add(
                            UploaderText.counted(queue, "tooLargeFiles", "file")
                                    + " too large for any account, such as " + queue.text("tooLargePath"),
                            Tone.WARNING);
        }
    }

    private void transfers(TextBlock block, int most) {
        List<Map.Entry<String, JsonView>> all = byNumber(text.uploader().part("active"));
        if (all.isEmpty()) {
            return;
        }
        block.title("under way", Integer.toString(all.size()));
        for (Map.Entry<String, JsonView> each : all.subList(0, Math.min(all.size(), most))) {
            JsonView file = each.getValue();
            double size = file.orZero("size");
            double percent = size > 0 ? file.orZero("bytes") / size * 100 : 0;
            String amount = UploaderText.size(file, "bytes") + "/" + UploaderText.size(file, "size");
            int figures = SMALL_BAR + FIGURE + 2 * RATE + 8;
            TextLine line = block.line()
                    .add(" ")
                    .field(file.text("path"), Math.max(FIGURE, block.width() - figures), Tone.PLAIN);
            gauge.progress(line.fill(1), percent, SMALL_BAR);
            line.right(UploaderText.percent(OptionalDouble.of(percent)), FIGURE, Tone.PLAIN)
                    .right(amount, RATE + 5, Tone.MUTED)
                    .right(UploaderText.rate(file, "bytesPerSecond"), RATE, Tone.PLAIN);
        }
    }

    private void accounts(TextBlock block, JsonView accounts) {
        if (accounts.isEmpty()) {
            return;
        }
        block.title("accounts", "used of the quota");
        accounts.parts()
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparing(account -> account.text("name")))
                .forEach(account -> account(block, account));
    }

    private void account(TextBlock block, JsonView account) {
        double percent = account.orZero("usedPercent");
        TextLine line = block.line().add(" ").field(account.text("name"), NAME, Tone.PLAIN);
        gauge.bar(line.fill(1), percent, SMALL_BAR);
        line.right(UploaderText.percent(OptionalDouble.of(percent)), FIGURE, Tone.PLAIN)
                .right(
                        UploaderText.size(account, "usedBytes") + "/" + UploaderText.size(account, "quotaBytes"),
                        RATE + 5,
                        Tone.MUTED)
                .fill(2);
        String status = account.text("status");
        line.field(status, RATE, status.equals("suspended") ? Tone.WARNING : Tone.PLAIN);
        OptionalDouble at = account.number(status.equals("suspended") ? "suspendedUntil" : "resetsAt");
        at.ifPresent(time -> line.add(
                (status.equals("suspended") ? "rests until " : "given back by ") + UploaderText.time(time),
                Tone.MUTED));
    }

    private void errors(TextBlock block) {
        List<Map.Entry<String, JsonView>> all =
                byNumber(text.uploader().part("errors").part("recent"));
        for (Map.Entry<String, JsonView> each : all.subList(Math.max(0, all.size() - MOST_ERRORS), all.size())) {
            JsonView error = each.getValue();
            block.line()
                    .add(" error ", Tone.ALARM)
                    .add(error.text("path"))
                    .add(" " + error.text("message"), Tone.MUTED);
        }
    }

    private void recent(TextBlock block, int room) {
        List<Map.Entry<String, JsonView>> all = byNumber(text.uploader().part("recent"));
        if (all.isEmpty() || room < 1) {
            return;
        }
        block.title("last files", "");
        for (int at = all.size() - 1; at >= Math.max(0, all.size() - room); at--) {
            JsonView file = all.get(at).getValue();
            block.line()
                    .add(" ")
                    .field(
                            file.text("result"),
                            FIGURE + 1,
                            file.text("result").equals("failed") ? Tone.ALARM : Tone.MUTED)
                    .right(UploaderText.size(file, "bytes"), FIGURE, Tone.MUTED)
                    .add("  " + file.text("path"));
        }
    }

    /** What a stranger calls otherwise is left out. */
    private static List<Map.Entry<String, JsonView>> byNumber(JsonView of) {
        return of.parts()
                .filter(each -> each.getKey().matches("\\d{1,9}"))
                .sorted(Comparator.comparing(each -> Integer.valueOf(each.getKey())))
                .toList();
    }
}
