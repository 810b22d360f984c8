package pulseboard.top;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import pulseboard.top.Line.Tone;

/**
 * The busiest processes, as many as there is room for.
 *
 * @param view what is known
 * @param byMemory whether those with most memory come first, not those with most CPU
 */
record ProcessPanel(View view, boolean byMemory) {

    private static final int LEAST_LINES = 3;

    void draw(Sheet sheet, int rows) {
        if (rows - sheet.lines().size() < LEAST_LINES) {
            return;
        }
        Part board = Part.of(view.processes());
        String why = view.processesTrouble().isEmpty() ? board.reason("processes") : view.processesTrouble();
        sheet.title("processes", byMemory ? "by memory" : "by cpu, 100 % is one core");
        if (!why.isEmpty()) {
            sheet.missing(why);
            return;
        }
        row(sheet, Tone.MUTED, List.of("pid", "user", "cpu", "memory", "name"));
        board.part("processes")
                .parts()
                .sorted(order())
                .limit(Math.max(0, rows - sheet.lines().size()))
                .forEach(each -> row(sheet, Tone.PLAIN, texts(each.getKey(), each.getValue())));
    }

    private Comparator<Map.Entry<String, Part>> order() {
        Comparator<Map.Entry<String, Part>> byBytes =
                Comparator.comparingDouble(each -> -each.getValue().orZero("residentBytes"));
        Comparator<Map.Entry<String, Part>> byPercent =
                Comparator.comparingDouble(each -> -each.getValue().orZero("cpuPercent"));
        return byMemory ? byBytes : byPercent.thenComparing(byBytes);
    }

    private static List<String> texts(String pid, Part process) {
        return List.of(
                pid,
                process.text("user"),
                Figures.percent(process.orZero("cpuPercent")),
                Figures.bytes(process.orZero("residentBytes")),
                process.text("name"));
    }

    private static void row(Sheet sheet, Tone tone, List<String> texts) {
        sheet.line()
                .right(texts.get(0), 8, tone)
                .fill(2)
                .field(texts.get(1), 12, tone)
                .right(texts.get(2), 8, tone)
                .right(texts.get(3), 10, tone)
                .fill(2)
                .add(texts.get(4), tone);
    }
}
