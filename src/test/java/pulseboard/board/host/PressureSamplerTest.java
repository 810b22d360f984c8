package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pulseboard.machine.Made;

class PressureSamplerTest {

    @Test
    void sharesHaveOneDecimal() throws IOException {
        PressureSampler sampler = new PressureSampler(
                Map.of("io", () -> Map.of("some", 12.345, "full", 0.04), "cpu", () -> Map.of("some", 1.0)));
        assertEquals(
                new JsonObject(
                        "{\"io\":{\"someAvg10Percent\":12.3,\"fullAvg10Percent\":0.0},\"cpu\":{\"someAvg10Percent\":1.0}}"),
                sampler.sample());
    }

    @Test
    void resourceThatCannotBeReadLeavesTheOthers() throws IOException {
        PressureSampler sampler = new PressureSampler(Map.of("io", () -> Map.of("some", 1.0), "cpu", () -> {
            throw new IllegalStateException("odd");
        }));
        assertEquals(new JsonObject("{\"io\":{\"someAvg10Percent\":1.0}}"), sampler.sample());
        assertTrue(sampler.partReason().orElse("").contains("odd"));
    }

    @Test
    void systemWithoutPressureInformationSaysSo() {
        Made<Map<String, Double>> reader = new Made<>(Map.of());
        reader.fail("the kernel has none");
        PressureSampler sampler = new PressureSampler(Map.of("cpu", reader));
        assertEquals(
                "the kernel has none",
                assertThrows(IOException.class, sampler::sample).getMessage());
    }
}
