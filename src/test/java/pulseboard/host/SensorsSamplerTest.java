package pulseboard.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SensorsSamplerTest {

    @Test
    void temperaturesAreWholeDegreesAndFansTens() throws IOException {
        SensorsReading reading = new SensorsReading(
                Map.of("coretemp Core 0", 41.5, "nvme Composite", -0.4),
                Map.of("nct6775 fan1", 1_239L, "nct6775 fan2", 0L),
                Map.of("BAT0", new SensorsReading.Battery(83, "Discharging")));
        JsonObject sensors = new SensorsSampler(() -> reading).sample();
        assertEquals(new JsonObject("""
                        {"temperatures": {"coretemp Core 0": {"celsius": 42}, "nvme Composite": {"celsius": 0}},
                         "fans": {"nct6775 fan1": {"revolutionsPerMinute": 1230},
                                  "nct6775 fan2": {"revolutionsPerMinute": 0}},
                         "batteries": {"BAT0": {"chargePercent": 83, "status": "Discharging"}}}"""), sensors);
    }

    @Test
    void machineWithoutSensorsShowsNothing() throws IOException {
        SensorsReading none = new SensorsReading(Map.of(), Map.of(), Map.of());
        assertEquals(new JsonObject(), new SensorsSampler(() -> none).sample());
    }
}
