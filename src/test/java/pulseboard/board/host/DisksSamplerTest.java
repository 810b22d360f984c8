package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pulseboard.machine.DiskReading;
import pulseboard.machine.FakeClock;
import pulseboard.machine.Made;

class DisksSamplerTest {

    private static final DiskReading START = new DiskReading(1000, 4_096_000, 500, 2_048_000, 9_000, 7_000, 8_000);

    private final FakeClock clock = new FakeClock();
    private final Made<Map<String, DiskReading>> reader = new Made<>(Map.of("sda", START));
    private final DisksSampler sampler = new DisksSampler(reader, clock);

    @Test
    void diskIsListedAtOnceAndHasRatesFromTheSecondSample() throws IOException {
        assertEquals(new JsonObject().put("sda", new JsonObject()), sampler.sample());
        JsonObject disk = after(2, new DiskReading(1100, 4_096_000 + 2_000_000, 700, 2_548_000, 9_600, 7_500, 11_000));
        assertEquals(
                new JsonObject()
                        .put("readBytesPerSecond", 1_000_000L)
                        .put("writtenBytesPerSecond", 250_000L)
                        .put("readsPerSecond", 50L)
                        .put("writesPerSecond", 100L)
                        .put("busyPercent", 25.0)
                        .put("queueLength", 1.5)
                        .put("averageWaitMilliseconds", 2.0),
                disk);
    }

    @Test
    void busyNeverExceedsAHundredPercent() throws IOException {
        sampler.sample();
        assertEquals(100.0, after(1, busy(1_012)).getDouble("busyPercent"));
    }

    @Test
    void idleDiskHasNoWait() throws IOException {
        sampler.sample();
        JsonObject disk = after(1, START);
        assertEquals(0.0, disk.getDouble("averageWaitMilliseconds"));
        assertEquals(0.0, disk.getDouble("queueLength"));
        assertEquals(0.0, disk.getDouble("busyPercent"));
    }

    @Test
    void countersThatStartAgainShowZero() throws IOException {
        sampler.sample();
        JsonObject disk = after(1, new DiskReading(3, 4096, 2, 4096, 5, 4, 5));
        disk.forEach(figure -> assertEquals(0.0, ((Number) figure.getValue()).doubleValue(), figure.getKey()));
    }

    @Test
    void ratesAreBySecondEvenAfterAStop() throws IOException {
        sampler.sample();
        assertEquals(50.0, after(30, busy(15_000)).getDouble("busyPercent"));
    }

    @Test
    void diskThatWasUnpluggedIsGoneAndStartsAnewWhenItIsBack() throws IOException {
        sampler.sample();
        clock.passSeconds(1);
        reader.set(Map.of());
        assertEquals(new JsonObject(), sampler.sample());
        clock.passSeconds(1);
        reader.set(Map.of("sda", START));
        assertEquals(new JsonObject().put("sda", new JsonObject()), sampler.sample());
    }

    @Test
    void whatTheSystemDoesNotTellIsAbsent() throws IOException {
        reader.set(Map.of("disk0", new DiskReading(1, 1, 1, 1, -1, 5, -1)));
        sampler.sample();
        clock.passSeconds(1);
        JsonObject disk = sampler.sample().getJsonObject("disk0");
        assertFalse(disk.containsKey("queueLength"));
        assertFalse(disk.containsKey("averageWaitMilliseconds"));
    }

    private JsonObject after(int seconds, DiskReading reading) throws IOException {
        clock.passSeconds(seconds);
        reader.set(Map.of("sda", reading));
        return sampler.sample().getJsonObject("sda");
    }

    private static DiskReading busy(long milliseconds) {
        return new DiskReading(1000, 4_096_000, 500, 2_048_000, 9_000, 7_000 + milliseconds, 8_000);
    }
}
