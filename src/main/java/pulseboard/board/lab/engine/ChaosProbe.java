package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pulseboard.board.lab.paxos.Ballot;
import pulseboard.board.lab.paxos.Message;
import pulseboard.board.lab.store.Store;

/** Measures one node, straight and through a line that is as bad as those of the players. */
final class ChaosProbe {

    private static final long LOOK_MILLISECONDS = 20;

    /** A node that fills its heap answers late. */
    private static final long PATIENCE_MILLISECONDS = 20_000;

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final Lines lines;
    private int ballots;

    /**
     * Of this cluster.
     *
     * @param lines of its own
     */
    ChaosProbe(Vertx vertx, Engine.Parts parts, Lines lines) {
        this.vertx = vertx;
        this.parts = parts;
        this.lines = lines;
        ballots = (int) (System.currentTimeMillis() / 1_000 % 1_000_000_000);
    }

    private NodeClient direct(String node) {
        return Objects.requireNonNull(parts.cluster().direct().get(node), node);
    }

    private NodeClient throughLine(String node) {
        return Objects.requireNonNull(lines.clients().get(node), node);
    }

    Future<Boolean> answersDirectly(String node) {
        return direct(node).ping().map(true).otherwise(false);
    }

    Future<Boolean> answersThroughLine(String node) {
        return throughLine(node).ping().map(true).otherwise(false);
    }

    /** How long pings take through the line, each after the other; those without an answer are left out. */
    Future<double[]> pings(String node, int count) {
        List<Double> took = new ArrayList<>();
        Future<?> all = Future.succeededFuture();
        for (int n = 0; n < count; n++) {
            all = all.compose(before -> throughLine(node)
                    .ping()
                    .onSuccess(took::add)
                    .transform(done -> vertx.timer(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)));
        }
        return all.map(done -> BenchResult.samples(took));
    }

    /** What a node says of itself. */
    Future<JsonObject> status(String node) {
        return direct(node).json(HttpMethod.GET, "/status", Buffer.buffer(), PATIENCE_MILLISECONDS);
    }

    /** Makes a node slow or heavy. */
    Future<JsonObject> trouble(String node, JsonObject what) {
        return direct(node).json(HttpMethod.POST, "/trouble", what.toBuffer(), PATIENCE_MILLISECONDS);
    }

    /** How long so many writes took on the node's disk, in ms, by its own clock. Each is a promise for a chunk that nobody will put. */
    Future<double[]> writes(String node, int count) {
        List<Double> took = new ArrayList<>();
        Future<?> all = Future.succeededFuture();
        for (int n = 0; n < count; n++) {
            all = all.compose(before -> {
                Message message = Message.prepare("chaos", node, new Ballot(++ballots, "chaos"));
                return direct(node)
                        .paxos("chaos-probe", 1, message, Store.Bytes.NONE)
                        .compose(promise -> status(node))
                        .onSuccess(said -> took.add(said.getDouble("walMilliseconds", 0.0)));
            });
        }
        return all.map(done -> BenchResult.samples(took));
    }

    /** All that a node holds. */
    Future<JsonObject> records(String node) {
        return direct(node).json(HttpMethod.GET, "/records", Buffer.buffer(), PATIENCE_MILLISECONDS);
    }

    /** Whether what a node gives of a chunk is what it should be. */
    Future<Boolean> givesSound(Chunks.Located chunk, String node) {
        return direct(node).get(chunk.name(), chunk.generation(), 2_000).map(NodeClient.Fetched::isSound);
    }

    /** Lets time pass until it is so, or so long; how long that took in ms, or -1. */
    Future<Long> until(BooleanSupplier isSo, long mostMilliseconds) {
        return untilTold(() -> Future.succeededFuture(isSo.getAsBoolean()), mostMilliseconds, System.nanoTime());
    }

    /** The same for what has to be asked for. */
    Future<Long> untilTold(Supplier<Future<Boolean>> isSo, long mostMilliseconds) {
        return untilTold(isSo, mostMilliseconds, System.nanoTime());
    }

    private Future<Long> untilTold(Supplier<Future<Boolean>> isSo, long mostMilliseconds, long beganNanos) {
        return isSo.get().compose(told -> {
            long passed = (System.nanoTime() - beganNanos) / 1_000_000;
            return told
                    ? Future.succeededFuture(passed)
                    : passed > mostMilliseconds
                            ? Future.succeededFuture(-1L)
                            : pause(LOOK_MILLISECONDS).compose(later -> untilTold(isSo, mostMilliseconds, beganNanos));
        });
    }

    Future<?> pause(long milliseconds) {
        return vertx.timer(milliseconds, TimeUnit.MILLISECONDS);
    }
}
