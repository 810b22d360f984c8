package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files that an rclone is at, each in a slot of its own for as long as it is. Not thread-safe. */
final class ActiveFiles {

    /** A file that rclone is at, as it says. */
    record Active(String path, long bytes, long size, double bytesPerSecond, double remoteSeconds) {

        static Active of(JsonObject json) {
            return new Active(
                    json.getString("name", ""),
                    number(json, "bytes").longValue(),
                    number(json, "size").longValue(),
                    number(json, "speed").doubleValue(),
                    json.getValue("eta") instanceof Number eta ? eta.doubleValue() : -1);
        }

        private static Number number(JsonObject json, String key) {
            return json.getValue(key) instanceof Number found ? found : Integer.valueOf(0);
        }

        /** Never more than the file has, if that is known: retries, and what lies between, count more than once. */
        long sent() {
            return size < 0 ? bytes : Math.min(bytes, size);
        }

        private JsonObject toJson() {
            JsonObject json = new JsonObject()
                    .put("path", path)
                    .put("bytes", sent())
                    .put("size", Math.max(0, size))
                    .put("bytesPerSecond", Math.round(bytesPerSecond));
            return remoteSeconds < 0 ? json : json.put("remoteEstimateSeconds", Math.round(remoteSeconds));
        }
    }

    private final Map<String, Integer> slots = new HashMap<>();
    private final TreeMap<Integer, Active> active = new TreeMap<>();

    /** What rclone is at now. */
    void looked(JsonArray transferring) {
        Map<String, Active> now = new LinkedHashMap<>();
        for (Object each : transferring) {
            if (each instanceof JsonObject json) {
                Active found = Active.of(json);
                now.put(found.path, found);
            }
        }
        slots.keySet().retainAll(now.keySet());
        active.clear();
        Set<Integer> taken = new HashSet<>(slots.values());
        now.forEach((path, found) -> active.put(slots.computeIfAbsent(path, any -> free(taken)), found));
    }

    private static int free(Set<Integer> taken) {
        int slot = 0;
        while (!taken.add(slot)) {
            slot++;
        }
        return slot;
    }

    Collection<Active> all() {
        return active.values();
    }

    List<String> paths() {
        return active.values().stream().map(Active::path).toList();
    }

    /** How many bytes of them were sent. */
    long bytes() {
        return active.values().stream().mapToLong(Active::sent).sum();
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        active.forEach((slot, file) -> json.put(Integer.toString(slot), file.toJson()));
        return json;
    }
}
