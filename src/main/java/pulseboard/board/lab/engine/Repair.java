package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.erasure.Coder;

/**
 * Keeps copies and fragments whole: what a reader found damaged is put back from the others at once, and a scrubber looks for what nobody reads.
 * One that was never put, since its node was down, gets there by another ballot for the same value. Used on one event loop.
 */
final class Repair {

    private static final Logger LOG = LoggerFactory.getLogger(Repair.class);
    private static final double BYTES_PER_MILLISECOND = 8 * 1024 * 1024 / 1e3;
    private static final long REST_MILLISECONDS = 20_000;
    private static final int MISSING = 404;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Catalogue catalogue;
    private final Uploads uploads;
    private final Set<String> underWay = new HashSet<>();
    private boolean isStopped;
    private long checked;
    private long damaged;
    private long missing;
    private long repaired;
    private long scrubbedAt;

    Repair(Vertx vertx, Cluster cluster, Catalogue catalogue, Uploads uploads) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.catalogue = catalogue;
        this.uploads = uploads;
    }

    /** What is to be looked at: a chunk on a node. */
    private record Part(Located chunk, String node) {

        private String key() {
            return chunk.name() + "." + chunk.generation() + " " + node;
        }

        private int bytes() {
            Placement placement = chunk.placement();
            return placement.mode() == Placement.Mode.CODED
                    ? Coder.fragmentLength(placement.sizeBytes())
                    : placement.sizeBytes();
        }
    }

    /** Begins to scrub, and goes on until it is stopped. */
    void start() {
        later(REST_MILLISECONDS, this::scrub);
    }

    void stop() {
        isStopped = true;
    }

    private void later(long milliseconds, Runnable task) {
        vertx.setTimer(Math.max(1, milliseconds), id -> {
            if (!isStopped) {
                task.run();
            }
        });
    }

    private void scrub() {
        List<Part> parts = new ArrayList<>();
        for (Located chunk : catalogue.chunks().values()) {
            chunk.placement().nodes().forEach(node -> parts.add(new Part(chunk, node)));
        }
        scrub(parts, 0);
    }

    private void scrub(List<Part> parts, int from) {
        if (from >= parts.size()) {
            scrubbedAt = System.currentTimeMillis();
            later(REST_MILLISECONDS, this::scrub);
            return;
        }
        Part part = parts.get(from);
        check(part)
                .onComplete(done -> later((long) (part.bytes() / BYTES_PER_MILLISECOND), () -> scrub(parts, from + 1)));
    }

    /** Looks at one chunk on one node, and makes it whole where it is not. */
    Future<?> check(Located chunk, String node) {
        return check(new Part(chunk, node));
    }

    private Future<?> check(Part part) {
        if (!cluster.isKnown(part.node) || !cluster.node(part.node).isAlive()) {
            return Future.succeededFuture();
        }
        checked++;
        return client(part.node)
                .isSound(part.chunk.name(), part.chunk.generation())
                .map(said -> said.getBoolean("sound", true) ? "" : "damaged")
                .otherwise(why ->
                        why instanceof NodeClient.Refused refused && refused.status() == MISSING ? "missing" : "")
                .<Object>compose(trouble -> switch (trouble) {
                    case "damaged" -> damaged(part.chunk, part.node).mapEmpty();
                    case "missing" -> putAgain(part).mapEmpty();
                    default -> Future.succeededFuture();
                });
    }

    private NodeClient client(String node) {
        return Objects.requireNonNull(cluster.direct().get(node), node);
    }

    /** Puts back what a node has damaged. Done when it is whole, or could not be made so now. */
    Future<?> damaged(Located chunk, String node) {
        Part part = new Part(chunk, node);
        if (!underWay.add(part.key())) {
            return Future.succeededFuture();
        }
        damaged++;
        return others(part)
                .compose(data -> {
                    byte[][] parts = chunk.placement().mode().parts(data);
                    return client(node)
                            .repair(
                                    chunk.name(),
                                    chunk.generation(),
                                    parts[chunk.placement().nodes().indexOf(node)]);
                })
                .onSuccess(said -> repaired += said.getBoolean("repaired", false) ? 1 : 0)
                .onComplete(done -> ended(
                        part,
                        done.succeeded() ? "" : String.valueOf(done.cause().getMessage())));
    }

    private Future<?> putAgain(Part part) {
        if (!underWay.add(part.key())) {
            return Future.succeededFuture();
        }
        missing++;
        return others(part)
                .compose(data -> uploads.put(
                        new Uploads.Chunk(
                                part.chunk.name(),
                                part.chunk.generation(),
                                part.chunk.placement().mode(),
                                data),
                        "repair",
                        false))
                .onSuccess(put -> repaired++)
                .onComplete(done -> ended(
                        part,
                        done.succeeded() ? "" : String.valueOf(done.cause().getMessage())));
    }

    private Future<byte[]> others(Part part) {
        Map<String, NodeClient> direct = cluster.direct();
        List<String> others = part.chunk.placement().nodes().stream()
                .filter(each -> !each.equals(part.node))
                .toList();
        return Chunks.get(part.chunk, direct, others, Chunks.NOBODY);
    }

    private void ended(Part part, String why) {
        underWay.remove(part.key());
        if (!why.isEmpty()) {
            LOG.info("Not whole yet: {} on {}: {}", part.chunk.name(), part.node, why);
        }
    }

    /** Lets time pass until a node has a chunk as it should be, or so long. */
    Future<Boolean> untilSound(Located chunk, String node, long mostMilliseconds) {
        return client(node)
                .isSound(chunk.name(), chunk.generation())
                .map(said -> said.getBoolean("sound", false))
                .otherwise(false)
                .compose(isSound -> isSound || mostMilliseconds <= 0
                        ? Future.succeededFuture(isSound)
                        : vertx.timer(50, TimeUnit.MILLISECONDS)
                                .compose(later -> untilSound(chunk, node, mostMilliseconds - 50)));
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("checked", checked)
                .put("damaged", damaged)
                .put("missing", missing)
                .put("repaired", repaired);
        return scrubbedAt == 0 ? json : json.put("scrubbedAt", scrubbedAt);
    }
}
