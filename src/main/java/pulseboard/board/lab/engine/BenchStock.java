package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;
import pulseboard.board.lab.player.Abr;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.board.lab.player.Session;
import pulseboard.engine.emulator.Profile;

/** What benchmarks play and read: a video of random bytes from a seed, since virtual players decode nothing, and single chunks of it. */
final class BenchStock {

    /** 1 Mbit/s. */
    static final String LOW = "1m";

    /** 3 Mbit/s: 0.75 MB each two seconds. */
    static final String HIGH = "3m";

    private static final int SEGMENTS = 10;
    private static final double SEGMENT_SECONDS = 2;
    private static final int CHUNKS = 15;
    private static final int PUT_AT_ONCE = 4;
    private static final Map<String, Integer> KILOBITS = Map.of(LOW, 1_000, HIGH, 3_000, "6m", 6_000, "12m", 12_000);

    private final Vertx vertx;
    private final Engine.Parts parts;
    private final SplittableRandom random;
    private final List<String> rungs;
    private final String id;
    private final List<Located> chunks = new ArrayList<>();

    /** Of this cluster, with bytes from this seed. */
    BenchStock(Vertx vertx, Engine.Parts parts, long seed, List<String> rungs) {
        this.rungs = List.copyOf(rungs);
        this.vertx = vertx;
        this.parts = parts;
        random = new SplittableRandom(seed);
        id = "bench-" + Long.toString(System.currentTimeMillis(), 36);
    }

    /** A name that nobody has used before. */
    String id() {
        return id;
    }

    /** Random bytes. */
    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Puts all of it. */
    Future<?> put() {
        Map<String, byte[]> files = new HashMap<>();
        rungs.forEach(rung -> {
            files.put(rung + "-init", bytes(1_000));
            for (int segment = 0; segment < SEGMENTS; segment++) {
                String name = String.format(Locale.ROOT, "%s-%03d", rung, segment);
                files.put(name, bytes(segmentBytes(rung)));
            }
        });
        Future<?> all = parts.uploads().put(id, new Clip(manifest(rungs), files), true);
        for (int from = 0; from < CHUNKS; from += PUT_AT_ONCE) {
            int first = from;
            all = all.compose(done -> putChunks(first, Math.min(CHUNKS, first + PUT_AT_ONCE)));
        }
        return all;
    }

    private Future<?> putChunks(int from, int to) {
        List<Future<?>> some = new ArrayList<>();
        for (int n = from; n < to; n++) {
            byte[] data = bytes(segmentBytes(HIGH));
            Uploads.Chunk chunk = new Uploads.Chunk(id + "-copy-" + n, 1, Mode.REPLICATED, data);
            some.add(parts.uploads().put(chunk, id, true).onSuccess(chunks::add));
        }
        return Future.all(some);
    }

    private static int segmentBytes(String rung) {
        return (int) (Objects.requireNonNull(KILOBITS.get(rung)) * 125.0 * SEGMENT_SECONDS);
    }

    private static JsonObject manifest(List<String> rungs) {
        JsonArray all = new JsonArray();
        rungs.forEach(rung -> all.add(new JsonObject().put("name", rung).put("kilobitsPerSecond", KILOBITS.get(rung))));
        return new JsonObject()
                .put("title", "Random bytes")
                .put("segments", SEGMENTS)
                .put("segmentSeconds", SEGMENT_SECONDS)
                .put("codec", "none")
                .put("rungs", all);
    }

    /** The video in these qualities only. */
    Video video(String... rungs) {
        return new Video(id, manifest(List.of(rungs)));
    }

    /** Chunks of 0.75 MB, each on three nodes in full. */
    List<Located> chunks() {
        return chunks;
    }

    /** A player in the highest of the video's qualities, over lines of its own that are all as good as this; not started. */
    Future<PlayerTask> player(Video video, String profile, Scheduler.Kind scheduler, Terms terms) {
        Session.Setup setup = new Session.Setup(video.ladder(), Abr.FIXED, terms.startAtSeconds, terms.targetSeconds);
        return parts.cluster().lines(terms.seed).map(lines -> {
            lines.change(Objects.requireNonNull(Profile.NAMED.get(profile), profile));
            PlayerTask player = new PlayerTask(
                    vertx, new PlayerTask.Kind(video, scheduler, setup, terms.seed), lines, parts.catalogue()::find);
            player.keepNothing();
            return player;
        });
    }

    /**
     * How a player goes about it.
     *
     * @param startAtSeconds how much it waits for before it plays
     * @param targetSeconds how much it wants to have
     * @param seed of its chance
     */
    record Terms(double startAtSeconds, double targetSeconds, long seed) {

        /** As the lab's players are. */
        static Terms usual(long seed) {
            return new Terms(10, 30, seed);
        }

        /** It plays with the first segment. */
        static Terms fast(long seed) {
            return new Terms(SEGMENT_SECONDS, 30, seed);
        }

        /** It wants all there is, at once. */
        static Terms greedy(long seed) {
            return new Terms(10, 1e6, seed);
        }
    }
}
