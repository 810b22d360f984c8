package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pulseboard.machine.ContainerReading;
import pulseboard.machine.FakeClock;
import pulseboard.machine.Made;

class ContainerSamplerTest {

    private final FakeClock clock = new FakeClock();
    private final Made<Optional<ContainerReading>> reader = new Made<>(Optional.empty());
    private final ContainerSampler sampler = new ContainerSampler(reader, clock);

    @Test
    void machineWithoutLimitsShowsNothing() throws IOException {
        assertEquals(new JsonObject(), sampler.sample());
    }

    @Test
    void percentIsOfTheLimitAndNotOfTheMachine() throws IOException {
        sample(new ContainerReading(1.5, 10_000_000, 1_000_000_000, 250_000_000));
        clock.passSeconds(2);
        JsonObject container = sample(new ContainerReading(1.5, 11_500_000, 1_000_000_000, 500_000_000));
        assertEquals(
                new JsonObject()
                        .put("cpuLimitCores", 1.5)
                        .put("cpuUsedPercent", 50.0)
                        .put("memoryLimitBytes", 1_000_000_000L)
                        .put("memoryUsedBytes", 500_000_000L)
                        .put("memoryUsedPercent", 50.0),
                container);
    }

    @Test
    void firstSampleHasNoCpuShareYet() throws IOException {
        assertFalse(sample(new ContainerReading(2, 99, 0, 0)).containsKey("cpuUsedPercent"));
    }

    @Test
    void onlyTheLimitThatThereIsIsShown() throws IOException {
        JsonObject memoryOnly = sample(new ContainerReading(0, 0, 1_000, 10));
        assertFalse(memoryOnly.containsKey("cpuLimitCores"));
        JsonObject cpuOnly = sample(new ContainerReading(2, 0, 0, 0));
        assertFalse(cpuOnly.containsKey("memoryLimitBytes"));
    }

    @Test
    void burstBeyondTheLimitIsAHundredPercent() throws IOException {
        sample(new ContainerReading(1, 0, 0, 0));
        clock.passSeconds(1);
        assertEquals(100.0, sample(new ContainerReading(1, 1_080_000, 0, 0)).getDouble("cpuUsedPercent"));
    }

    private JsonObject sample(ContainerReading reading) throws IOException {
        reader.set(Optional.of(reading));
        return sampler.sample();
    }
}
