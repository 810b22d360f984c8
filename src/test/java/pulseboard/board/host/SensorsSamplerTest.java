package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import pulseboard.machine.SensorsReading;

class SensorsSamplerTest {

    private static final Pattern NOTHING = Pattern.compile("");

    @Test
    void temperaturesAreWholeDegreesAndFansTens() throws IOException {
        SensorsReading reading = new SensorsReading(
                Map.of("coretemp Core 0", 41.5, "nvme Composite", -0.4),
                Map.of("nvme Composite", 84.85),
                Map.of("nct6775 fan1", 1_239L, "nct6775 fan2", 0L),
                Map.of("BAT0", new SensorsReading.Battery(83, "Discharging")));
        JsonObject sensors = new SensorsSampler(() -> reading, NOTHING).sample();
        assertEquals(new JsonObject("""
                        {"temperatures": {"coretemp Core 0": {"celsius": 42}, "nvme Composite": {"celsius": 0, "criticalCelsius": 85}},
                         "fans": {"nct6775 fan1": {"revolutionsPerMinute": 1230},
                                  "nct6775 fan2": {"revolutionsPerMinute": 0}},
                         "batteries": {"BAT0": {"chargePercent": 83, "status": "Discharging"}}}"""), sensors);
    }

    @Test
    void machineWithoutSensorsShowsNothing() throws IOException {
        SensorsReading none = new SensorsReading(Map.of(), Map.of(), Map.of());
        assertEquals(new JsonObject(), new SensorsSampler(() -> none, NOTHING).sample());
    }

    @Test
    void ignoredLabelsAreLeftOut() throws IOException {
        SensorsReading reading = new SensorsReading(
                Map.of("nct6798 AUXTIN0", 99.0, "nct6798 SYSTIN", 35.0),
                Map.of("nct6798 fan1", 0L),
                Map.of("BAT1", new SensorsReading.Battery(0, "Unknown")));
        JsonObject sensors = new SensorsSampler(() -> reading, Pattern.compile(".*AUXTIN\\d|.*fan1|BAT1")).sample();
        assertEquals(new JsonObject("{\"temperatures\": {\"nct6798 SYSTIN\": {\"celsius\": 35}}}"), sensors);
    }
}
