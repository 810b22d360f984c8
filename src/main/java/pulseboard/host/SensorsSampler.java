package pulseboard.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Temperatures to whole degrees, fans, batteries; empty on a machine, such as most virtual ones, that has none. */
final class SensorsSampler implements Sampler {

    private final Reader<SensorsReading> reader;

    SensorsSampler(Reader<SensorsReading> reader) {
        this.reader = reader;
    }

    @Override
    public String name() {
        return "sensors";
    }

    @Override
    public int intervalSeconds() {
        return 5;
    }

    @Override
    public JsonObject sample() throws IOException {
        SensorsReading now = reader.read();
        JsonObject temperatures = new JsonObject();
        now.celsius()
                .forEach((label, celsius) ->
                        temperatures.put(label, new JsonObject().put("celsius", Math.round(celsius))));
        JsonObject fans = new JsonObject();
        now.fans()
                .forEach((label, revolutions) ->
                        fans.put(label, new JsonObject().put("revolutionsPerMinute", revolutions / 10 * 10)));
        JsonObject batteries = new JsonObject();
        now.batteries()
                .forEach((label, battery) -> batteries.put(
                        label,
                        new JsonObject()
                                .put("chargePercent", battery.chargePercent())
                                .put("status", battery.status())));
        JsonObject sensors = new JsonObject();
        putUnlessEmpty(sensors, "temperatures", temperatures);
        putUnlessEmpty(sensors, "fans", fans);
        putUnlessEmpty(sensors, "batteries", batteries);
        return sensors;
    }

    private static void putUnlessEmpty(JsonObject sensors, String key, JsonObject values) {
        if (!values.isEmpty()) {
            sensors.put(key, values);
        }
    }
}
