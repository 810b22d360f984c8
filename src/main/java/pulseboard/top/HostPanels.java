package pulseboard.top;

import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import pulseboard.top.Line.Tone;

/**
 * The panels of the host board.
 *
 * @param gauge draws bars
 * @param host the board
 * @param cpu the CPU of the last seconds, percent
 */
record HostPanels(Gauge gauge, Part host, Deque<Double> cpu) {

    private static final int LABEL = 8;
    private static final int FIGURE = 8;
    private static final int RATE = 13;
    private static final int MOST_CORE_LINES = 4;
    private static final int CORE_BAR = 7;
    private static final int CORE_NAME = 4;
    private static final int CORE = CORE_NAME + CORE_BAR + FIGURE + 1;

    void cpu(Sheet sheet) {
        panel(sheet, "cpu", () -> {
            Part part = host.part("cpu");
            sheet.title(
                    "cpu",
                    "load " + Figures.load(part.orZero("load1")) + " " + Figures.load(part.orZero("load5")) + " "
                            + Figures.load(part.orZero("load15")));
            meter(sheet, "all", part.orZero("busyPercent"))
                    .add("user " + Figures.percent(part.orZero("userPercent")), Tone.MUTED)
                    .add(", system " + Figures.percent(part.orZero("systemPercent")), Tone.MUTED);
            gauge.spark(sheet.line(), cpu, sheet.width());
            cores(sheet, part.part("cores"));
        });
    }

    /** As many in a line as there is room for. */
    private void cores(Sheet sheet, Part cores) {
        List<Map.Entry<String, Part>> all = cores.parts()
                .sorted(Comparator.<Map.Entry<String, Part>>comparingInt(
                                core -> core.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .limit((long) MOST_CORE_LINES * inLine(sheet))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            Line line = i % inLine(sheet) == 0
                    ? sheet.line()
                    : sheet.lines().get(sheet.lines().size() - 1);
            double percent = all.get(i).getValue().orZero("busyPercent");
            line.field(all.get(i).getKey(), CORE_NAME, Tone.MUTED);
            gauge.bar(line, percent, CORE_BAR);
            line.right(Figures.percent(percent), FIGURE, Tone.PLAIN).fill(1);
        }
    }

    private static int inLine(Sheet sheet) {
        return Math.max(1, sheet.width() / CORE);
    }

    void memory(Sheet sheet) {
        panel(sheet, "memory", () -> {
            Part part = host.part("memory");
            Part swap = part.part("swap");
            sheet.title("memory", "");
            meter(sheet, "used", part.orZero("usedPercent")).add(share(part), Tone.MUTED);
            swap.number("usedPercent")
                    .ifPresent(used -> meter(sheet, "swap", used).add(share(swap), Tone.MUTED));
        });
    }

    void pressure(Sheet sheet) {
        panel(sheet, "pressure", () -> {
            sheet.title("pressure", "share of 10 s in which some waited");
            Line line = sheet.line();
            host.part("pressure").parts().forEach(each -> {
                double percent = each.getValue().orZero("someAvg10Percent");
                line.add(each.getKey(), Tone.MUTED).right(Figures.percent(percent), FIGURE - 1, Gauge.tone(percent));
                line.fill(2);
            });
        });
    }

    void network(Sheet sheet) {
        panel(sheet, "network", () -> {
            sheet.title("network", "received and sent");
            table(
                    sheet,
                    host.part("network").part("interfaces"),
                    4,
                    (name, each) -> name(sheet, name)
                            .right(rate(each, "receivedBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(rate(each, "sentBytesPerSecond"), RATE, Tone.PLAIN));
        });
    }

    void disks(Sheet sheet) {
        panel(sheet, "disks", () -> {
            sheet.title("disks", "read, written and busy");
            table(
                    sheet,
                    host.part("disks"),
                    4,
                    (name, each) -> name(sheet, name)
                            .right(rate(each, "readBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(rate(each, "writtenBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(Figures.percent(each.orZero("busyPercent")), FIGURE, Tone.MUTED));
        });
    }

    void filesystems(Sheet sheet) {
        panel(sheet, "filesystems", () -> {
            sheet.title("filesystems", "");
            table(sheet, host.part("filesystems"), 6, (path, each) -> filesystem(sheet, path, each));
        });
    }

    private void filesystem(Sheet sheet, String path, Part each) {
        Line line = sheet.line()
                .field(path, Math.max(8, Math.min(24, sheet.width() / 3)), Tone.PLAIN)
                .fill(1);
        if (!each.text("unavailable").isEmpty()) {
            line.add("n/a: " + each.text("unavailable"), Tone.WARNING);
            return;
        }
        double percent = each.orZero("usedPercent");
        gauge.bar(line, percent, Math.max(3, Math.min(10, sheet.width() / 8)));
        line.right(Figures.percent(percent), FIGURE, Gauge.tone(percent)).add("  " + share(each), Tone.MUTED);
    }

    /** A panel that has nothing says why, or stays away. */
    private void panel(Sheet sheet, String sampler, Runnable draw) {
        String reason = host.reason(sampler);
        if (!reason.isEmpty()) {
            sheet.title(sampler, "");
            sheet.missing(reason);
        } else if (!host.part(sampler).isEmpty()) {
            draw.run();
        }
    }

    private Line meter(Sheet sheet, String label, double percent) {
        Line line = sheet.line().field(label, LABEL, Tone.PLAIN);
        gauge.bar(line, percent, Math.max(4, Math.min(20, sheet.width() / 3)));
        return line.right(Figures.percent(percent), FIGURE, Gauge.tone(percent)).fill(2);
    }

    private static String share(Part part) {
        return Figures.bytes(part.orZero("usedBytes")) + " of " + Figures.bytes(part.orZero("totalBytes"));
    }

    private static void table(Sheet sheet, Part members, int most, BiConsumer<String, Part> row) {
        members.parts()
                .sorted(Map.Entry.comparingByKey())
                .limit(most)
                .forEach(each -> row.accept(each.getKey(), each.getValue()));
        long more = members.parts().count() - most;
        if (more > 0) {
            sheet.line().add("and " + more + " more", Tone.MUTED);
        }
    }

    private static Line name(Sheet sheet, String name) {
        int others = 2 * RATE + FIGURE;
        return sheet.line().field(name, Math.max(8, Math.min(20, sheet.width() - others)), Tone.PLAIN);
    }

    private static String rate(Part part, String key) {
        OptionalDouble rate = part.number(key);
        return rate.isPresent() ? Figures.bytes(rate.getAsDouble()) + "/s" : "-";
    }
}
