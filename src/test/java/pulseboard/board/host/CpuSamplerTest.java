package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import pulseboard.machine.CpuReading;
import pulseboard.machine.FakeClock;
import pulseboard.machine.LoadReading;
import pulseboard.machine.Made;

class CpuSamplerTest {

    private static final LoadReading LOAD = new LoadReading(0.128, 1, 12.5);

    private final FakeClock clock = new FakeClock();
    private final Made<CpuReading> counters = new Made<>(reading(Map.of()));
    private final Made<LoadReading> load = new Made<>(LOAD);
    private final Made<Long> frequency = new Made<>(2_600_000_000L);
    private final CpuSampler sampler = new CpuSampler(counters, load, frequency, clock);

    @Test
    void firstSampleHasNoRatesYet() throws IOException {
        counters.set(reading(Map.of(0, ticks(1, 2, 3, 4, 5, 6, 7, 8))));
        assertEquals(
                new JsonObject()
                        .put("load1", 0.13)
                        .put("load5", 1.0)
                        .put("load15", 12.5)
                        .put("frequencyHertz", 2_600_000_000L),
                sampler.sample());
    }

    @Test
    void counterThatIsNotKnownCostsOnlyItsOwnFigure() throws IOException {
        counters.set(
                new CpuReading(Map.of(0, ticks(0, 0, 0, 0, 0, 0, 0, -1), 1, ticks(-1, 0, 0, 0, 0, 0, 0, 0)), -1, 5));
        sampler.sample();
        clock.passSeconds(1);
        counters.set(
                new CpuReading(Map.of(0, ticks(60, 0, 0, 40, 0, 0, 0, -1), 1, ticks(9, 0, 0, 9, 9, 9, 9, 9)), 9, 15));
        JsonObject cpu = sampler.sample();
        assertEquals(60.0, cpu.getDouble("busyPercent"));
        assertEquals(0.0, cpu.getDouble("ioWaitPercent"));
        assertFalse(cpu.containsKey("stealPercent"));
        assertEquals(Set.of("0"), cpu.getJsonObject("cores").fieldNames());
        assertFalse(cpu.containsKey("contextSwitchesPerSecond"));
        assertEquals(10, cpu.getLong("interruptsPerSecond"));
    }

    @Test
    void readingThatFailsCostsOnlyItsOwnFiguresAndSaysWhy() throws IOException {
        load.fail("no load here");
        assertEquals(new JsonObject().put("frequencyHertz", 2_600_000_000L), sampler.sample());
        assertEquals(Optional.of("no load here"), sampler.partReason());
        load.set(new LoadReading(-1, 2, -1));
        counters.fail("no stat here");
        assertEquals(new JsonObject().put("load5", 2.0).put("frequencyHertz", 2_600_000_000L), sampler.sample());
        load.set(LOAD);
        counters.set(reading(Map.of()));
        sampler.sample();
        assertEquals(Optional.empty(), sampler.partReason());
    }

    @Test
    void sharesAreOfTheTimeBetweenTwoSamples() throws IOException {
        counters.set(reading(Map.of(0, ticks(1000, 0, 0, 5000, 0, 0, 0, 0), 1, ticks(0, 0, 0, 9000, 0, 0, 0, 0))));
        sampler.sample();
        clock.passSeconds(1);
        counters.set(reading(Map.of(0, ticks(1040, 10, 20, 5010, 10, 4, 2, 4), 1, ticks(0, 0, 0, 9100, 0, 0, 0, 0))));
        JsonObject cpu = sampler.sample();
        assertEquals(40.0, cpu.getDouble("busyPercent"));
        assertEquals(20.0, cpu.getDouble("userPercent"));
        assertEquals(5.0, cpu.getDouble("nicePercent"));
        assertEquals(10.0, cpu.getDouble("systemPercent"));
        assertEquals(5.0, cpu.getDouble("ioWaitPercent"));
        assertEquals(3.0, cpu.getDouble("irqPercent"), "hard and soft IRQ together");
        assertEquals(2.0, cpu.getDouble("stealPercent"));
        assertEquals(80.0, core(cpu, "0"));
        assertEquals(0.0, core(cpu, "1"));
    }

    @Test
    void sharesAddUpToBusyAndNeverBeyondAHundred() throws IOException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        long[] now = new long[8];
        for (int round = 0; round < 500; round++) {
            counters.set(reading(Map.of(0, now.clone())));
            JsonObject cpu = sampler.sample();
            double sum = 0;
            for (String kind : Set.of("user", "nice", "system", "irq", "steal")) {
                sum += cpu.getDouble(kind + "Percent", 0.0);
            }
            double busy = cpu.getDouble("busyPercent", 0.0);
            assertEquals(busy, sum, 0.31, "seed " + seed + ": " + cpu);
            assertTrue(busy + cpu.getDouble("ioWaitPercent", 0.0) <= 100.11, "seed " + seed + ": " + cpu);
            clock.passSeconds(1);
            for (int kind = 0; kind < now.length; kind++) {
                now[kind] += random.nextInt(kind == 3 ? 60 : 20);
            }
        }
    }

    @Test
    void hotPluggedCoreCountsFromItsSecondSample() throws IOException {
        counters.set(reading(Map.of(0, ticks(0, 0, 0, 1000, 0, 0, 0, 0))));
        sampler.sample();
        clock.passSeconds(1);
        long[] sinceBoot = ticks(90_000, 0, 0, 10_000, 0, 0, 0, 0);
        counters.set(reading(Map.of(0, ticks(0, 0, 0, 1100, 0, 0, 0, 0), 1, sinceBoot)));
        JsonObject first = sampler.sample();
        assertEquals(0.0, first.getDouble("busyPercent"));
        assertEquals(Set.of("0"), first.getJsonObject("cores").fieldNames());
        clock.passSeconds(1);
        long[] later = ticks(90_050, 0, 0, 10_050, 0, 0, 0, 0);
        counters.set(reading(Map.of(0, ticks(0, 0, 0, 1200, 0, 0, 0, 0), 1, later)));
        JsonObject second = sampler.sample();
        assertEquals(25.0, second.getDouble("busyPercent"));
        assertEquals(50.0, core(second, "1"));
    }

    @Test
    void coreThatWentOfflineIsGone() throws IOException {
        counters.set(reading(Map.of(0, ticks(0, 0, 0, 100, 0, 0, 0, 0), 1, ticks(70, 0, 0, 30, 0, 0, 0, 0))));
        sampler.sample();
        clock.passSeconds(1);
        counters.set(reading(Map.of(0, ticks(50, 0, 0, 150, 0, 0, 0, 0))));
        JsonObject cpu = sampler.sample();
        assertEquals(Set.of("0"), cpu.getJsonObject("cores").fieldNames());
        assertEquals(50.0, cpu.getDouble("busyPercent"));
    }

    @Test
    void ioWaitThatGoesBackwardsCountsAsStill() throws IOException {
        counters.set(reading(Map.of(0, ticks(100, 0, 0, 1000, 500, 0, 0, 0))));
        sampler.sample();
        clock.passSeconds(1);
        counters.set(reading(Map.of(0, ticks(150, 0, 0, 1050, 420, 0, 0, 0))));
        JsonObject cpu = sampler.sample();
        assertEquals(0.0, cpu.getDouble("ioWaitPercent"));
        assertEquals(50.0, cpu.getDouble("busyPercent"));
        assertEquals(50.0, core(cpu, "0"));
    }

    @Test
    void ratesAreBySecondEvenAfterAStop() throws IOException {
        long[] idle = ticks(0, 0, 0, 100, 0, 0, 0, 0);
        counters.set(new CpuReading(Map.of(0, idle), 1_000_000, 500_000));
        sampler.sample();
        clock.passSeconds(30);
        long[] later = ticks(1500, 0, 0, 1600, 0, 0, 0, 0);
        counters.set(new CpuReading(Map.of(0, later), 1_060_000, 515_000));
        JsonObject cpu = sampler.sample();
        assertEquals(2000, cpu.getLong("contextSwitchesPerSecond"));
        assertEquals(500, cpu.getLong("interruptsPerSecond"));
        assertEquals(50.0, cpu.getDouble("busyPercent"));
    }

    @Test
    void machineThatDoesNotTellLoadOrFrequencyShowsNone() throws IOException {
        load.set(new LoadReading(-1, -1, -1));
        frequency.set(0L);
        assertEquals(new JsonObject(), sampler.sample());
    }

    private static double core(JsonObject cpu, String core) {
        JsonObject cores = cpu.getJsonObject("cores");
        assertFalse(cores == null || !cores.containsKey(core), () -> "no core " + core + " in " + cpu);
        return cores.getJsonObject(core).getDouble("busyPercent");
    }

    private static CpuReading reading(Map<Integer, long[]> ticksByCore) {
        return new CpuReading(new TreeMap<>(ticksByCore), 0, 0);
    }

    private static long[] ticks(long... ticks) {
        return ticks;
    }
}
