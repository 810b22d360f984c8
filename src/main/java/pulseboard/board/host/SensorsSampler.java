package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import pulseboard.machine.Reader;
import pulseboard.machine.SensorsReading;

/** Temperatures to whole degrees, fans, batteries; empty on a machine, such as most virtual ones, that has none. */
final class SensorsSampler implements Sampler {

    private final Reader<SensorsReading> reader;
    private final Pattern ignore;

    /**
     * Makes a sampler over a reader.
     *
     * @param ignore is matched against the labels of what is left out
     */
    SensorsSampler(Reader<SensorsReading> reader, Pattern ignore) {
        this.reader = reader;
        this.ignore = ignore;
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
        JsonObject temperatures =
                values(now.celsius(), celsius -> new JsonObject().put("celsius", Math.round(celsius)));
        temperatures.fieldNames().forEach(label -> {
            Double critical = now.criticalCelsius().get(label);
            if (critical != null) {
                temperatures.getJsonObject(label).put("criticalCelsius", Math.round(critical));
            }
        });
        JsonObject fans =
                values(now.fans(), revolutions -> new JsonObject().put("revolutionsPerMinute", revolutions / 10 * 10));
        JsonObject batteries = values(now.batteries(), SensorsSampler::battery);
        JsonObject sensors = new JsonObject();
        putUnlessEmpty(sensors, "temperatures", temperatures);
        putUnlessEmpty(sensors, "fans", fans);
        putUnlessEmpty(sensors, "batteries", batteries);
        return sensors;
    }

    private static JsonObject battery(SensorsReading.Battery battery) {
        JsonObject shown = new JsonObject().put("status", battery.status());
        if (battery.chargePercent() >= 0) {
            shown.put("chargePercent", battery.chargePercent());
        }
        return shown;
    }

    private <T> JsonObject values(Map<String, T> byLabel, Function<T, JsonObject> shown) {
        JsonObject values = new JsonObject();
        byLabel.forEach((label, value) -> {
            if (!ignore.matcher(label).matches()) {
                values.put(label, shown.apply(value));
            }
        });
        return values;
    }

    private static void putUnlessEmpty(JsonObject sensors, String key, JsonObject values) {
        if (!values.isEmpty()) {
            sensors.put(key, values);
        }
    }
}
