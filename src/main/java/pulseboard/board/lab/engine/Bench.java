package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pulseboard.board.lab.engine.BenchResult.Measured;

/** Measures a cluster, one benchmark after the other. Used on one event loop. */
final class Bench {

    private static final int PLAYS = 10;
    private static final double MINUTE_SECONDS = 60;

    /** None takes so long, whatever happens. */
    private static final long MOST_SECONDS = 240;

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final long seed;
    private final BenchStock stock;
    private final BenchPlays plays;
    private final BenchNodes nodes;

    Bench(Vertx vertx, Engine.Parts parts, long seed) {
        this.vertx = vertx;
        this.parts = parts;
        this.seed = seed;
        stock = new BenchStock(vertx, parts, seed, List.of(BenchStock.LOW, BenchStock.HIGH));
        plays = new BenchPlays(vertx, stock, seed);
        nodes = new BenchNodes(vertx, parts, stock);
    }

    /** Puts what is to be played and read. */
    Future<?> prepare() {
        return stock.put();
    }

    /** Takes away again what was put. */
    Future<?> clear() {
        return parts.uploads().deleteAll(stock.id() + "-");
    }

    /** Measures these; tells each as soon as it is known. */
    Future<List<BenchResult>> run(List<Benchmark> which, Consumer<BenchResult> each) {
        List<BenchResult> all = new ArrayList<>();
        Future<?> before = Future.succeededFuture();
        for (Benchmark what : which) {
            before = before.compose(done -> one(what)).onSuccess(result -> {
                all.add(result);
                each.accept(result);
            });
        }
        return before.map(done -> all).eventually(nodes::close);
    }

    private Future<BenchResult> one(Benchmark what) {
        Neighbours neighbours = new Neighbours();
        return measure(what)
                .timeout(MOST_SECONDS, TimeUnit.SECONDS)
                .map(measured -> BenchResult.of(what, measured, neighbours.trouble()))
                .otherwise(why -> BenchResult.failed(what, String.valueOf(why.getMessage())));
    }

    private Future<Measured> measure(Benchmark what) {
        return switch (what) {
            case STARTUP -> plays.startup(2 * PLAYS);
            case REBUFFERING -> plays.rebuffering(PLAYS, MINUTE_SECONDS);
            case BUFFER -> plays.buffer(PLAYS, MINUTE_SECONDS);
            case NODE_LATENCY -> nodes.latency(1_000);
            case CONCURRENT_REQUESTS -> nodes.together();
            case NODE_RESPONSE -> nodes.response(1_000);
            case CONCURRENT_UPLOADS -> new BenchUploads(parts, stock).run(PLAYS, 2 * PLAYS);
            case CONCURRENT_PLAYBACK -> plays.together(100, 30);
            case THROUGHPUT -> plays.throughput(200);
            case LOAD_DISTRIBUTION -> plays.distribution(300);
            case FAILOVER -> new BenchFailover(vertx, parts.cluster(), stock).run(PLAYS, seed);
        };
    }
}
