package pulseboard.top;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import pulseboard.top.TextLine.Tone;

/**
 * The busiest processes, as many as there is room for.
 *
 * @param state what is known
 * @param byMemory whether those with most memory come first, not those with most CPU
 * @param filter what the name, the user or the id of those holds that are shown; empty: all are
 */
record ProcessPanel(ServerState state, boolean byMemory, String filter) {

    private static final int LEAST_LINES = 3;

    void draw(TextBlock block, int rows) {
        if (rows - block.lines().size() < LEAST_LINES) {
            return;
        }
        JsonView board = JsonView.of(state.processes());
        String why = state.processesTrouble().isEmpty() ? board.reason("processes") : state.processesTrouble();
        String order = byMemory ? "by memory" : "by cpu, 100 % is one core";
        block.title("processes", filter.isEmpty() ? order : "with " + filter + ", " + order);
        if (!why.isEmpty()) {
            block.missing(why);
            return;
        }
        row(block, Tone.MUTED, List.of("pid", "user", "cpu", "memory", "name"));
        board.part("processes")
                .parts()
                .filter(this::isWanted)
                .sorted(order())
                .limit(Math.max(0, rows - block.lines().size()))
                .forEach(each -> row(block, Tone.PLAIN, texts(each.getKey(), each.getValue())));
    }

    private boolean isWanted(Map.Entry<String, JsonView> process) {
        String wanted = filter.toLowerCase(Locale.ROOT);
        return Stream.of(
                        process.getKey(),
                        process.getValue().text("user"),
                        process.getValue().text("name"))
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
    }

    private Comparator<Map.Entry<String, JsonView>> order() {
        Comparator<Map.Entry<String, JsonView>> byBytes =
                Comparator.comparingDouble(each -> -each.getValue().orZero("residentBytes"));
        Comparator<Map.Entry<String, JsonView>> byPercent =
                Comparator.comparingDouble(each -> -each.getValue().orZero("cpuPercent"));
        return byMemory ? byBytes : byPercent.thenComparing(byBytes);
    }

    private static List<String> texts(String pid, JsonView process) {
        return List.of(
                pid,
                process.text("user"),
                Formatter.percent(process.orZero("cpuPercent")),
                Formatter.bytes(process.orZero("residentBytes")),
                process.text("name"));
    }

    private static void row(TextBlock block, Tone tone, List<String> texts) {
        block.line()
                .right(texts.get(0), 8, tone)
                .fill(2)
                .field(texts.get(1), 12, tone)
                .right(texts.get(2), 8, tone)
                .right(texts.get(3), 10, tone)
                .fill(2)
                .add(texts.get(4), tone);
    }
}
