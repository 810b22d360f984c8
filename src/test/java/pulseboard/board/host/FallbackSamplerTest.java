package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pulseboard.machine.CpuReading;
import pulseboard.machine.FakeClock;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.SensorsReading;

class FallbackSamplerTest {

    private final FakeClock clock = new FakeClock();
    private final MadeSources kernel = new MadeSources();
    private final MadeSources oshi = new MadeSources();
    private final SamplerTask cpu = new SamplerTask(
            new FallbackSampler(kernel, from -> new CpuSampler(from.cpu(), from.load(), from.frequencyHertz(), clock)));
    private final SamplerTask memory =
            new SamplerTask(new FallbackSampler(kernel, from -> new MemorySampler(from.memory(), clock)));

    FallbackSamplerTest() {
        kernel.fallback = Optional.of(oshi);
        oshi.memory.set(new MemoryReading(1_000, 400, -1, -1, 0, 0, -1, -1));
    }

    @Test
    void filesThatWorkNeverAskForTheFallback() {
        memory.run();
        memory.run();
        assertEquals(0, kernel.fallbacks);
        assertEquals(0, oshi.memory.count());
        assertEquals(25.0, shown(memory).getDouble("usedPercent"));
        assertFalse(memory.meta().containsKey("source"));
    }

    @Test
    void filesThatCannotBeReadGiveOshisFiguresAndSaySo() {
        memory.run();
        kernel.memory.fail("/proc/meminfo cannot be read on this system");
        memory.run();
        assertEquals(60.0, shown(memory).getDouble("usedPercent"));
        assertFalse(shown(memory).containsKey("cachedBytes"), "of the kernel's files");
        JsonObject meta = memory.meta();
        assertTrue(meta.getBoolean("ok"));
        assertEquals("oshi", meta.getString("source"));
        assertEquals("OSHI's figures, because /proc/meminfo cannot be read on this system", meta.getString("reason"));
    }

    @Test
    void filesThatAreNotUnderstoodDoToo() {
        kernel.memory.beDefective();
        memory.run();
        assertEquals(60.0, shown(memory).getDouble("usedPercent"));
        assertTrue(memory.meta().getString("reason").contains("a defect"), memory.meta()::encode);
    }

    @Test
    void kernelsFiguresAreBackWithTheFile() {
        kernel.memory.fail("gone");
        memory.run();
        kernel.memory.set(new MemoryReading(1_000, 750, 10, 10, 0, 0, -1, -1));
        memory.run();
        assertEquals(25.0, shown(memory).getDouble("usedPercent"));
        assertFalse(memory.meta().containsKey("source"));
        assertFalse(memory.meta().containsKey("reason"));
        int asked = oshi.memory.count();
        memory.run();
        assertEquals(asked, oshi.memory.count());
    }

    @Test
    void noRateIsMadeOfCountersFromTwoSources() {
        ticks(kernel, 1_000, 1_000);
        sample();
        ticks(kernel, 1_100, 1_100);
        assertEquals(50.0, sample().getDouble("busyPercent"));
        kernel.cpu.fail("gone");
        ticks(oshi, 900_000, 1);
        assertFalse(sample().containsKey("busyPercent"), "nothing to compare with yet");
        ticks(oshi, 900_025, 76);
        assertEquals(25.0, sample().getDouble("busyPercent"));
        ticks(kernel, 5_000, 1_200);
        assertFalse(sample().containsKey("busyPercent"), "nor over the time that nobody read the files");
        ticks(kernel, 5_090, 1_210);
        assertEquals(90.0, sample().getDouble("busyPercent"));
        kernel.cpu.fail("gone again");
        ticks(oshi, 950_000, 80);
        assertFalse(sample().containsKey("busyPercent"), "nor over the time that nobody asked OSHI");
    }

    private static void ticks(MadeSources sources, long user, long idle) {
        sources.cpu.set(new CpuReading(Map.of(0, new long[] {user, 0, 0, idle, 0, 0, 0, 0}), 0, 0));
    }

    private JsonObject sample() {
        clock.passSeconds(1);
        cpu.run();
        return shown(cpu);
    }

    @Test
    void whereBothFailTheReasonIsThatOfTheFiles() {
        kernel.memory.fail("no such file");
        oshi.memory.fail("OSHI reports no memory here");
        memory.run();
        assertEquals(new JsonObject().put("ok", false).put("reason", "no such file"), memory.meta());
        assertEquals(Optional.empty(), memory.result());
    }

    @Test
    void fallbackThatShowsNothingIsNone() {
        SamplerTask sensors = new SamplerTask(
                new FallbackSampler(kernel, from -> new SensorsSampler(from.sensors(), Pattern.compile(""))));
        kernel.sensors.fail("no such folder");
        oshi.sensors.set(new SensorsReading(Map.of(), Map.of(), Map.of()));
        sensors.run();
        assertEquals("no such folder", sensors.meta().getString("reason"));
        assertFalse(sensors.meta().getBoolean("ok"));
    }

    @Test
    void withoutAFallbackTheReasonIsThatOfTheFiles() {
        kernel.fallback = Optional.empty();
        kernel.memory.fail("no such file");
        memory.run();
        assertEquals(new JsonObject().put("ok", false).put("reason", "no such file"), memory.meta());
    }

    @Test
    void whatASamplerOfSeveralFilesLacksIsOshisAndTheRestStays() {
        ticks(kernel, 1_000, 1_000);
        sample();
        ticks(kernel, 1_050, 1_050);
        kernel.loadFailure = "/proc/loadavg cannot be read on this system";
        ticks(oshi, 7_000, 7_000);
        JsonObject shown = sample();
        assertEquals(50.0, shown.getDouble("busyPercent"), "of the kernel's counters");
        assertEquals(0.5, shown.getDouble("load1"), "of OSHI");
        assertEquals("oshi", cpu.meta().getString("source"));
        assertTrue(cpu.meta().getString("reason").contains("/proc/loadavg"), cpu.meta()::encode);
        kernel.loadFailure = "";
        sample();
        assertFalse(cpu.meta().containsKey("source"));
    }

    @Test
    void pressureHasNoFallbackSoThatMachinesWithoutItDoNotLoadOshi() {
        kernel.pressure.fail("the kernel has none");
        Samplers.create(kernel, HostConfig.DEFAULT, Runnable::run).stream()
                .map(SamplerTask::new)
                .forEach(SamplerTask::run);
        assertEquals(0, kernel.fallbacks);
    }

    private static JsonObject shown(SamplerTask task) {
        return task.result().orElseThrow();
    }
}
