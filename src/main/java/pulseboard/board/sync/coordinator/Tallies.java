package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What the machines have counted, added up: files that came, bytes on the wire, bytes between two machines. */
final class Tallies {

    private static final int SHOWN = 20;
    private static final long ACTIVE_NANOS = 60_000_000_000L;

    private final Deque<JsonObject> last = new ArrayDeque<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final Map<String, Long> failuresBefore = new HashMap<>();
    private long seq;
    private long files;
    private long sizeBytes;
    private long wireBytes;
    private long reusedBytes;
    private long failures;

    /** Between two machines, both directions. */
    private static final class Link {
        private long totalBytes;
        private long movedNanos;
        private long sampleBytes;
        private long sampleNanos = System.nanoTime();
        private long perSecond;

        void add(long bytes) {
            totalBytes += bytes;
            movedNanos = System.nanoTime();
        }

        void sample(long nowNanos) {
            double seconds = (nowNanos - sampleNanos) / 1e9;
            if (seconds >= 1) {
                perSecond = Math.round((totalBytes - sampleBytes) / seconds);
                sampleBytes = totalBytes;
                sampleNanos = nowNanos;
            }
        }
    }

    /** A machine says what it has counted in a folder since it was started. */
    void status(String node, String folder, JsonObject said) {
        JsonArray ended = said.getJsonArray("ended", new JsonArray());
        for (Object each : ended) {
            ended(node, folder, (JsonObject) each);
        }
        long now = said.getLong("failures", 0L);
        long before = failuresBefore.getOrDefault(node + folder, 0L);
        failures += now >= before ? now - before : now;
        failuresBefore.put(node + folder, now);
        JsonObject peers = said.getJsonObject("peers", new JsonObject());
        for (String peer : peers.fieldNames()) {
            JsonObject both = peers.getJsonObject(peer);
            long total = both.getLong("receivedBytes") + both.getLong("sentBytes");
            String key = node + folder + peer;
            long known = counters.getOrDefault(key, 0L);
            long more = total >= known ? total - known : total; // It was started again.
            counters.put(key, total);
            if (more > 0) {
                String name = node.compareTo(peer) < 0 ? node + "~" + peer : peer + "~" + node;
                links.computeIfAbsent(name, first -> new Link()).add(more);
            }
        }
    }

    private void ended(String node, String folder, JsonObject transfer) {
        seq++;
        files++;
        sizeBytes += transfer.getLong("sizeBytes");
        wireBytes += transfer.getLong("wireBytes");
        reusedBytes += transfer.getLong("reusedBytes");
        last.add(transfer.copy().put("seq", seq).put("node", node).put("folder", folder));
        if (last.size() > SHOWN) {
            last.remove();
        }
    }

    JsonObject links(long nowNanos) {
        JsonObject all = new JsonObject();
        links.forEach((name, link) -> {
            link.sample(nowNanos);
            if (nowNanos - link.movedNanos < ACTIVE_NANOS) {
                all.put(
                        name,
                        new JsonObject().put("bytesPerSecond", link.perSecond).put("totalBytes", link.totalBytes));
            }
        });
        return all;
    }

    JsonObject delta() {
        JsonObject shown = new JsonObject();
        last.forEach(each -> {
            JsonObject one = each.copy();
            one.remove("seq");
            shown.put(String.format("%09d", each.getLong("seq")), one);
        });
        return new JsonObject()
                .put("files", files)
                .put("sizeBytes", sizeBytes)
                .put("wireBytes", wireBytes)
                .put("reusedBytes", reusedBytes)
                .put("last", shown);
    }

    void addTo(JsonObject totals) {
        totals.put("operations", files)
                .put("failures", failures)
                .put("wireBytes", wireBytes)
                .put("savedBytes", sizeBytes - wireBytes);
        if (files + failures > 0) {
            totals.put("successPercent", Math.round(1_000.0 * files / (files + failures)) / 10.0);
        }
    }
}
