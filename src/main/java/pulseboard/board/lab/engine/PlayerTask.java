package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.player.Abr;
import pulseboard.board.lab.player.NodeRecord;
import pulseboard.board.lab.player.Playback;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.board.lab.player.Session;

/** A player that really fetches: a {@link Session} driven over lines of its own. Used on one event loop. */
final class PlayerTask {

    private static final long TICK_MILLISECONDS = 100;
    private static final long PING_MILLISECONDS = 1_000;
    private static final int MOST_LAST = 60;
    private static final int KEPT_BEHIND = 3;

    private final Vertx vertx;
    private final Kind kind;
    private final Lines lines;
    private final Function<String, Optional<Located>> catalogue;
    private final Session session;
    private final Scheduler scheduler;
    private final Map<Integer, byte[]> segments = new HashMap<>();
    private final Deque<JsonObject> last = new ArrayDeque<>();
    private final long beganNanos = System.nanoTime();
    private final long startedAt = System.currentTimeMillis();
    private final List<Long> timers = new ArrayList<>();
    private int failovers;
    private int fetches;
    private boolean isKeeping = true;
    private boolean isStopped;
    private Chunks.Listener listener = Chunks.NOBODY;
    private BiConsumer<Located, String> damaged = (chunk, node) -> {};

    /**
     * What a player is.
     *
     * @param video what it plays, again and again
     * @param scheduler how it chooses nodes
     * @param setup what else it does
     * @param seed of its chance
     */
    record Kind(Video video, Scheduler.Kind scheduler, Session.Setup setup, long seed) {

        static Kind of(Video video, Scheduler.Kind scheduler, Abr abr, long seed) {
            return new Kind(video, scheduler, Session.Setup.of(video.ladder(), abr), seed);
        }
    }

    PlayerTask(Vertx vertx, Kind kind, Lines lines, Function<String, Optional<Located>> catalogue) {
        this.vertx = vertx;
        this.kind = kind;
        this.lines = lines;
        this.catalogue = catalogue;
        session = new Session(kind.setup, now());
        scheduler = new Scheduler(kind.scheduler, kind.seed);
        scheduler.tell(node -> lines.to(node).profile().expectedMegabitsPerSecond());
    }

    /** Seconds since it began. */
    double now() {
        return (System.nanoTime() - beganNanos) / 1e9;
    }

    void start() {
        timers.add(vertx.setPeriodic(TICK_MILLISECONDS, id -> tick()));
        timers.add(vertx.setPeriodic(PING_MILLISECONDS, id -> ping()));
        ping();
        tick();
    }

    Future<?> stop() {
        isStopped = true;
        timers.forEach(vertx::cancelTimer);
        return lines.close();
    }

    /** Nobody will ask for the bytes of a segment. */
    void keepNothing() {
        isKeeping = false;
    }

    /** Hears of every request to a node, too. */
    void onFetch(Chunks.Listener hears) {
        listener = hears;
    }

    /** Hears which chunk came damaged, and from where. */
    void onDamage(BiConsumer<Located, String> hears) {
        damaged = hears;
    }

    private void ping() {
        lines.clients()
                .forEach((node, client) -> client.ping()
                        .onComplete(done -> scheduler.node(node).pinged(done.succeeded() ? done.result() : -1)));
    }

    private void tick() {
        if (isStopped) {
            return; // What was under way has ended with its lines.
        }
        session.due(now()).forEach(this::fetch);
        int oldest = (int) (session.playback().positionSeconds()
                        / kind.video.ladder().segmentSeconds())
                - KEPT_BEHIND;
        segments.keySet().removeIf(segment -> segment < oldest);
    }

    private void fetch(Session.Fetch fetch) {
        Optional<Located> chunk = catalogue.apply(kind.video.segment(fetch.rung(), fetch.segment()));
        if (chunk.isEmpty()) {
            session.failed(fetch, now());
            return;
        }
        double began = now();
        List<String> order = scheduler.order(chunk.get().placement().nodes());
        Chunks.get(chunk.get(), lines.clients(), order, new Watch(chunk.get(), fetch))
                .onSuccess(data -> {
                    if (isKeeping) {
                        segments.put(fetch.segment(), data);
                    }
                    session.got(fetch, data.length, now() - began, now());
                })
                .onFailure(why -> session.failed(fetch, now()))
                .onComplete(done -> tick());
    }

    /** Notes what each node did for a segment. */
    private final class Watch implements Chunks.Listener {

        private final Located chunk;
        private final Session.Fetch fetch;

        private Watch(Located chunk, Session.Fetch fetch) {
            this.chunk = chunk;
            this.fetch = fetch;
        }

        @Override
        public void corrupt(String node) {
            damaged.accept(chunk, node);
        }

        @Override
        public void begun(String node) {
            scheduler.node(node).begun();
            listener.begun(node);
        }

        @Override
        public void ended(String node, double milliseconds, int bytes, String trouble) {
            scheduler.node(node).ended(bytes, milliseconds);
            listener.ended(node, milliseconds, bytes, trouble);
            failovers += trouble.isEmpty() ? 0 : 1;
            last.add(new JsonObject()
                    .put("number", ++fetches)
                    .put("segment", fetch.segment())
                    .put("node", node)
                    .put("milliseconds", Math.round(milliseconds))
                    .put("bytes", bytes)
                    .put("rung", fetch.rung()));
            if (last.size() > MOST_LAST) {
                last.remove();
            }
        }
    }

    Session session() {
        return session;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Kind kind() {
        return kind;
    }

    Lines lines() {
        return lines;
    }

    /** A segment that it has. */
    Optional<byte[]> segment(int number) {
        return Optional.ofNullable(segments.get(number));
    }

    /** What it shows on the board. */
    JsonObject toJson() {
        tick();
        Playback playback = session.playback();
        JsonObject json = new JsonObject()
                .put("scheduler", kind.scheduler.text())
                .put(
                        "kind",
                        kind.scheduler == Scheduler.Kind.SCORE
                                ? "smart"
                                : kind.scheduler == Scheduler.Kind.ROUND_ROBIN ? "naive" : "other")
                .put("abr", kind.setup.abr().text())
                .put("video", kind.video.id())
                .put("startedAt", startedAt)
                .put("state", playback.state())
                .put("bufferSeconds", Round.to(playback.bufferSeconds(), 1))
                .put("stalls", playback.stalls())
                .put("stalledSeconds", Round.to(playback.stalledSeconds(), 1))
                .put("receivedBytes", session.bytes())
                .put("failovers", failovers)
                .put("rung", kind.video.rungs().get(session.rung()))
                .put("qualityOfExperience", Round.to(playback.qualityOfExperience(), 2));
        if (playback.startupSeconds() >= 0) {
            json.put("startupMilliseconds", Math.round(playback.startupSeconds() * 1_000));
        }
        double speed = session.megabitsPerSecond(now());
        if (speed > 0) {
            json.put("megabitsPerSecond", Round.to(speed, 2));
        }
        return json.put("nodes", nodes()).put("last", lastFetches());
    }

    private JsonObject nodes() {
        JsonObject json = new JsonObject();
        for (Map.Entry<String, NodeRecord> each : new TreeMap<>(scheduler.nodes()).entrySet()) {
            NodeRecord node = each.getValue();
            JsonObject one = new JsonObject()
                    .put("bytes", node.bytes())
                    .put("downloads", node.downloads())
                    .put("failures", node.failures())
                    .put("successPercent", Math.round(node.success() * 100));
            if (node.megabitsPerSecond() > 0) {
                one.put("megabitsPerSecond", Round.to(node.megabitsPerSecond(), 2))
                        .put("score", Round.to(node.score(), 3));
            }
            if (node.milliseconds() > 0) {
                one.put("milliseconds", Round.to(node.milliseconds(), 1));
            }
            json.put(each.getKey(), one);
        }
        return json;
    }

    private JsonObject lastFetches() {
        JsonObject json = new JsonObject();
        last.forEach(each -> {
            JsonObject copy = each.copy();
            json.put(String.valueOf(copy.remove("number")), copy);
        });
        return json;
    }
}
