package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;

/**
 * Keeps videos that many watch as copies, and others as fragments. A chunk moves by a new decision, under the next generation; what was before stays
 * for a minute, for whoever is reading it. One chunk at a time. Used on one event loop.
 */
final class Redundancy {

    private static final Logger LOG = LoggerFactory.getLogger(Redundancy.class);
    private static final long LOOK_MILLISECONDS = 2_000;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long OLD_MILLISECONDS = 60_000;
    private static final int MOST_VIEWS = 100_000;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Catalogue catalogue;
    private final Uploads uploads;
    private final int popularViews;
    private long keptMilliseconds = OLD_MILLISECONDS;
    private final Map<String, Watched> videos = new TreeMap<>();
    private boolean isStopped;
    private long moved;

    /** What is known of a video. */
    private static final class Watched {
        private final Deque<Long> views = new ArrayDeque<>();
        private Choice choice = Choice.AUTO;
        private Mode automatic = Mode.CODED;
    }

    /** How a video is to be kept. */
    enum Choice {
        AUTO,
        REPLICATED,
        CODED
    }

    /**
     * Of this cluster.
     *
     * @param popularViews views in the last hour from which a video is kept as copies; below half of it, as fragments again
     */
    Redundancy(Vertx vertx, Engine.Parts parts, int popularViews) {
        this.vertx = vertx;
        cluster = parts.cluster();
        catalogue = parts.catalogue();
        uploads = parts.uploads();
        this.popularViews = popularViews;
    }

    void start() {
        if (!isStopped) {
            next().onComplete(done ->
                    vertx.setTimer(done.succeeded() && done.result() ? 1 : LOOK_MILLISECONDS, id -> start()));
        }
    }

    void stop() {
        isStopped = true;
    }

    private Watched of(String video) {
        return videos.computeIfAbsent(video, missing -> new Watched());
    }

    /** What was before a move stays so long from now on. */
    void keepOld(long milliseconds) {
        keptMilliseconds = milliseconds;
    }

    /** Somebody begins to watch. */
    void viewed(String video) {
        Deque<Long> views = of(video).views;
        views.add(System.nanoTime());
        if (views.size() > MOST_VIEWS) {
            views.remove();
        }
    }

    /** Keeps a video as somebody wants it. */
    JsonObject choose(String video, String mode) {
        if (!catalogue.videos().containsKey(video)) {
            throw new Refused(
                    404,
                    "unknown_video",
                    "there is no such video; those there are: "
                            + String.join(", ", catalogue.videos().keySet()));
        }
        try {
            of(video).choice = Choice.valueOf(mode.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new Refused(400, "bad_parameter", "mode must be auto, replicated or coded");
        }
        return new JsonObject();
    }

    private static int views(Watched watched) {
        long oldest = System.nanoTime() - HOUR_NANOS;
        while (!watched.views.isEmpty() && watched.views.element() - oldest < 0) {
            watched.views.remove();
        }
        return watched.views.size();
    }

    private Mode wanted(Watched watched) {
        int views = views(watched);
        if (views >= popularViews) {
            watched.automatic = Mode.REPLICATED;
        } else if (views < popularViews / 2.0) {
            watched.automatic = Mode.CODED;
        }
        return switch (watched.choice) {
            case AUTO -> watched.automatic;
            case REPLICATED -> Mode.REPLICATED;
            case CODED -> Mode.CODED;
        };
    }

    /** Moves one chunk that is not as it should be; whether there was one. */
    private Future<Boolean> next() {
        for (Video video : catalogue.videos().values()) {
            Mode wanted = wanted(of(video.id()));
            Optional<Located> wrong = video.segmentChunks().stream()
                    .flatMap(name -> catalogue.find(name).stream())
                    .filter(chunk -> chunk.placement().mode() != wanted)
                    .findFirst();
            if (wrong.isPresent()) {
                return move(wrong.get(), wanted);
            }
        }
        return Future.succeededFuture(false);
    }

    private Future<Boolean> move(Located chunk, Mode wanted) {
        return Chunks.get(chunk, cluster.direct(), chunk.placement().nodes(), Chunks.NOBODY)
                .compose(data -> uploads.put(
                        new Uploads.Chunk(chunk.name(), chunk.generation() + 1, wanted, data), "mover", false))
                .map(placed -> {
                    moved++;
                    vertx.setTimer(keptMilliseconds, id -> delete(chunk));
                    return true;
                })
                .onFailure(why -> LOG.info("{} stays as it is for now: {}", chunk.name(), why.getMessage()));
    }

    /** A node that is down keeps what it has, which nobody asks for any more. */
    private void delete(Located old) {
        for (String node : old.placement().nodes()) {
            Objects.requireNonNull(cluster.direct().get(node))
                    .delete(old.name(), old.generation())
                    .onFailure(gone -> {});
        }
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        for (Video video : catalogue.videos().values()) {
            Watched watched = of(video.id());
            json.put(
                    video.id(),
                    new JsonObject()
                            .put("choice", watched.choice.name().toLowerCase(Locale.ROOT))
                            .put("wanted", wanted(watched).name().toLowerCase(Locale.ROOT))
                            .put("views", views(watched)));
        }
        return json;
    }

    long moved() {
        return moved;
    }
}
