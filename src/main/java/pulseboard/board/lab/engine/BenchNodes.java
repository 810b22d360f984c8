package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.board.lab.engine.BenchResult.Measured;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.node.Node;

/** Benchmarks of nodes, straight, past all lines. */
final class BenchNodes {

    private static final int READS_PER_SECOND = 50;
    private static final long TICK_MILLISECONDS = 5;
    private static final long MOST_MILLISECONDS = 10_000;

    /** On a machine that does not keep up the next ones wait: 24 MB of chunks are enough to hold in memory. That they waited counts. */
    private static final int MOST_UNDER_WAY = 32;

    private static final int TOGETHER = 120;
    private static final int LOOKS = 100;
    private static final long LOOK_MILLISECONDS = 50;

    /** The largest chunk there can be: more than the kernel keeps for a connection that nobody reads from. */
    private static final int LARGE = Node.MOST_CHUNK_BYTES;

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final BenchStock stock;

    /** Kept: what nobody refers to is closed when it is garbage. */
    private final HttpClient http;

    private final Map<String, NodeClient> clients = new TreeMap<>();

    BenchNodes(Vertx vertx, Engine.Parts parts, BenchStock stock) {
        this.vertx = vertx;
        this.parts = parts;
        this.stock = stock;
        http = NodeClient.http(vertx, TOGETHER);
        Cluster cluster = parts.cluster();
        cluster.ids().forEach(id -> clients.put(id, new NodeClient(http, () -> cluster.port(id), cluster.token())));
    }

    /** Reads chunks at a steady rate, however long each takes; each sample is from when it was due to its last byte. */
    private final class Readers {

        private final List<Double> took = new ArrayList<>();
        private final long beganNanos = System.nanoTime();
        private final Promise<Void> over = Promise.promise();
        private final int wanted;
        private int begun;
        private int ended;
        private int failed;
        private long timer;

        private Readers(int wanted) {
            this.wanted = wanted;
        }

        private Readers begin() {
            timer = vertx.setPeriodic(TICK_MILLISECONDS, id -> due());
            return this;
        }

        private void due() {
            double passed = (System.nanoTime() - beganNanos) / 1e9;
            while (begun < wanted && begun < passed * READS_PER_SECOND && begun - ended < MOST_UNDER_WAY) {
                long dueNanos = beganNanos + (long) (begun * 1e9 / READS_PER_SECOND);
                List<Located> chunks = stock.chunks();
                Located chunk = chunks.get(begun % chunks.size());
                List<String> holders = chunk.placement().nodes();
                String node = holders.get(begun / chunks.size() % holders.size());
                begun++;
                Objects.requireNonNull(clients.get(node))
                        .get(chunk.name(), chunk.generation(), MOST_MILLISECONDS)
                        .onComplete(done -> ended(
                                dueNanos, done.succeeded() && done.result().isSound()));
            }
        }

        private void ended(long dueNanos, boolean isGood) {
            if (isGood) {
                took.add((System.nanoTime() - dueNanos) / 1e6);
            } else {
                failed++;
            }
            ended++;
            if (ended >= wanted) {
                vertx.cancelTimer(timer);
                over.tryComplete();
            }
        }

        private double[] samples() {
            return BenchResult.samples(took);
        }
    }

    Future<Measured> response(int reads) {
        Readers readers = new Readers(reads).begin();
        return readers.over.future().map(done -> {
            double[] samples = readers.samples();
            double value = BenchResult.percentile(samples, 95);
            String note = readers.failed == 0 ? "" : readers.failed + " of " + reads + " failed";
            return new Measured(value, readers.failed == 0 && value < 50, samples, note);
        });
    }

    /** One after the other, while others read as fast as in {@link #response}. */
    Future<Measured> latency(int pings) {
        Readers readers = new Readers(Integer.MAX_VALUE).begin();
        List<Double> took = new ArrayList<>();
        List<NodeClient> nodes = List.copyOf(clients.values());
        return ping(nodes, pings, took).map(done -> {
            vertx.cancelTimer(readers.timer);
            double[] samples = BenchResult.samples(took);
            double value = BenchResult.percentile(samples, 99);
            int lost = pings - samples.length;
            boolean meets = lost == 0 && readers.failed == 0 && !readers.took.isEmpty() && value < 10;
            String note = lost + readers.failed == 0
                    ? ""
                    : String.format(Locale.ROOT, "%d pings and %d reads failed", lost, readers.failed);
            return new Measured(value, meets, samples, note);
        });
    }

    private Future<?> ping(List<NodeClient> nodes, int left, List<Double> took) {
        if (left == 0) {
            return Future.succeededFuture();
        }
        Future<Double> asked = nodes.get(left % nodes.size()).ping();
        // Not one call within the other: what answers at once would fill the stack.
        return asked.onSuccess(took::add)
                .transform(done -> vertx.timer(1, TimeUnit.MILLISECONDS))
                .compose(later -> ping(nodes, left - 1, took));
    }

    /**
     * Many at once from one node, which counts them itself: each gets its head, then all wait with what the kernel does not hold for them, then all read
     * to the end.
     */
    Future<Measured> together() {
        byte[] data = stock.bytes(LARGE);
        return parts.uploads()
                .put(new Uploads.Chunk(stock.id() + "-large", 1, Placement.Mode.REPLICATED, data), stock.id(), true)
                .compose(this::together);
    }

    private Future<Measured> together(Located chunk) {
        Cluster cluster = parts.cluster();
        String node = chunk.placement().nodes().get(0);
        String path = "/chunks/" + chunk.name() + "/" + chunk.generation();
        return vertx.executeBlocking(() -> new HeldReads(TOGETHER, cluster.port(node), path, cluster.token()))
                .compose(held -> inFlight(node, LOOKS)
                        .compose(most -> vertx.executeBlocking(
                                        () -> held.readAll(chunk.placement().sha256()))
                                .map(failed -> together(most, failed)))
                        .eventually(() -> vertx.executeBlocking(() -> {
                            held.close();
                            return true;
                        })));
    }

    /** What a node counts, once it has come to all that were sent; or what it counts at last. */
    private Future<Integer> inFlight(String node, int looks) {
        return Objects.requireNonNull(parts.cluster().direct().get(node))
                .json(HttpMethod.GET, "/status", Buffer.buffer(), MOST_MILLISECONDS)
                .map(status -> status.getInteger("inFlight", 1) - 1) // But for this question.
                .compose(now -> now >= TOGETHER || looks == 0
                        ? Future.succeededFuture(now)
                        : vertx.timer(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)
                                .compose(later -> inFlight(node, looks - 1)));
    }

    private static Measured together(double most, int failed) {
        String note = failed == 0 ? "" : failed + " requests failed";
        return new Measured(most, most >= 100 && failed == 0, new double[] {most}, note);
    }

    Future<?> close() {
        return http.close();
    }
}
