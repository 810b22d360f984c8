package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import pulseboard.board.host.CounterDeltas.Interval;
import pulseboard.machine.CpuReading;
import pulseboard.machine.LoadReading;
import pulseboard.machine.Reader;
import pulseboard.machine.ThrottledSource;

/**
 * CPU time by kind and by core, frequency, load, context switches and interrupts. All shares are taken from one reading
 * of the per-core counters, so that they add up; a core that was not there in the reading before (hot-plug) does not
 * count yet, and a counter that went backwards, as I/O wait may (see proc_stat(5)), or cannot be read counts as still.
 */
final class CpuSampler implements Sampler {

    private static final String[] KINDS = {
        "userPercent", "nicePercent", "systemPercent", "", "ioWaitPercent", "irqPercent", "", "stealPercent"
    };
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;
    private static final int IRQ = 5;
    private static final int SOFT_IRQ = 6;

    private final Reader<CpuReading> counters;
    private final Reader<LoadReading> load;
    private final Reader<Long> frequencyHertz;
    private final CounterDeltas<CpuReading> intervals;
    private final Parts parts = new Parts();

    CpuSampler(
            Reader<CpuReading> counters,
            Reader<LoadReading> load,
            Reader<Long> frequencyHertz,
            LongSupplier nanoClock) {
        this.counters = counters;
        this.load = load;
        this.frequencyHertz = new ThrottledSource<>(frequencyHertz, 5);
        this.intervals = new CounterDeltas<>(nanoClock);
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public void reset() {
        intervals.reset();
    }

    @Override
    public JsonObject sample() throws IOException {
        JsonObject cpu = new JsonObject();
        parts.begin();
        intervals.begin();
        parts.read(counters)
                .ifPresentOrElse(
                        now -> intervals.next(now).ifPresent(interval -> addRates(cpu, interval)), intervals::reset);
        parts.read(load).ifPresent(now -> addLoad(cpu, now));
        parts.read(frequencyHertz).filter(hertz -> hertz > 0).ifPresent(hertz -> cpu.put("frequencyHertz", hertz));
        parts.end();
        return cpu;
    }

    @Override
    public Optional<String> partReason() {
        return parts.reason();
    }

    private static void addRates(JsonObject cpu, Interval<CpuReading> interval) {
        CpuReading before = interval.before();
        CpuReading now = interval.now();
        double seconds = interval.seconds();
        addShares(cpu, before.ticksByCore(), now.ticksByCore());
        OptionalLong switches = Rates.rate(before.contextSwitches(), now.contextSwitches(), seconds);
        Rates.put(cpu, "contextSwitchesPerSecond", switches);
        Rates.put(cpu, "interruptsPerSecond", Rates.rate(before.interrupts(), now.interrupts(), seconds));
    }

    private static void addLoad(JsonObject cpu, LoadReading now) {
        putLoad(cpu, "load1", now.load1());
        putLoad(cpu, "load5", now.load5());
        putLoad(cpu, "load15", now.load15());
    }

    private static void putLoad(JsonObject cpu, String key, double load) {
        if (load >= 0) {
            cpu.put(key, Rates.twoDecimals(load));
        }
    }

    /** A core of which the kinds of time that every kernel has are not known has no share, and does not count in the sums. */
    private static void addShares(JsonObject cpu, Map<Integer, long[]> before, Map<Integer, long[]> now) {
        long[] sum = new long[KINDS.length];
        boolean[] known = new boolean[KINDS.length];
        JsonObject cores = new JsonObject();
        now.forEach((core, ticks) -> {
            long[] earlier = before.get(core);
            if (earlier != null && isKnown(earlier) && isKnown(ticks)) {
                long[] delta = delta(earlier, ticks);
                for (int kind = 0; kind < sum.length; kind++) {
                    sum[kind] += delta[kind];
                    known[kind] |= ticks[kind] >= 0;
                }
                if (total(delta) > 0) {
                    cores.put(core.toString(), new JsonObject().put("busyPercent", busyPercent(delta)));
                }
            }
        });
        if (total(sum) > 0) {
            cpu.put("busyPercent", busyPercent(sum));
            addKinds(cpu, sum, known);
            cpu.put("cores", cores);
        }
    }

    private static boolean isKnown(long[] ticks) {
        for (int kind = 0; kind <= IDLE; kind++) {
            if (ticks[kind] < 0) {
                return false;
            }
        }
        return true;
    }

    private static void addKinds(JsonObject cpu, long[] delta, boolean[] known) {
        double total = total(delta);
        for (int kind = 0; kind < KINDS.length; kind++) {
            if (kind != IDLE && kind != SOFT_IRQ && known[kind]) {
                // Hard and soft IRQ are shown as one.
                long ticks = kind == IRQ ? delta[IRQ] + delta[SOFT_IRQ] : delta[kind];
                cpu.put(KINDS[kind], Rates.percent((double) ticks, total));
            }
        }
    }

    private static double busyPercent(long[] delta) {
        double total = total(delta);
        return Rates.percent(total - delta[IDLE] - delta[IO_WAIT], total);
    }

    private static long[] delta(long[] before, long[] now) {
        long[] delta = new long[KINDS.length];
        for (int kind = 0; kind < delta.length; kind++) {
            delta[kind] = before[kind] < 0 ? 0 : Math.max(0, now[kind] - before[kind]);
        }
        return delta;
    }

    private static long total(long[] delta) {
        long total = 0;
        for (long ticks : delta) {
            total += ticks;
        }
        return total;
    }
}
