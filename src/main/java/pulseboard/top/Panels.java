package pulseboard.top;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import pulseboard.top.Line.Tone;

/** Lays out the whole screen: a head, panels in one column or two, and processes in the room that is left. */
final class Panels {

    private static final int TWO_COLUMNS_FROM = 92;
    private static final int GAP = 2;
    private static final int MOST_REMEMBERED = 512;
    private static final int LABEL = 8;
    private static final int FIGURE = 8;

    private final Gauge gauge;
    private final Deque<Double> cpu = new ArrayDeque<>();

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

    /** Exactly so many lines, none of them longer than so many columns. */
    List<Line> draw(View view, int columns, int rows, long now) {
        List<Line> lines = new ArrayList<>();
        lines.add(head(view, columns, now));
        lines.add(status(view, columns, now));
        if (view.host() != null) {
            Part host = Part.of(view.host());
            boolean isWide = columns >= TWO_COLUMNS_FROM;
            int width = isWide ? (columns - GAP) / 2 : columns;
            List<Line> left = new ArrayList<>();
            List<Line> right = isWide ? new ArrayList<>() : left;
            cpu(left, host, width);
            memory(left, host, width);
            pressure(left, host, width);
            network(right, host, width);
            disks(right, host, width);
            filesystems(right, host, width);
            int most = Math.max(0, rows - 3);
            List<Line> panels = isWide ? beside(left, right, columns) : left;
            int room = view.processes() == null ? most : Math.max(Math.min(panels.size(), most), most * 2 / 3);
            lines.addAll(panels.subList(0, Math.min(panels.size(), room)));
            processes(lines, view, columns, rows - 1);
        }
        while (lines.size() < rows - 1) {
            lines.add(new Line(columns));
        }
        List<Line> shown = new ArrayList<>(lines.subList(0, Math.max(0, rows - 1)));
        shown.add(new Line(columns).add(" q quit   p processes by cpu or memory", Tone.MUTED));
        return shown;
    }

    private static List<Line> beside(List<Line> left, List<Line> right, int columns) {
        List<Line> lines = new ArrayList<>();
        int width = (columns - GAP) / 2;
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            Line line = new Line(columns).append(i < left.size() ? left.get(i) : new Line(width));
            lines.add(i < right.size() ? line.fill(GAP).append(right.get(i)) : line);
        }
        return lines;
    }

    private static Line head(View view, int columns, long now) {
        Part facts = Part.of(view.facts());
        String name = facts.text("name");
        Line line = new Line(columns).add(" " + (name.isEmpty() ? view.where() : name) + " ", Tone.REVERSED);
        facts.number("bootedAt").ifPresent(booted -> line.add("  up " + Figures.duration(now - (long) booted)));
        Part os = facts.part("os");
        line.add("  " + os.text("family") + " " + os.text("version"), Tone.MUTED);
        return name.isEmpty() ? line : line.add("  " + view.where(), Tone.MUTED);
    }

    private static Line status(View view, int columns, long now) {
        Line line = new Line(columns).add(" ");
        if (view.isLive()) {
            return line.add("live", Tone.GOOD);
        }
        line.add(view.host() == null ? "connecting" : "not live", Tone.ALARM).add(": " + view.trouble());
        return view.host() == null
                ? line
                : line.add("; these figures are " + Figures.duration(now - view.at()) + " old", Tone.WARNING);
    }

    private static void title(List<Line> lines, int width, String title, String more) {
        Line line = new Line(width).add(title, Tone.TITLE);
        lines.add(more.isEmpty() ? line : line.add("  " + more, Tone.MUTED));
    }

    /** A panel that has nothing says why, or stays away. */
    private static void panel(List<Line> lines, Part host, String sampler, int width, Runnable draw) {
        String reason = host.reason(sampler);
        if (!reason.isEmpty()) {
            title(lines, width, sampler, "");
            lines.add(new Line(width).add("n/a: " + reason, Tone.WARNING));
        } else if (!host.part(sampler).isEmpty()) {
            draw.run();
        }
    }

    private Line meter(String label, double percent, int width, String more) {
        Line line = new Line(width).field(label, LABEL, Tone.PLAIN);
        int columns = Math.max(4, Math.min(30, width - LABEL - FIGURE - 20));
        gauge.bar(line, percent, columns);
        return line.right(Figures.percent(percent), FIGURE, Gauge.tone(percent)).add("  " + more, Tone.MUTED);
    }

    private void cpu(List<Line> lines, Part host, int width) {
        panel(lines, host, "cpu", width, () -> {
            Part part = host.part("cpu");
            String load = "load " + Figures.load(part.orZero("load1")) + " " + Figures.load(part.orZero("load5")) + " "
                    + Figures.load(part.orZero("load15"));
            title(lines, width, "cpu", load);
            String more = "user " + Figures.percent(part.orZero("userPercent")) + ", system "
                    + Figures.percent(part.orZero("systemPercent"));
            lines.add(meter("all", part.orZero("busyPercent"), width, more));
            Line spark = new Line(width);
            gauge.spark(spark, cpu, width);
            lines.add(spark);
            cores(lines, part.part("cores"), width);
        });
    }

    /** As many in a line as there is room for. */
    private void cores(List<Line> lines, Part cores, int width) {
        int each = 4 + FIGURE + 8;
        List<Map.Entry<String, Part>> all = cores.parts()
                .sorted(Comparator.<Map.Entry<String, Part>>comparingInt(core -> core.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        int inLine = Math.max(1, width / each);
        for (int first = 0; first < all.size() && first < 4 * inLine; first += inLine) {
            Line line = new Line(width);
            for (Map.Entry<String, Part> core : all.subList(first, Math.min(all.size(), first + inLine))) {
                double percent = core.getValue().orZero("busyPercent");
                line.field(core.getKey(), 4, Tone.MUTED);
                gauge.bar(line, percent, 7);
                line.right(Figures.percent(percent), FIGURE, Tone.PLAIN).fill(1);
            }
            lines.add(line);
        }
    }

    private void memory(List<Line> lines, Part host, int width) {
        panel(lines, host, "memory", width, () -> {
            Part part = host.part("memory");
            title(lines, width, "memory", "");
            lines.add(meter("used", part.orZero("usedPercent"), width, of(part)));
            Part swap = part.part("swap");
            swap.number("usedPercent").ifPresent(used -> lines.add(meter("swap", used, width, of(swap))));
        });
    }

    private static String of(Part part) {
        return Figures.bytes(part.orZero("usedBytes")) + " of " + Figures.bytes(part.orZero("totalBytes"));
    }

    private static void pressure(List<Line> lines, Part host, int width) {
        panel(lines, host, "pressure", width, () -> {
            title(lines, width, "pressure", "share of the last 10 s that some waited");
            Line line = new Line(width);
            host.part("pressure").parts().forEach(each -> {
                double percent = each.getValue().orZero("someAvg10Percent");
                line.field(each.getKey(), 7, Tone.MUTED).right(Figures.percent(percent), FIGURE - 2, Gauge.tone(percent));
                line.fill(2);
            });
            lines.add(line);
        });
    }

    private static void table(List<Line> lines, Part members, int most, BiConsumer<String, Part> row) {
        members.parts().sorted(Map.Entry.comparingByKey()).limit(most).forEach(each -> row.accept(each.getKey(), each.getValue()));
        long more = members.parts().count() - most;
        if (more > 0) {
            lines.add(new Line(40).add("and " + more + " more", Tone.MUTED));
        }
    }

    private static void network(List<Line> lines, Part host, int width) {
        panel(lines, host, "network", width, () -> {
            title(lines, width, "network", "received and sent");
            table(lines, host.part("network").part("interfaces"), 4, (name, each) -> lines.add(rates(name, each, width)
                    .right(rate(each, "receivedBytesPerSecond"), 13, Tone.PLAIN)
                    .right(rate(each, "sentBytesPerSecond"), 13, Tone.PLAIN)));
        });
    }

    private static void disks(List<Line> lines, Part host, int width) {
        panel(lines, host, "disks", width, () -> {
            title(lines, width, "disks", "read, written and busy");
            table(lines, host.part("disks"), 4, (name, each) -> lines.add(rates(name, each, width)
                    .right(rate(each, "readBytesPerSecond"), 13, Tone.PLAIN)
                    .right(rate(each, "writtenBytesPerSecond"), 13, Tone.PLAIN)
                    .right(Figures.percent(each.orZero("busyPercent")), FIGURE, Tone.MUTED)));
        });
    }

    private static Line rates(String name, Part each, int width) {
        return new Line(width).field(name, Math.max(8, Math.min(20, width - 34)), Tone.PLAIN);
    }

    private static String rate(Part part, String key) {
        OptionalDouble rate = part.number(key);
        return rate.isPresent() ? Figures.bytes(rate.getAsDouble()) + "/s" : "-";
    }

    private void filesystems(List<Line> lines, Part host, int width) {
        panel(lines, host, "filesystems", width, () -> {
            title(lines, width, "filesystems", "");
            table(lines, host.part("filesystems"), 6, (path, each) -> {
                Line line = new Line(width).field(path, Math.max(8, Math.min(24, width / 3)), Tone.PLAIN).fill(1);
                if (each.json().containsKey("unavailable")) {
                    lines.add(line.add("n/a: " + each.text("unavailable"), Tone.WARNING));
                    return;
                }
                double percent = each.orZero("usedPercent");
                gauge.bar(line, percent, Math.max(3, Math.min(10, width / 8)));
                lines.add(line.right(Figures.percent(percent), FIGURE - 1, Gauge.tone(percent)).add("  " + of(each), Tone.MUTED));
            });
        });
    }

    private boolean byMemory;

    /** Sorts processes by the other of the two. */
    void turn() {
        byMemory = !byMemory;
    }

    private void processes(List<Line> lines, View view, int columns, int rows) {
        if (rows - lines.size() < 3) {
            return;
        }
        Part board = Part.of(view.processes());
        String why = view.processesTrouble().isEmpty() ? board.reason("processes") : view.processesTrouble();
        title(lines, columns, "processes", byMemory ? "by memory" : "by cpu, 100 % is one core");
        if (!why.isEmpty()) {
            lines.add(new Line(columns).add("n/a: " + why, Tone.WARNING));
            return;
        }
        lines.add(process(new Line(columns), "pid", "user", "cpu", "memory", Tone.MUTED).add("name", Tone.MUTED));
        String key = byMemory ? "residentBytes" : "cpuPercent";
        board.part("processes")
                .parts()
                .sorted(Comparator.comparingDouble((Map.Entry<String, Part> each) -> -each.getValue().orZero(key))
                        .thenComparing(each -> -each.getValue().orZero("residentBytes")))
                .limit(Math.max(0, rows - lines.size()))
                .forEach(each -> lines.add(process(
                                new Line(columns),
                                each.getKey(),
                                each.getValue().text("user"),
                                Figures.percent(each.getValue().orZero("cpuPercent")),
                                Figures.bytes(each.getValue().orZero("residentBytes")),
                                Tone.PLAIN)
                        .add(each.getValue().text("name"))));
    }

    private static Line process(Line line, String pid, String user, String cpu, String memory, Tone tone) {
        return line.right(pid, 8, tone).fill(2).field(user, 12, tone).right(cpu, FIGURE, tone).right(memory, 10, tone).fill(2);
    }
}
