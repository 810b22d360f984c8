package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.top.TextLine.Tone;

/** The board of uploads: one uploader, what the others are at, and the accounts of all. Not thread-safe. */
final class UploadsView implements View {

    /** Below this there is a plain line for each uploader. */
    private static final int LEAST_COLUMNS = 60;

    private static final int LEAST_ROWS = 16;
    private static final int NAME = 12;
    private static final String KEYS = " q quit   n next uploader";

    private final Gauge gauge;
    private final String wanted;
    private String chosen = "";
    private boolean isNextWanted;

    /** Of this uploader; empty: of one that is under way, if any is. */
    UploadsView(Gauge gauge, String wanted) {
        this.gauge = gauge;
        this.wanted = wanted;
    }

    /** All uploaders in one line, or this one. */
    static String text(@Nullable JsonObject board, String wanted) {
        Map<String, UploaderText> all = uploaders(board);
        String text = all.entrySet().stream()
                .filter(each -> wanted.isEmpty() || wanted.equals(each.getKey()))
                .map(each -> each.getKey() + ": " + each.getValue().line())
                .collect(Collectors.joining("  "));
        return text.isEmpty() ? missing(all, wanted) : text;
    }

    private static String missing(Map<String, UploaderText> all, String wanted) {
        return wanted.isEmpty()
                ? "there is no uploader"
                : "there is no uploader " + wanted + "; those there are: " + String.join(", ", all.keySet());
    }

    private static Map<String, UploaderText> uploaders(@Nullable JsonObject board) {
        return JsonView.of(board)
                .part("uploaders")
                .parts()
                .sorted(Map.Entry.comparingByKey())
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        each -> new UploaderText(each.getValue()),
                        (one, other) -> one,
                        LinkedHashMap::new));
    }

    @Override
    public boolean press(int key) {
        isNextWanted |= key == 'n' || key == 'N' || key == '\t';
        return key < 0 || key == 'q' || key == 'Q';
    }

    @Override
    public List<TextLine> draw(ServerState state, int columns, int rows, long now) {
        TextBlock block = TextBlock.of(columns);
        block.line().add(" uploads ", Tone.REVERSED).add("  " + state.where(), Tone.MUTED);
        Panels.status(block, state, now);
        if (state.host() != null) {
            Map<String, UploaderText> all = uploaders(state.host());
            String name = choose(all);
            UploaderText shown = all.get(name);
            if (shown == null) {
                block.line().add(" " + missing(all, wanted), Tone.WARNING);
            } else if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
                all.forEach((each, text) -> block.line().add(" " + each + ": " + text.line()));
            } else {
                whole(block, all, name);
                new UploaderPanels(gauge, shown, now).draw(block, JsonView.of(state.host()), rows - 1);
            }
        }
        TextBlock screen = block.ofRows(rows - 1);
        screen.line().add(KEYS, Tone.MUTED);
        return screen.lines();
    }

    /** The one that a key has chosen, that was asked for, or that is under way; else the first. */
    private String choose(Map<String, UploaderText> all) {
        List<String> names = List.copyOf(all.keySet());
        String now = !chosen.isEmpty() && all.containsKey(chosen) ? chosen : wanted;
        if (now.isEmpty()) {
            now = names.stream()
                    .filter(name -> uploader(all, name).isUnderWay())
                    .findFirst()
                    .orElse(names.isEmpty() ? "" : names.get(0));
        }
        if (isNextWanted && !names.isEmpty()) {
            now = names.get((names.indexOf(now) + 1) % names.size());
            chosen = now;
        }
        isNextWanted = false;
        return now;
    }

    private static UploaderText uploader(Map<String, UploaderText> all, String name) {
        return all.getOrDefault(name, new UploaderText(JsonView.of(null)));
    }

    /** Its name and what it is at, and the same of the others. */
    private static void whole(TextBlock block, Map<String, UploaderText> all, String shown) {
        TextLine line = block.line().add(" ");
        for (String name : all.keySet()) {
            UploaderText each = uploader(all, name);
            boolean isShown = name.equals(shown);
            line.add(name, isShown ? Tone.TITLE : Tone.MUTED)
                    .add(" " + each.phase(), isShown ? each.tone() : Tone.MUTED)
                    .fill(3);
        }
        UploaderText uploader = uploader(all, shown);
        block.line().field("", 1, Tone.PLAIN).add(uploader.where(), Tone.MUTED);
        block.line();
    }

    /** A label in its column, and what belongs to it. */
    static TextLine labelled(TextBlock block, String label) {
        return block.line().add(" ").field(label, NAME - 1, Tone.MUTED);
    }
}
