package pulseboard.board.lab.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import pulseboard.machine.linux.ProcStat;

/** What the machine did meanwhile that has nothing to do with this process and its nodes: a figure taken beside much of that says nothing. */
final class Neighbours {

    private static final double MOST_CORES = 0.5;
    private static final double MOST_STEAL_PERCENT = 5;
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int STEAL = 7;

    private final long beganNanos = System.nanoTime();
    private final Map<Long, Double> own = own();
    private final double[] before = machine();

    /** Seconds of CPU of this process and its nodes, by process id. */
    private static Map<Long, Double> own() {
        Map<Long, Double> seconds = new HashMap<>();
        ProcessHandle self = ProcessHandle.current();
        Stream.concat(Stream.of(self), self.descendants())
                .forEach(each -> seconds.put(
                        each.pid(),
                        each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9));
        return seconds;
    }

    /** Seconds that all cores were busy, and seconds that were stolen; none where the kernel does not tell. */
    private static double[] machine() {
        try {
            double busy = 0;
            double stolen = 0;
            for (long[] ticks :
                    new ProcStat(Path.of("/proc")).read().ticksByCore().values()) {
                for (int kind = 0; kind < STEAL; kind++) {
                    busy += kind == IDLE || kind == IO_WAIT ? 0 : ticks[kind];
                }
                stolen += ticks[STEAL];
            }
            return new double[] {busy / ProcStat.TICKS_PER_SECOND, stolen / ProcStat.TICKS_PER_SECOND};
        } catch (IOException e) {
            return new double[0];
        }
    }

    /** Why what was measured since this began does not count; empty: it does. */
    String trouble() {
        double[] now = machine();
        double passed = (System.nanoTime() - beganNanos) / 1e9;
        if (now.length == 0 || before.length == 0 || passed <= 0) {
            return "it is not known what else the machine did";
        }
        double ours = 0;
        for (Map.Entry<Long, Double> each : own().entrySet()) {
            ours += each.getValue() - own.getOrDefault(each.getKey(), 0.0);
        }
        double others = (now[0] - before[0] - ours) / passed;
        double steal = (now[1] - before[1]) / passed / Runtime.getRuntime().availableProcessors() * 100;
        if (others > MOST_CORES) {
            return String.format(Locale.ROOT, "other programs used %.1f cores meanwhile", others);
        }
        return steal > MOST_STEAL_PERCENT
                ? String.format(Locale.ROOT, "%.0f %% of the machine was stolen meanwhile", steal)
                : "";
    }
}
