package pulseboard.board.lab.engine;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** How the nodes are: asked once a second, and down when none of three answers came. */
final class Nodes {

    private static final long ASK_MILLISECONDS = 1_000;
    private static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int WARNING_PERCENT = 85;
    private static final int CRITICAL_PERCENT = 95;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Map<String, Heard> heard = new TreeMap<>();
    private long timer;

    /** The last that was heard of a node. */
    private static final class Heard {
        private JsonObject status = new JsonObject();
        private long atNanos;
        private boolean hasAnswered;
        private double milliseconds;
        private String state = "starting";
        private long sinceAt = System.currentTimeMillis();
        private long asked;
        private long answered;
        private long readBytesPerSecond;
    }

    Nodes(Vertx vertx, Cluster cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
        cluster.ids().forEach(id -> heard.put(id, new Heard()));
    }

    void start() {
        timer = vertx.setPeriodic(ASK_MILLISECONDS, id -> ask());
        ask();
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void ask() {
        cluster.direct().forEach((id, client) -> {
            Heard node = heard.computeIfAbsent(id, missing -> new Heard());
            long began = System.nanoTime();
            node.asked++;
            client.json(HttpMethod.GET, "/status", Buffer.buffer()).onComplete(done -> {
                if (done.succeeded()) {
                    answered(node, done.result(), began);
                }
                judge(id, node);
            });
        });
    }

    private static void answered(Heard node, JsonObject status, long began) {
        long now = System.nanoTime();
        long before = node.status.getLong("readBytes", 0L);
        long read = Math.max(0, status.getLong("readBytes", 0L) - before);
        node.readBytesPerSecond = node.hasAnswered ? (long) (read / ((now - node.atNanos) / 1e9)) : 0;
        node.answered++;
        node.hasAnswered = true;
        node.status = status;
        node.milliseconds = (now - began) / 1e6;
        node.atNanos = now;
    }

    private void judge(String id, Heard node) {
        boolean isDown = !node.hasAnswered || System.nanoTime() - node.atNanos > LEASE_NANOS;
        double full = usedPercent(node);
        String now = isDown || !cluster.node(id).isAlive()
                ? "down"
                : node.status.containsKey("broken") || full > CRITICAL_PERCENT
                        ? "critical"
                        : full > WARNING_PERCENT ? "warning" : "healthy";
        if (!now.equals(node.state)) {
            node.state = now;
            node.sinceAt = System.currentTimeMillis();
        }
    }

    private static double usedPercent(Heard node) {
        long limit = node.status.getLong("limitBytes", 0L);
        return limit == 0 ? 0 : node.status.getLong("usedBytes", 0L) * 100.0 / limit;
    }

    /** Bytes on all disks that are needed, as the nodes that answer count them. */
    long liveBytes() {
        return heard.values().stream()
                .mapToLong(node -> node.status.getLong("usedBytes", 0L) - node.status.getLong("garbageBytes", 0L))
                .sum();
    }

    boolean isUp(String id) {
        Heard node = heard.get(id);
        return node != null && !node.state.equals("down") && !node.state.equals("starting");
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        heard.forEach((id, node) -> {
            JsonObject one = new JsonObject().put("status", node.state).put("sinceAt", node.sinceAt);
            if (node.asked > 0) {
                one.put("availabilityPercent", Round.to(100.0 * node.answered / node.asked, 1));
            }
            if (isUp(id)) {
                JsonObject said = node.status;
                one.put("chunks", said.getLong("chunks"))
                        .put("usedBytes", said.getLong("usedBytes"))
                        .put("garbageBytes", said.getLong("garbageBytes"))
                        .put("usedPercent", Round.to(usedPercent(node), 1))
                        .put("readBytesPerSecond", node.readBytesPerSecond)
                        .put("requestsInFlight", Math.max(0, said.getInteger("inFlight", 1) - 1))
                        .put("heapUsedPercent", said.getLong("heapUsedPercent"))
                        .put("walMilliseconds", Round.to(said.getDouble("walMilliseconds", 0.0), 1))
                        .put("roundTripMilliseconds", Round.to(node.milliseconds, 1));
            }
            json.put(id, one);
        });
        return json;
    }
}
