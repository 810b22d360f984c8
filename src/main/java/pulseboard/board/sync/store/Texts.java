package pulseboard.board.sync.store;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.Collectors;
import pulseboard.board.sync.rules.Conflict;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Version;

/** Rows, heads and conflicts as short texts. Where a link points to comes last: it may hold any character. */
final class Texts {

    private static final String TAB = "\t";
    private static final int ENTRY_FIELDS = 6;

    private Texts() {}

    static String of(Entry entry) {
        return String.join(
                TAB,
                entry.kind().name(),
                Long.toString(entry.size()),
                Long.toString(entry.mtimeNanos()),
                Integer.toString(entry.mode()),
                entry.version().toString(),
                entry.contentId());
    }

    static Entry entry(String text) {
        String[] parts = text.split(TAB, ENTRY_FIELDS);
        return new Entry(
                Entry.Kind.valueOf(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                parts[5],
                Version.of(parts[4]));
    }

    static String of(Row row) {
        String entry = of(row.entry());
        String placing = row.placing().kind() == Entry.Kind.ABSENT ? "" : of(row.placing());
        return row.seq() + TAB + entry.length() + TAB + entry + placing;
    }

    static Row row(String text) {
        String[] parts = text.split(TAB, 3);
        int length = Integer.parseInt(parts[1]);
        String placing = parts[2].substring(length);
        return new Row(
                entry(parts[2].substring(0, length)),
                Long.parseLong(parts[0]),
                placing.isEmpty() ? Entry.ABSENT : entry(placing));
    }

    static String of(Head head) {
        String origins = head.origins().stream().map(Version::toString).collect(Collectors.joining(";"));
        return head.seq()
                + TAB
                + head.device()
                + TAB
                + origins
                + TAB
                + head.path().length()
                + TAB
                + head.path()
                + of(head.entry());
    }

    static Head head(String text) {
        String[] parts = text.split(TAB, 5);
        int length = Integer.parseInt(parts[3]);
        return new Head(
                parts[4].substring(0, length),
                Long.parseLong(parts[0]),
                entry(parts[4].substring(length)),
                parts[1],
                Arrays.stream(parts[2].isEmpty() ? new String[0] : parts[2].split(";", -1))
                        .map(Version::of)
                        .toList());
    }

    static String of(Conflict conflict) {
        return conflict.toJson().encode();
    }

    static Conflict conflict(String text) {
        return Conflict.of(new JsonObject(text));
    }
}
