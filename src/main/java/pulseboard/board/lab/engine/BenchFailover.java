package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pulseboard.board.lab.engine.BenchResult.Measured;
import pulseboard.board.lab.engine.BenchStock.Terms;
import pulseboard.board.lab.player.NodeRecord;
import pulseboard.board.lab.player.Scheduler.Kind;

/** Kills the node that a player is fetching from, and waits for the bytes of another in its place. */
final class BenchFailover implements Chunks.Listener {

    private static final long BETWEEN_MILLISECONDS = 700;
    private static final long MOST_MILLISECONDS = 10_000;

    private final Vertx vertx;
    private final Cluster cluster;
    private final BenchStock stock;
    private final List<Double> took = new ArrayList<>();
    private String victim = "";
    private long killedNanos;
    private boolean hasFailed;
    private Promise<Void> taken = Promise.promise();

    BenchFailover(Vertx vertx, Cluster cluster, BenchStock stock) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.stock = stock;
    }

    @Override
    public void ended(String node, double milliseconds, int bytes, String trouble) {
        if (victim.isEmpty()) {
            return;
        }
        if (node.equals(victim) && bytes == 0) {
            hasFailed = true;
        } else if (hasFailed && bytes > 0 && !node.equals(victim)) {
            took.add((System.nanoTime() - killedNanos) / 1e6);
            victim = "";
            taken.tryComplete();
        }
    }

    Future<Measured> run(int kills, long seed) {
        return stock.player(stock.video(BenchStock.HIGH), "normal", Kind.SCORE, Terms.greedy(seed))
                .compose(player -> {
                    player.onFetch(this);
                    player.start();
                    Future<?> all = Future.succeededFuture();
                    for (int n = 0; n < kills; n++) {
                        all = all.compose(before -> vertx.timer(BETWEEN_MILLISECONDS, TimeUnit.MILLISECONDS))
                                .compose(later -> kill(player));
                    }
                    return all.eventually(player::stop);
                })
                .map(done -> {
                    double[] samples = BenchResult.samples(took);
                    double value = BenchResult.percentile(samples, 95);
                    boolean isWhole = samples.length == kills;
                    String note =
                            isWhole ? "" : (kills - samples.length) + " of " + kills + " times no other node came in";
                    return new Measured(value, isWhole && value < 5_000, samples, note);
                });
    }

    private Future<?> kill(PlayerTask player) {
        String used = player.scheduler().nodes().entrySet().stream()
                .filter(each -> each.getValue().active() > 0
                        && cluster.node(each.getKey()).isAlive())
                .max(Map.Entry.comparingByValue(Comparator.comparingInt(NodeRecord::active)))
                .map(Map.Entry::getKey)
                .orElse("");
        if (used.isEmpty()) {
            return Future.succeededFuture();
        }
        taken = Promise.promise();
        hasFailed = false;
        killedNanos = System.nanoTime();
        victim = used;
        NodeProcess node = cluster.node(used);
        return node.kill()
                .compose(killed -> taken.future().timeout(MOST_MILLISECONDS, TimeUnit.MILLISECONDS))
                .transform(done -> {
                    victim = "";
                    return node.start();
                });
    }
}
