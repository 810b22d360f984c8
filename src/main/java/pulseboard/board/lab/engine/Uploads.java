package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import pulseboard.board.lab.engine.Chunks.Located;
import pulseboard.board.lab.engine.Placement.Mode;

/** Puts chunks and videos: each chunk is one decision, which is recorded. Used on one event loop. */
final class Uploads {

    private static final int AT_ONCE = 4;

    private final Vertx vertx;
    private final Cluster cluster;
    private final Lines lines;
    private final Catalogue catalogue;
    private final Runs runs;

    /**
     * Of this cluster.
     *
     * @param lines the uploaders' own
     */
    Uploads(Vertx vertx, Lines lines, Cluster cluster, Shared shared) {
        this.vertx = vertx;
        this.cluster = cluster;
        this.lines = lines;
        catalogue = shared.catalogue;
        runs = shared.runs;
    }

    /** What they write to. */
    record Shared(Catalogue catalogue, Runs runs) {}

    /** What is to be put. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Chunk(String name, int generation, Mode mode, byte[] data) {}

    /**
     * Done when it is decided, by these bytes or by somebody else's.
     *
     * @param isOwner whether nobody has put this chunk before: then it need not prepare
     */
    Future<Located> put(Chunk chunk, String uploader, boolean isOwner) {
        Run run = runs.begin(chunk.name, chunk.mode, "upload");
        return decide(chunk, new Decision.Terms(uploader, isOwner, run, new Order(List.of())))
                .onComplete(done -> runs.end(run));
    }

    /** The same, on terms of a scenario. */
    Future<Located> decide(Chunk chunk, Decision.Terms terms) {
        Placement mine =
                Placement.of(chunk.name, chunk.data, chunk.mode, cluster.ids()).by(terms.name());
        terms.run().between(new JsonArray().add(terms.name()), new JsonArray(mine.nodes()));
        Decision.Task task = new Decision.Task(chunk.name, chunk.generation, mine, chunk.data, terms);
        Map<String, NodeClient> clients = lines.clients();
        return new Decision(
                        vertx,
                        clients,
                        task,
                        (placement, holders) -> Chunks.get(
                                new Located(chunk.name, chunk.generation, placement), clients, holders, Chunks.NOBODY))
                .run()
                .map(placement -> {
                    Located located = new Located(chunk.name, chunk.generation, placement);
                    catalogue.add(located);
                    return located;
                });
    }

    /** Puts all chunks of a video, some at once; the manifest comes last, so that a video is there in full or not at all. */
    Future<Video> put(String id, Clip clip, boolean isOwner) {
        Map<String, byte[]> files = clip.files();
        Video video = new Video(id, clip.manifest());
        String uploader = "up-" + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36);
        List<String> names = List.copyOf(files.keySet());
        Future<?> all = Future.succeededFuture();
        for (int n = 0; n < names.size(); n += AT_ONCE) {
            List<String> some = names.subList(n, Math.min(names.size(), n + AT_ONCE));
            all = all.compose(done -> Future.all(some.stream()
                    .map(name ->
                            put(chunk(id + "-" + name, Objects.requireNonNull(files.get(name))), uploader, isOwner))
                    .toList()));
        }
        byte[] last = clip.manifest().encode().getBytes(StandardCharsets.UTF_8);
        return all.compose(done -> put(new Chunk(Video.manifestChunk(id), 1, Mode.REPLICATED, last), uploader, isOwner))
                .map(done -> {
                    catalogue.add(video);
                    return video;
                });
    }

    /** Takes away all chunks whose names begin like this; a node that is down keeps what it has. */
    Future<?> deleteAll(String prefix) {
        List<Located> all = catalogue.chunks().values().stream()
                .filter(chunk -> chunk.name().startsWith(prefix))
                .toList();
        catalogue.removeAll(prefix);
        Future<?> before = Future.succeededFuture();
        for (Located chunk : all) {
            before = before.transform(done -> Future.join(chunk.placement().nodes().stream()
                    .map(node ->
                            Objects.requireNonNull(cluster.direct().get(node)).delete(chunk.name(), chunk.generation()))
                    .toList()));
        }
        return before.transform(done -> Future.succeededFuture());
    }

    /** What decoders need first is small: it is kept in full. */
    private static Chunk chunk(String name, byte[] data) {
        return new Chunk(name, 1, name.endsWith("-init") ? Mode.REPLICATED : Mode.CODED, data);
    }
}
