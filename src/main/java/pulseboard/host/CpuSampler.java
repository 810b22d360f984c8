package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.LongSupplier;
import pulseboard.host.Intervals.Interval;

/**
 * CPU time by kind and by core, frequency, load, context switches and interrupts. All shares are taken from one reading
 * of the per-core counters, so that they add up; a core that was not there in the reading before (hot-plug) does not
 * count yet, and a counter that went backwards, as I/O wait may (see proc_stat(5)), counts as still.
 */
final class CpuSampler implements Sampler {

    private static final String[] KINDS = {
        "userPercent", "nicePercent", "systemPercent", "", "ioWaitPercent", "irqPercent", "irqPercent", "stealPercent"
    };
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    private final Reader<CpuReading> counters;
    private final Reader<LoadReading> load;
    private final Reader<Long> frequencyHertz;
    private final Intervals<CpuReading> intervals;

    CpuSampler(
            Reader<CpuReading> counters,
            Reader<LoadReading> load,
            Reader<Long> frequencyHertz,
            LongSupplier nanoClock) {
        this.counters = counters;
        this.load = load;
        this.frequencyHertz = new Paced<>(frequencyHertz, 5);
        this.intervals = new Intervals<>(nanoClock);
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public JsonObject sample() throws IOException {
        JsonObject cpu = new JsonObject();
        intervals.begin();
        intervals.next(counters.read()).ifPresent(interval -> addRates(cpu, interval));
        addLoad(cpu, load.read());
        long hertz = frequencyHertz.read();
        if (hertz > 0) {
            cpu.put("frequencyHertz", hertz);
        }
        return cpu;
    }

    private static void addRates(JsonObject cpu, Interval<CpuReading> interval) {
        CpuReading before = interval.before();
        CpuReading now = interval.now();
        double seconds = interval.seconds();
        addShares(cpu, before.ticksByCore(), now.ticksByCore());
        cpu.put("contextSwitchesPerSecond", Rates.perSecond(before.contextSwitches(), now.contextSwitches(), seconds));
        cpu.put("interruptsPerSecond", Rates.perSecond(before.interrupts(), now.interrupts(), seconds));
    }

    private static void addLoad(JsonObject cpu, LoadReading now) {
        if (now.load1() >= 0) {
            cpu.put("load1", Rates.twoDecimals(now.load1()));
            cpu.put("load5", Rates.twoDecimals(now.load5()));
            cpu.put("load15", Rates.twoDecimals(now.load15()));
        }
    }

    private static void addShares(JsonObject cpu, Map<Integer, long[]> before, Map<Integer, long[]> now) {
        long[] sum = new long[KINDS.length];
        JsonObject cores = new JsonObject();
        now.forEach((core, ticks) -> {
            long[] earlier = before.get(core);
            if (earlier != null) {
                long[] delta = delta(earlier, ticks);
                for (int kind = 0; kind < sum.length; kind++) {
                    sum[kind] += delta[kind];
                }
                if (total(delta) > 0) {
                    cores.put(core.toString(), new JsonObject().put("busyPercent", busyPercent(delta)));
                }
            }
        });
        if (total(sum) > 0) {
            cpu.put("busyPercent", busyPercent(sum));
            addKinds(cpu, sum);
            cpu.put("cores", cores);
        }
    }

    private static void addKinds(JsonObject cpu, long[] delta) {
        double total = total(delta);
        double[] ticks = new double[KINDS.length];
        for (int kind = 0; kind < KINDS.length; kind++) {
            // Hard and soft IRQ are shown as one.
            int shown = kind == 6 ? 5 : kind;
            ticks[shown] += delta[kind];
        }
        for (int kind = 0; kind < KINDS.length; kind++) {
            if (kind != IDLE && kind != 6) {
                cpu.put(KINDS[kind], Rates.percent(ticks[kind], total));
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
            delta[kind] = Math.max(0, now[kind] - before[kind]);
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
