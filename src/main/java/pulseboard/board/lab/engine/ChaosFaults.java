package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.engine.Chunks.Located;

/** Faults of nodes: each is injected, measured on its victim, and taken back. */
final class ChaosFaults {

    private static final long AT_ONCE_MILLISECONDS = 1_500;
    private static final long LEASE_MILLISECONDS = 7_000;
    private static final long REPAIR_MILLISECONDS = 30_000;
    private static final int PINGS = 8;
    private static final int MANY_PINGS = 40;
    private static final int WRITES = 25;

    private final Engine.Parts parts;
    private final ChaosProbe probe;
    private final SplittableRandom random;

    ChaosFaults(Engine.Parts parts, ChaosProbe probe, SplittableRandom random) {
        this.parts = parts;
        this.probe = probe;
        this.random = random;
    }

    Future<ChaosFault> inject(ChaosFault.Kind kind, String node) {
        return switch (kind) {
            case NODE_KILL ->
                gone(
                        kind,
                        node,
                        () -> parts.cluster().node(node).kill(),
                        () -> parts.cluster().node(node).start());
            case NODE_PAUSE -> gone(kind, node, () -> signal(node, true), () -> signal(node, false));
            case LATENCY -> latency(node);
            case LOSS -> loss(node);
            case PARTITION -> partition(node);
            case SLOW_DISK -> slowDisk(node);
            case MEMORY -> memory(node);
            case CORRUPTION -> corruption(node);
        };
    }

    /** Something that is done and has an end. */
    private interface Step {
        Future<?> run();
    }

    private Future<Void> signal(String node, boolean isToPause) {
        try {
            if (isToPause) {
                parts.cluster().node(node).pause();
            } else {
                parts.cluster().node(node).resume();
            }
            return Future.succeededFuture();
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
    }

    private Future<ChaosFault> gone(ChaosFault.Kind kind, String node, Step begin, Step end) {
        long[] seen = new long[2];
        return begin.run()
                .compose(begun -> probe.untilTold(
                        () -> probe.answersDirectly(node).map(answers -> !answers), AT_ONCE_MILLISECONDS))
                .compose(silent -> {
                    seen[0] = silent;
                    return probe.until(() -> !parts.nodes().isUp(node), LEASE_MILLISECONDS);
                })
                .onSuccess(down -> seen[1] = down)
                .compose(down -> probe.pause(1_000 + random.nextInt(2_000)))
                .eventually(end::run)
                .map(ended -> new ChaosFault(
                        kind,
                        node,
                        seen[0] >= 0 && seen[1] >= 0,
                        kind == ChaosFault.Kind.NODE_KILL ? "SIGKILL" : "SIGSTOP",
                        "no answer after " + seen[0] + " ms, down after " + (seen[0] + seen[1]) + " ms"));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double median(double[] values) {
        return BenchResult.percentile(values, 50);
    }

    private Future<ChaosFault> latency(String node) {
        double more = 100 + random.nextInt(401);
        return probe.pings(node, PINGS)
                .compose(before -> {
                    parts.players().worsen(node, more, 0);
                    return probe.pings(node, PINGS).map(now -> mean(now) - mean(before));
                })
                .eventually(() -> healed(node))
                .map(measured -> new ChaosFault(
                        ChaosFault.Kind.LATENCY,
                        node,
                        Math.abs(measured - more) <= Math.max(30, more * 0.3),
                        String.format(Locale.ROOT, "+%.0f ms", more),
                        String.format(Locale.ROOT, "pings %+.0f ms", measured)));
    }

    private Future<?> healed(String node) {
        parts.players().heal(node);
        return Future.succeededFuture();
    }

    /** A ping is a segment there and one back: late is what one of them was lost of. */
    private Future<ChaosFault> loss(String node) {
        double loss = 0.1 + random.nextInt(21) / 100.0;
        double[] before = new double[1];
        return probe.pings(node, PINGS)
                .compose(usual -> {
                    before[0] = median(usual);
                    parts.players().worsen(node, 0, loss);
                    return probe.pings(node, MANY_PINGS);
                })
                .eventually(() -> healed(node))
                .map(pings -> {
                    long late = MANY_PINGS
                            - pings.length
                            + Arrays.stream(pings)
                                    .filter(each -> each > before[0] * 1.6)
                                    .count();
                    double share = 100.0 * late / MANY_PINGS;
                    double expected = 100 * (1 - (1 - loss) * (1 - loss));
                    return new ChaosFault(
                            ChaosFault.Kind.LOSS,
                            node,
                            share >= expected / 3,
                            String.format(Locale.ROOT, "%.0f %% of segments", loss * 100),
                            String.format(Locale.ROOT, "%.0f %% of pings late (%.0f expected)", share, expected));
                });
    }

    private Future<ChaosFault> partition(String node) {
        parts.players().silence(node, true);
        return probe.answersThroughLine(node)
                .compose(answers -> probe.untilTold(() -> probe.answersDirectly(node), LEASE_MILLISECONDS)
                        .compose(direct -> probe.pause(1_000 + random.nextInt(3_000))
                                .map(later -> partition(node, answers, direct >= 0))))
                .eventually(() -> {
                    parts.players().silence(node, false);
                    return Future.succeededFuture();
                });
    }

    private static ChaosFault partition(String node, boolean answers, boolean isThere) {
        return new ChaosFault(
                ChaosFault.Kind.PARTITION,
                node,
                !answers && isThere,
                "nothing gets through",
                (answers ? "answers" : "no answer") + " through the line, " + (isThere ? "answers" : "no answer")
                        + " past it");
    }

    private Future<ChaosFault> slowDisk(String node) {
        double factor = 2 + random.nextInt(4);
        return probe.writes(node, WRITES)
                .compose(before -> probe.trouble(node, new JsonObject().put("disk", factor))
                        .compose(slow -> probe.writes(node, WRITES))
                        .map(now -> median(now) / median(before)))
                .eventually(() -> probe.trouble(node, new JsonObject()))
                .map(measured -> new ChaosFault(
                        ChaosFault.Kind.SLOW_DISK,
                        node,
                        measured >= factor * 0.7 && measured <= factor * 1.6,
                        String.format(Locale.ROOT, "writes take %.0f x as long", factor),
                        String.format(Locale.ROOT, "%.1f x", measured)));
    }

    private Future<ChaosFault> memory(String node) {
        int percent = 80 + random.nextInt(11);
        return probe.trouble(node, new JsonObject().put("heapPercent", percent))
                .compose(heavy -> probe.pause(1_000))
                .compose(later -> probe.status(node))
                .eventually(() -> probe.trouble(node, new JsonObject()))
                .map(status -> {
                    long used = status.getLong("heapUsedPercent", 0L);
                    return new ChaosFault(
                            ChaosFault.Kind.MEMORY,
                            node,
                            used >= percent - 10,
                            "heap to " + percent + " %",
                            "heap at " + used + " %");
                });
    }

    private Future<ChaosFault> corruption(String node) {
        return probe.records(node).compose(said -> {
            List<JsonObject> held = said.getJsonArray("records").stream()
                    .map(JsonObject.class::cast)
                    .filter(each -> each.getInteger("bytes", 0) > 0 && known(each) != null)
                    .toList();
            if (held.isEmpty()) {
                return Future.failedFuture(node + " holds nothing");
            }
            JsonObject victim = held.get(random.nextInt(held.size()));
            long at = victim.getLong("offset") + random.nextInt(victim.getInteger("bytes"));
            Located chunk = Objects.requireNonNull(known(victim));
            try {
                flip(parts.cluster().node(node).folder().resolve(victim.getString("file")), at);
            } catch (IOException e) {
                return Future.failedFuture(e);
            }
            return probe.givesSound(chunk, node).compose(isSound -> {
                parts.repair().damaged(chunk, node);
                return probe.untilTold(() -> parts.repair().untilSound(chunk, node, 0), REPAIR_MILLISECONDS)
                        .map(took -> new ChaosFault(
                                ChaosFault.Kind.CORRUPTION,
                                node,
                                !isSound && took >= 0,
                                "a byte of " + chunk.name(),
                                (isSound ? "not noticed" : "its sum was wrong")
                                        + (took < 0 ? ", not put back" : ", whole again after " + took + " ms")));
            });
        });
    }

    private @Nullable Located known(JsonObject record) {
        String key = record.getString("key", "");
        return parts.catalogue()
                .find(key.substring(0, Math.max(0, key.lastIndexOf('.'))))
                .filter(chunk -> (chunk.name() + "." + chunk.generation()).equals(key))
                .orElse(null);
    }

    private static void flip(Path file, long at) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(at);
            int there = log.read();
            log.seek(at);
            log.write(there ^ 1);
        }
    }
}
