package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.machine.FakeClock;
import pulseboard.machine.Made;
import pulseboard.machine.MemoryReading;

class MemorySamplerTest {

    private static final long GIB = 1L << 30;

    private final FakeClock clock = new FakeClock();
    private final Made<MemoryReading> reader =
            new Made<>(new MemoryReading(16 * GIB, 12 * GIB, 9 * GIB, GIB / 4, 4 * GIB, GIB, 4096, 8192));
    private final MemorySampler sampler = new MemorySampler(reader, clock);

    @Test
    void usedIsTotalMinusAvailable() throws IOException {
        JsonObject memory = sampler.sample();
        assertEquals(16 * GIB, memory.getLong("totalBytes"));
        assertEquals(4_290_000_000L, memory.getLong("usedBytes"));
        assertEquals(12_900_000_000L, memory.getLong("availableBytes"));
        assertEquals(25.0, memory.getDouble("usedPercent"));
        assertEquals(9_660_000_000L, memory.getLong("cachedBytes"));
        assertEquals(268_000_000L, memory.getLong("buffersBytes"));
    }

    @Test
    void swapHasFillAtOnceAndRatesFromTheSecondSample() throws IOException {
        JsonObject first = sampler.sample().getJsonObject("swap");
        assertEquals(
                new JsonObject()
                        .put("totalBytes", 4 * GIB)
                        .put("usedBytes", 1_070_000_000L)
                        .put("usedPercent", 25.0),
                first);
        clock.passSeconds(2);
        reader.set(new MemoryReading(16 * GIB, 12 * GIB, 0, 0, 4 * GIB, GIB, 4096 + 20_000, 8192 + 60_000));
        JsonObject second = sampler.sample().getJsonObject("swap");
        assertEquals(10_000, second.getLong("inBytesPerSecond"));
        assertEquals(30_000, second.getLong("outBytesPerSecond"));
    }

    @Test
    void machineWithoutSwapShowsNone() throws IOException {
        reader.set(new MemoryReading(16 * GIB, 12 * GIB, 0, 0, 0, 0, -1, -1));
        assertFalse(sampler.sample().containsKey("swap"));
    }

    @Test
    void whatTheSystemDoesNotTellIsAbsent() throws IOException {
        reader.set(new MemoryReading(16 * GIB, 12 * GIB, -1, -1, 4 * GIB, GIB, -1, -1));
        sampler.sample();
        clock.passSeconds(1);
        JsonObject memory = sampler.sample();
        assertFalse(memory.containsKey("cachedBytes"));
        assertFalse(memory.containsKey("buffersBytes"));
        assertFalse(memory.getJsonObject("swap").containsKey("inBytesPerSecond"));
    }
}
