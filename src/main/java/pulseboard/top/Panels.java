package pulseboard.top;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import pulseboard.top.Line.Tone;

/** Lays out the whole screen: a head, panels in one column or two, and processes in the room that is left. */
final class Panels {

    private static final int TWO_COLUMNS_FROM = 92;
    private static final int GAP = 2;
    private static final int MOST_REMEMBERED = 512;
    private static final int LEAST_PROCESS_LINES = 3;
    private static final String KEYS = " q quit   p processes by cpu or memory";

    private final Gauge gauge;
    private final Deque<Double> cpu = new ArrayDeque<>();
    private boolean byMemory;

    Panels(boolean hasBlocks) {
        this.gauge = new Gauge(hasBlocks);
    }

    /** Notes this second for the line of the CPU. */
    void remember(View view) {
        double percent = Part.of(view.host()).part("cpu").number("busyPercent").orElse(Double.NaN);
        cpu.addLast(view.isLive() ? percent : Double.NaN);
        if (cpu.size() > MOST_REMEMBERED) {
            cpu.removeFirst();
        }
    }

    /** Sorts processes by the other of the two. */
    void turn() {
        byMemory = !byMemory;
    }

    /** Exactly so many lines, none of them longer than so many columns. */
    List<Line> draw(View view, int columns, int rows, long now) {
        Sheet sheet = Sheet.of(columns);
        head(sheet, view, now);
        status(sheet, view, now);
        if (view.host() != null) {
            int most = Math.max(0, rows - 1 - sheet.lines().size());
            List<Line> panels = panels(Part.of(view.host()), columns);
            // Long lists of disks leave a third to the processes.
            int room = panels.size() + LEAST_PROCESS_LINES <= most ? panels.size() : most * 2 / 3;
            sheet.lines().addAll(panels.subList(0, Math.min(panels.size(), room)));
            new ProcessPanel(view, byMemory).draw(sheet, rows - 1);
        }
        while (sheet.lines().size() < rows - 1) {
            sheet.line();
        }
        Sheet shown = new Sheet(columns, new ArrayList<>(sheet.lines().subList(0, rows - 1)));
        shown.line().add(KEYS, Tone.MUTED);
        return shown.lines();
    }

    private List<Line> panels(Part host, int columns) {
        boolean isWide = columns >= TWO_COLUMNS_FROM;
        int width = isWide ? (columns - GAP) / 2 : columns;
        Sheet left = Sheet.of(width);
        Sheet right = isWide ? Sheet.of(width) : left;
        HostPanels panels = new HostPanels(gauge, host, cpu);
        panels.cpu(left);
        panels.memory(left);
        panels.pressure(left);
        panels.network(right);
        panels.disks(right);
        panels.filesystems(right);
        return isWide ? beside(left.lines(), right.lines(), columns) : left.lines();
    }

    private static List<Line> beside(List<Line> left, List<Line> right, int columns) {
        Sheet both = Sheet.of(columns);
        int width = (columns - GAP) / 2;
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            Line line = both.line().append(i < left.size() ? left.get(i) : new Line(width));
            if (i < right.size()) {
                line.fill(GAP).append(right.get(i));
            }
        }
        return both.lines();
    }

    private static void head(Sheet sheet, View view, long now) {
        Part facts = Part.of(view.facts());
        String name = facts.text("name");
        Line line = sheet.line().add(" " + (name.isEmpty() ? view.where() : name) + " ", Tone.REVERSED);
        facts.number("bootedAt").ifPresent(booted -> line.add("  up " + Figures.duration(now - (long) booted)));
        Part os = facts.part("os");
        line.add("  " + os.text("family") + " " + os.text("version"), Tone.MUTED);
        line.add(name.isEmpty() ? "" : "  " + view.where(), Tone.MUTED);
    }

    private static void status(Sheet sheet, View view, long now) {
        Line line = sheet.line().add(" ");
        if (view.isLive()) {
            line.add("live", Tone.GOOD);
            return;
        }
        line.add(view.host() == null ? "connecting" : "not live", Tone.ALARM).add(": " + view.trouble());
        if (view.host() != null) {
            line.add("; these figures are " + Figures.duration(now - view.at()) + " old", Tone.WARNING);
        }
    }
}
