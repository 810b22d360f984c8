package pulseboard.top;

import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import pulseboard.top.TextLine.Tone;

/**
 * The panels of the host board.
 *
 * @param gauge draws bars
 * @param host the board
 * @param cpu the CPU of the last seconds, percent
 */
record HostPanels(Gauge gauge, JsonView host, Deque<Double> cpu) {

    private static final int LABEL = 8;
    private static final int FIGURE = 8;
    private static final int RATE = 13;
    private static final int MOST_CORE_LINES = 4;
    private static final int CORE_BAR = 7;
    private static final int CORE_NAME = 4;
    private static final int CORE = CORE_NAME + CORE_BAR + FIGURE + 1;

    /** One that does not answer, then the fullest: the others may not fit. */
    private static final Comparator<Map.Entry<String, JsonView>> WORST_FIRST =
            Comparator.<Map.Entry<String, JsonView>>comparingInt(
                            each -> each.getValue().text("unavailable").isEmpty() ? 1 : 0)
                    .thenComparing(each -> -each.getValue().orZero("usedPercent"))
                    .thenComparing(Map.Entry.comparingByKey());

    void cpu(TextBlock block) {
        panel(block, "cpu", () -> {
            JsonView part = host.part("cpu");
            block.title(
                    "cpu",
                    "load " + Formatter.load(part.orZero("load1")) + " " + Formatter.load(part.orZero("load5")) + " "
                            + Formatter.load(part.orZero("load15")));
            meter(block, "all", part.orZero("busyPercent"))
                    .addWhole(
                            Tone.MUTED,
                            parts(part, "user ", ", system "),
                            parts(part, "us ", ", sy "),
                            "user " + Formatter.percent(part.orZero("userPercent")));
            gauge.spark(block.line(), cpu, block.width());
            cores(block, part.part("cores"));
        });
    }

    private static String parts(JsonView cpu, String user, String system) {
        return user
                + Formatter.percent(cpu.orZero("userPercent"))
                + system
                + Formatter.percent(cpu.orZero("systemPercent"));
    }

    /** As many in a line as there is room for. */
    private void cores(TextBlock block, JsonView cores) {
        List<Map.Entry<String, JsonView>> all = cores.parts()
                .sorted(Comparator.<Map.Entry<String, JsonView>>comparingInt(
                                core -> core.getKey().length())
                        .thenComparing(Map.Entry::getKey))
                .limit((long) MOST_CORE_LINES * inLine(block))
                .toList();
        for (int i = 0; i < all.size(); i++) {
            TextLine line = i % inLine(block) == 0
                    ? block.line()
                    : block.lines().get(block.lines().size() - 1);
            double percent = all.get(i).getValue().orZero("busyPercent");
            line.field(all.get(i).getKey(), CORE_NAME, Tone.MUTED);
            gauge.bar(line, percent, CORE_BAR);
            line.right(Formatter.percent(percent), FIGURE, Tone.PLAIN).fill(1);
        }
    }

    private static int inLine(TextBlock block) {
        return Math.max(1, block.width() / CORE);
    }

    void memory(TextBlock block) {
        panel(block, "memory", () -> {
            JsonView part = host.part("memory");
            JsonView swap = part.part("swap");
            block.title("memory", "");
            meter(block, "used", part.orZero("usedPercent")).addWhole(Tone.MUTED, share(part), used(part));
            swap.number("usedPercent")
                    .ifPresent(used -> meter(block, "swap", used).addWhole(Tone.MUTED, share(swap), used(swap)));
        });
    }

    void pressure(TextBlock block) {
        panel(block, "pressure", () -> {
            block.title("pressure", "share of 10 s in which some waited");
            TextLine line = block.line();
            host.part("pressure").parts().forEach(each -> {
                double percent = each.getValue().orZero("someAvg10Percent");
                line.add(each.getKey(), Tone.MUTED).right(Formatter.percent(percent), FIGURE - 1, Gauge.tone(percent));
                line.fill(2);
            });
        });
    }

    void network(TextBlock block) {
        panel(block, "network", () -> {
            block.title("network", "received and sent");
            table(
                    block,
                    sorted(host.part("network").part("interfaces"), Map.Entry.comparingByKey()),
                    4,
                    (name, each) -> name(block, name)
                            .right(rate(each, "receivedBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(rate(each, "sentBytesPerSecond"), RATE, Tone.PLAIN));
        });
    }

    void disks(TextBlock block) {
        panel(block, "disks", () -> {
            block.title("disks", "read, written and busy");
            table(
                    block,
                    sorted(host.part("disks"), Map.Entry.comparingByKey()),
                    4,
                    (name, each) -> name(block, name)
                            .right(rate(each, "readBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(rate(each, "writtenBytesPerSecond"), RATE, Tone.PLAIN)
                            .right(Formatter.percent(each.orZero("busyPercent")), FIGURE, Tone.MUTED));
        });
    }

    void filesystems(TextBlock block) {
        panel(block, "filesystems", () -> {
            block.title("filesystems", "");
            table(
                    block,
                    sorted(host.part("filesystems"), WORST_FIRST),
                    6,
                    (path, each) -> filesystem(block, path, each));
        });
    }

    private void filesystem(TextBlock block, String path, JsonView each) {
        TextLine line = block.line()
                .field(path, Math.max(8, Math.min(24, block.width() / 3)), Tone.PLAIN)
                .fill(1);
        if (!each.text("unavailable").isEmpty()) {
            line.add("n/a: " + each.text("unavailable"), Tone.WARNING);
            return;
        }
        double percent = each.orZero("usedPercent");
        gauge.bar(line, percent, Math.max(3, Math.min(10, block.width() / 8)));
        line.right(Formatter.percent(percent), FIGURE, Gauge.tone(percent))
                .addWhole(Tone.MUTED, "  " + share(each), "  " + used(each));
    }

    /** A panel that has nothing says why, or stays away. */
    private void panel(TextBlock block, String sampler, Runnable draw) {
        String reason = host.reason(sampler);
        if (!reason.isEmpty()) {
            block.title(sampler, "");
            block.missing(reason);
        } else if (!host.part(sampler).isEmpty()) {
            draw.run();
        }
    }

    private TextLine meter(TextBlock block, String label, double percent) {
        TextLine line = block.line().field(label, LABEL, Tone.PLAIN);
        gauge.bar(line, percent, Math.max(4, Math.min(20, block.width() / 3)));
        return line.right(Formatter.percent(percent), FIGURE, Gauge.tone(percent))
                .fill(2);
    }

    private static String share(JsonView part) {
        return Formatter.bytes(part.orZero("usedBytes")) + " of " + Formatter.bytes(part.orZero("totalBytes"));
    }

    private static String used(JsonView part) {
        return Formatter.bytes(part.orZero("usedBytes"));
    }

    private static List<Map.Entry<String, JsonView>> sorted(
            JsonView members, Comparator<Map.Entry<String, JsonView>> order) {
        return members.parts().sorted(order).toList();
    }

    private static void table(
            TextBlock block, List<Map.Entry<String, JsonView>> members, int most, BiConsumer<String, JsonView> row) {
        members.stream().limit(most).forEach(each -> row.accept(each.getKey(), each.getValue()));
        int more = members.size() - most;
        if (more > 0) {
            block.line().add("and " + more + " more", Tone.MUTED);
        }
    }

    private static TextLine name(TextBlock block, String name) {
        int others = 2 * RATE + FIGURE;
        return block.line().field(name, Math.max(8, Math.min(20, block.width() - others)), Tone.PLAIN);
    }

    private static String rate(JsonView part, String key) {
        OptionalDouble rate = part.number(key);
        return rate.isPresent() ? Formatter.bytes(rate.getAsDouble()) + "/s" : "-";
    }
}
