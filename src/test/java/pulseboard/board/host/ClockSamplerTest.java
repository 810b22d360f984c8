package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.machine.ClockReading;

class ClockSamplerTest {

    @Test
    void saysHowFarAClockThatIsKeptMayBeOffAndOnlyThen() throws IOException {
        assertEquals(
                JsonObject.of("synchronized", true, "maximumErrorMilliseconds", 42L),
                new ClockSampler(() -> new ClockReading(true, 0.0417)).sample());
        assertEquals(
                JsonObject.of("synchronized", false), new ClockSampler(() -> new ClockReading(false, 16)).sample());
    }

    @Test
    void whereTheKernelMayNotBeAskedTheReasonIsSaid() {
        ClockSampler sampler = new ClockSampler(() -> {
            throw new IOException("not permitted");
        });
        assertEquals(
                "not permitted",
                assertThrows(IOException.class, sampler::sample).getMessage());
    }
}
