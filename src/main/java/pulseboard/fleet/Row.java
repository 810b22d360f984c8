package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one machine in the list of all, out of its host board as it came: whatever is there may be anything, and what is no
 * number is left out.
 */
final class Row {

    private final JsonObject host;
    private final JsonObject row = new JsonObject();

    private Row(JsonObject host) {
        this.host = host;
    }

    /** The figures; those that are not known are absent. */
    static JsonObject of(JsonObject host) {
        return new Row(host).make();
    }

    private JsonObject make() {
        put("cpuBusyPercent", number(object(host, "cpu"), "busyPercent"));
        put("load1", number(object(host, "cpu"), "load1"));
        JsonObject cores = object(object(host, "cpu"), "cores");
        if (!cores.isEmpty()) {
            row.put("coreCount", cores.size());
        }
        put("memoryUsedPercent", number(object(host, "memory"), "usedPercent"));
        put("swapUsedPercent", number(object(object(host, "memory"), "swap"), "usedPercent"));
        put("pressurePercent", highest(object(host, "pressure"), "someAvg10Percent"));
        put("busiestDiskPercent", highest(object(host, "disks"), "busyPercent"));
        put("hottestCelsius", highest(object(object(host, "sensors"), "temperatures"), "celsius"));
        JsonObject interfaces = object(object(host, "network"), "interfaces");
        put("receivedBytesPerSecond", sum(interfaces, "receivedBytesPerSecond"));
        put("sentBytesPerSecond", sum(interfaces, "sentBytesPerSecond"));
        putFullest(object(host, "filesystems"));
        return row;
    }

    private void putFullest(JsonObject filesystems) {
        double most = -1;
        String where = "";
        for (String path : filesystems.fieldNames()) {
            Number used = number(object(filesystems, path), "usedPercent");
            if (used != null && used.doubleValue() > most) {
                most = used.doubleValue();
                where = path;
            }
        }
        if (most >= 0) {
            row.put("fullestFilesystemPercent", most).put("fullestFilesystem", where);
        }
    }

    private void put(String key, @Nullable Number value) {
        if (value != null) {
            row.put(key, value);
        }
    }

    private static JsonObject object(JsonObject in, String key) {
        return in.getValue(key) instanceof JsonObject object ? object : new JsonObject();
    }

    private static @Nullable Number number(JsonObject in, String key) {
        return in.getValue(key) instanceof Number number ? number : null;
    }

    private static @Nullable Number highest(JsonObject of, String key) {
        Number highest = null;
        for (Map.Entry<String, Object> each : of) {
            Number value = each.getValue() instanceof JsonObject one ? number(one, key) : null;
            if (value != null && (highest == null || value.doubleValue() > highest.doubleValue())) {
                highest = value;
            }
        }
        return highest;
    }

    private static @Nullable Number sum(JsonObject of, String key) {
        Double sum = null;
        for (Map.Entry<String, Object> each : of) {
            Number value =
                    each.getValue() instanceof JsonObject one && !each.getKey().equals("lo") ? number(one, key) : null;
            if (value != null) {
                sum = (sum == null ? 0 : sum) + value.doubleValue();
            }
        }
        return sum == null ? null : (Number) Math.round(sum);
    }
}
