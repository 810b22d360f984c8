package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.engine.BenchResult.Measured;
import pulseboard.board.lab.engine.BenchStock.Terms;
import pulseboard.board.lab.player.Playback;
import pulseboard.board.lab.player.Scheduler.Kind;

/** Benchmarks of players, each over emulated lines of its own. */
final class BenchPlays {

    private static final String PROFILE = "normal";
    private static final int SEGMENT_BYTES = 750_000;
    private static final double FULL_SECONDS = 20;
    private static final long LOOK_MILLISECONDS = 20;

    /** Where nothing at all has come by then, nothing will. */
    private static final double PATIENCE_SECONDS = 10;

    private static final long SAMPLE_MILLISECONDS = 250;

    private static final String NOTHING = "nothing came";

    private final Vertx vertx;
    private final BenchStock stock;
    private final long seed;
    private @Nullable Future<Minute> minute;

    /** What ten plays of a minute came to: stalls of each play, and what was in the buffers. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Minute(double[] stalls, double[] buffers) {}

    BenchPlays(Vertx vertx, BenchStock stock, long seed) {
        this.vertx = vertx;
        this.stock = stock;
        this.seed = seed;
    }

    /** Looks again and again until it is so, or so long; done in either case. */
    private Future<Void> until(BooleanSupplier isSo, double mostSeconds) {
        Promise<Void> done = Promise.promise();
        long began = System.nanoTime();
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> {
            if (isSo.getAsBoolean() || System.nanoTime() - began > mostSeconds * 1e9) {
                vertx.cancelTimer(id);
                done.tryComplete();
            }
        });
        return done.future();
    }

    Future<Measured> startup(int plays) {
        List<Double> took = new ArrayList<>();
        Future<?> all = Future.succeededFuture();
        for (int play = 0; play < plays; play++) {
            long mine = seed + play;
            all = all.compose(done -> isHopeless(took, mine) ? Future.failedFuture(NOTHING) : Future.succeededFuture())
                    .compose(done -> stock.player(stock.video(BenchStock.HIGH), PROFILE, Kind.SCORE, Terms.fast(mine)))
                    .compose(player -> {
                        player.start();
                        Playback playback = player.session().playback();
                        return until(() -> playback.startupSeconds() >= 0, PATIENCE_SECONDS)
                                .onSuccess(done -> {
                                    if (playback.startupSeconds() >= 0) {
                                        took.add(playback.startupSeconds() * 1_000);
                                    }
                                })
                                .eventually(player::stop);
                    });
        }
        return all.transform(done -> {
            double[] samples = BenchResult.samples(took);
            double value = BenchResult.percentile(samples, 95);
            boolean isWhole = samples.length == plays;
            String note = isWhole ? "" : (plays - samples.length) + " of " + plays + " plays did not begin within 10 s";
            return Future.succeededFuture(new Measured(value, isWhole && value < 2_000, samples, note));
        });
    }

    private boolean isHopeless(List<Double> took, long mine) {
        return took.isEmpty() && mine > seed + 1;
    }

    /** Done after so long; failed soon where nothing comes. */
    private Future<Void> pass(List<PlayerTask> players, double seconds) {
        return until(() -> isLost(players), seconds)
                .compose(over -> isLost(players) ? Future.failedFuture(NOTHING) : Future.succeededFuture());
    }

    private static boolean isLost(List<PlayerTask> players) {
        return players.stream()
                .allMatch(player ->
                        player.now() > PATIENCE_SECONDS && player.session().bytes() == 0);
    }

    /** So many players at once, in this quality; each has begun when this is done. */
    private Future<List<PlayerTask>> players(int count, String rung) {
        List<Future<PlayerTask>> made = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            made.add(stock.player(stock.video(rung), PROFILE, Kind.SCORE, Terms.usual(seed + n))
                    .onSuccess(PlayerTask::start));
        }
        return Future.all(made).map(all -> all.list());
    }

    private static Future<?> stop(List<PlayerTask> players) {
        return Future.join(players.stream().map(PlayerTask::stop).toList());
    }

    private static double[] each(List<PlayerTask> players, ToDoubleFunction<Playback> value) {
        return players.stream()
                .mapToDouble(player -> {
                    Playback playback = player.session().playback();
                    playback.advance(player.now());
                    return value.applyAsDouble(playback);
                })
                .toArray();
    }

    /** A play that shows nothing has stalled, too, in the sense of whoever waits. */
    private static double stalls(Playback playback) {
        return playback.startupSeconds() < 0 ? Double.NaN : playback.stalls();
    }

    private Future<Minute> minute(int plays, double seconds) {
        Future<Minute> known = minute;
        if (known != null) {
            return known;
        }
        List<Double> buffers = new ArrayList<>();
        Future<Minute> made = players(plays, BenchStock.HIGH).compose(players -> {
            boolean[] hasBeenFull = new boolean[plays];
            long timer = vertx.setPeriodic(SAMPLE_MILLISECONDS, id -> {
                double[] now = each(players, Playback::bufferSeconds);
                for (int n = 0; n < now.length; n++) {
                    hasBeenFull[n] |= now[n] >= FULL_SECONDS;
                    if (hasBeenFull[n]) {
                        buffers.add(now[n]);
                    }
                }
            });
            return pass(players, seconds)
                    .map(over -> {
                        vertx.cancelTimer(timer);
                        return new Minute(each(players, BenchPlays::stalls), BenchResult.samples(buffers));
                    })
                    .eventually(() -> stop(players));
        });
        minute = made;
        return made;
    }

    Future<Measured> rebuffering(int plays, double seconds) {
        return minute(plays, seconds).map(done -> {
            double worst = Arrays.stream(done.stalls).max().orElse(Double.NaN);
            return new Measured(worst, worst <= 1, done.stalls, Double.isNaN(worst) ? "a play did not begin" : "");
        });
    }

    Future<Measured> buffer(int plays, double seconds) {
        return minute(plays, seconds).map(done -> {
            double mean = Arrays.stream(done.buffers).average().orElse(Double.NaN);
            double share = Arrays.stream(done.buffers)
                            .filter(each -> each >= FULL_SECONDS)
                            .count()
                    * 100.0
                    / Math.max(1, done.buffers.length);
            boolean meets = mean > FULL_SECONDS && share >= 95;
            return new Measured(
                    mean, meets, done.buffers, String.format(Locale.ROOT, "%.1f %% of samples >= 20 s", share));
        });
    }

    Future<Measured> together(int count, double seconds) {
        return players(count, BenchStock.LOW)
                .compose(players -> pass(players, seconds)
                        .map(over -> {
                            double[] stalls = each(players, BenchPlays::stalls);
                            double good = Arrays.stream(stalls)
                                    .filter(each -> each <= 1)
                                    .count();
                            double megabits = players.stream()
                                            .mapToLong(
                                                    player -> player.session().bytes())
                                            .sum()
                                    * 8
                                    / seconds
                                    / 1e6;
                            return new Measured(
                                    good,
                                    good == count && count >= 100,
                                    stalls,
                                    String.format(Locale.ROOT, "%.0f Mbit/s through the lines", megabits));
                        })
                        .eventually(() -> stop(players)));
    }

    /** One player that takes all it can get, until it has so many segments. */
    private Future<PlayerTask> greedy(int segments, double mostSeconds, long mine) {
        return stock.player(stock.video(BenchStock.HIGH), PROFILE, Kind.SCORE, Terms.greedy(mine))
                .compose(player -> {
                    player.start();
                    return until(
                                    () -> isLost(List.of(player))
                                            || player.session().bytes() >= (long) segments * SEGMENT_BYTES,
                                    mostSeconds)
                            .map(done -> player)
                            .eventually(player::stop);
                });
    }

    Future<Measured> throughput(int segments) {
        return greedy(segments, 120, seed).map(player -> {
            double value = player.session().megabitsPerSecond(player.now());
            boolean isWhole = player.session().bytes() >= (long) segments * SEGMENT_BYTES;
            return value == 0
                    ? new Measured(Double.NaN, false, new double[0], NOTHING)
                    : new Measured(
                            value, isWhole && value > 40, new double[] {value}, isWhole ? "" : "not all came in 120 s");
        });
    }

    Future<Measured> distribution(int segments) {
        return greedy(segments, 120, seed + 1).map(player -> {
            double[] bytes = player.scheduler().nodes().values().stream()
                    .mapToDouble(each -> each.bytes())
                    .toArray();
            double mean = Arrays.stream(bytes).average().orElse(0);
            if (mean == 0) {
                return new Measured(Double.NaN, false, new double[0], NOTHING);
            }
            double variance = Arrays.stream(bytes)
                    .map(each -> (each - mean) * (each - mean))
                    .average()
                    .orElse(0);
            double value = Math.sqrt(variance) / mean * 100;
            return new Measured(value, value < 15, bytes);
        });
    }
}
