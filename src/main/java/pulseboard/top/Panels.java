package pulseboard.top;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import pulseboard.top.TextLine.Tone;

/** Lays out the whole screen: a head, panels in one column or two, and processes in the room that is left. */
final class Panels implements View {

    private static final int TWO_COLUMNS_FROM = 92;
    private static final int GAP = 2;
    private static final int MOST_REMEMBERED = 512;
    private static final int LEAST_PROCESS_LINES = 3;
    private static final String KEYS = " q quit   p by cpu or memory   / filter   a alerts   ? keys";
    private static final List<List<String>> HELP = List.of(
            List.of("q", "ends it, as Control-C does"),
            List.of("p", "processes with most memory first, or with most CPU"),
            List.of(
                    "/",
                    "shows only processes whose name, user or id holds what you type; Enter keeps it, Escape ends it"),
            List.of("a", "what is wrong and what to do about it, or the figures"),
            List.of("?", "this, or the figures"));

    private final Gauge gauge;
    private final Deque<Double> cpu = new ArrayDeque<>();
    private final Keyboard keyboard;

    Panels(boolean hasBlocks, Keyboard keyboard) {
        this.gauge = new Gauge(hasBlocks);
        this.keyboard = keyboard;
    }

    /** Notes this second for the line of the CPU. */
    @Override
    public void remember(ServerState state) {
        double percent =
                JsonView.of(state.host()).part("cpu").number("busyPercent").orElse(Double.NaN);
        cpu.addLast(state.isLive() ? percent : Double.NaN);
        if (cpu.size() > MOST_REMEMBERED) {
            cpu.removeFirst();
        }
    }

    @Override
    public List<TextLine> draw(ServerState state, int columns, int rows, long now) {
        TextBlock block = TextBlock.of(columns);
        head(block, state, now);
        status(block, state, now);
        if (state.verdict() != null && state.isLive()) {
            new VerdictPanel(state.verdict()).draw(block);
        }
        switch (keyboard.shown()) {
            case FIGURES -> figures(block, state, columns, rows);
            case ALERTS -> new AlertsPanel(state.verdict()).draw(block);
            case KEYS -> help(block);
        }
        TextBlock shown = block.ofRows(rows - 1);
        if (keyboard.isTyping()) {
            shown.line().add(" filter: ", Tone.TITLE).add(keyboard.filter() + "_");
        } else {
            shown.line().add(KEYS, Tone.MUTED);
        }
        return shown.lines();
    }

    @Override
    public boolean press(int key) {
        return keyboard.press(key);
    }

    private void figures(TextBlock block, ServerState state, int columns, int rows) {
        if (state.host() != null) {
            int most = Math.max(0, rows - 1 - block.lines().size());
            List<TextLine> panels = panels(JsonView.of(state.host()), columns);
            // Long lists of disks leave a third to the processes.
            int room = panels.size() + LEAST_PROCESS_LINES <= most ? panels.size() : most * 2 / 3;
            block.lines().addAll(panels.subList(0, Math.min(panels.size(), room)));
            new ProcessPanel(state, keyboard.isByMemory(), keyboard.filter()).draw(block, rows - 1);
        }
    }

    private static void help(TextBlock block) {
        block.title("keys", "");
        HELP.forEach(
                each -> block.line().add(" ").field(each.get(0), 4, Tone.TITLE).add(each.get(1)));
    }

    private List<TextLine> panels(JsonView host, int columns) {
        boolean isWide = columns >= TWO_COLUMNS_FROM;
        int width = isWide ? (columns - GAP) / 2 : columns;
        TextBlock left = TextBlock.of(width);
        TextBlock right = isWide ? TextBlock.of(width) : left;
        HostPanels panels = new HostPanels(gauge, host, cpu);
        panels.cpu(left);
        panels.memory(left);
        panels.pressure(left);
        panels.network(right);
        panels.disks(right);
        panels.filesystems(right);
        return isWide ? beside(left.lines(), right.lines(), columns) : left.lines();
    }

    private static List<TextLine> beside(List<TextLine> left, List<TextLine> right, int columns) {
        TextBlock both = TextBlock.of(columns);
        int width = (columns - GAP) / 2;
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            TextLine line = both.line().append(i < left.size() ? left.get(i) : new TextLine(width));
            if (i < right.size()) {
                line.fill(GAP).append(right.get(i));
            }
        }
        return both.lines();
    }

    private static void head(TextBlock block, ServerState state, long now) {
        JsonView facts = JsonView.of(state.facts());
        String name = facts.text("name");
        TextLine line = block.line().add(" " + (name.isEmpty() ? state.where() : name) + " ", Tone.REVERSED);
        facts.number("bootedAt").ifPresent(booted -> line.add("  up " + Formatter.duration(now - (long) booted)));
        JsonView os = facts.part("os");
        line.add("  " + os.text("family") + " " + os.text("version"), Tone.MUTED);
        line.add(name.isEmpty() ? "" : "  " + state.where(), Tone.MUTED);
    }

    /** Whether this is live, and why not. */
    static void status(TextBlock block, ServerState state, long now) {
        TextLine line = block.line().add(" ");
        if (state.isLive()) {
            line.add("live", Tone.GOOD);
            return;
        }
        line.add(state.host() == null ? "connecting" : "not live", Tone.ALARM).add(": " + state.trouble());
        if (state.host() != null) {
            line.add("; these figures are " + Formatter.duration(now - state.at()) + " old", Tone.WARNING);
        }
    }
}
