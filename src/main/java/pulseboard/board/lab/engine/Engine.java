package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.board.lab.engine.Chunks.Located;

/** The whole lab in one process, with its nodes as children. Used on one event loop, but for the constructor. */
public final class Engine {

    private static final int MOST_ATTEMPTS = 10;

    private final Vertx vertx;
    private final Setting setting;
    private final Cluster cluster;
    private final Catalogue catalogue = new Catalogue();
    private final Runs runs;
    private final Nodes nodes;
    private final Players players;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Uploads uploads;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Rehearsals rehearsals;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Repair repair;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Redundancy redundancy;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Jobs jobs;

    private boolean isReady;

    /**
     * What an engine has to know.
     *
     * @param folder where it keeps all that it has
     * @param nodes how many nodes there are
     * @param players schedulers of the players that play from the beginning, separated by commas
     * @param popularViews views in the last hour from which a video is kept as copies
     * @param program how this program is started, up to its own arguments
     */
    public record Setting(Path folder, int nodes, String players, int popularViews, List<String> program) {

        /** Copies. */
        public Setting {
            program = List.copyOf(program);
        }
    }

    /** Not started. */
    public Engine(Vertx vertx, Setting setting) throws IOException {
        this.vertx = vertx;
        this.setting = setting;
        cluster = new Cluster(vertx, setting.folder, setting.nodes, setting.program);
        runs = new Runs(setting.folder);
        nodes = new Nodes(vertx, cluster);
        players = new Players(vertx, cluster, catalogue);
    }

    /** Starts the nodes, learns what they hold, and puts the clip if it is not there. */
    public Future<Void> start() {
        return cluster.start()
                .compose(started -> cluster.lines(1))
                .compose(lines -> {
                    uploads = new Uploads(vertx, lines, cluster, new Uploads.Shared(catalogue, runs));
                    rehearsals = new Rehearsals(cluster, uploads, runs);
                    repair = new Repair(vertx, cluster, catalogue, uploads);
                    redundancy = new Redundancy(vertx, parts(), setting.popularViews);
                    jobs = new Jobs(vertx, parts());
                    players.onDamage(repair::damaged);
                    players.onView(redundancy::viewed);
                    nodes.start();
                    return new Learning(cluster, catalogue).run();
                })
                .compose(learned ->
                        catalogue.videos().containsKey(Clip.ID) ? Future.succeededFuture() : putClip(MOST_ATTEMPTS))
                .compose(there -> players.playAll(setting.players))
                .onSuccess(done -> {
                    repair.start();
                    redundancy.start();
                    isReady = true;
                })
                .mapEmpty();
    }

    /** Nodes that have just begun may be slow, on a busy machine more than a decision can wait. */
    private Future<?> putClip(int attempts) {
        Future<?> put;
        try {
            Clip clip = Clip.load();
            put = uploads.put(Clip.ID, clip, isFirst(Clip.ID));
        } catch (IOException e) {
            put = Future.failedFuture(e);
        }
        return put.<Object>map(done -> done)
                .recover(why -> attempts > 1 && why instanceof Decision.NoQuorum
                        ? cluster.pause(1_000)
                                .<Object>compose(later -> putClip(attempts - 1).map(done -> done))
                        : Future.failedFuture(why));
    }

    /**
     * Whether nobody has begun to put this video before, whatever became of it. A chunk may have one owner, ever: first ballots of two owners
     * could have two values chosen.
     */
    private boolean isFirst(String video) throws IOException {
        try {
            Files.createFile(setting.folder.resolve("owned-" + video));
            try (FileChannel directory = FileChannel.open(setting.folder)) {
                directory.force(true); // On disk before any node is asked.
            }
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** All that the board shows. */
    JsonObject state() {
        JsonObject state = new JsonObject()
                .put("phase", isReady ? "ready" : "starting")
                .put("nodes", nodes.toJson())
                .put("conditions", players.conditions())
                .put("players", players.toJson())
                .put("scenario", players.scenario())
                .put("videos", videos());
        return isReady
                ? state.put("redundancy", redundancy.toJson())
                        .put("totals", totals())
                        .mergeIn(jobs.toJson())
                : state;
    }

    private JsonObject totals() {
        long stored = nodes.liveBytes();
        long data = catalogue.chunks().values().stream()
                .mapToLong(chunk -> chunk.placement().sizeBytes())
                .sum();
        JsonObject totals = repair.toJson();
        if (stored > 0 && data > 0) {
            totals.put("storedBytes", stored)
                    .put("dataBytes", data)
                    .put("storedByData", Round.to((double) stored / data, 3));
        }
        return totals.put("moved", redundancy.moved())
                .put("chunks", catalogue.chunks().size())
                .put("decisions", runs.decided())
                .put("messages", runs.messages());
    }

    private JsonObject videos() {
        JsonObject json = new JsonObject();
        catalogue.videos().values().forEach(video -> {
            long size = 0;
            Map<String, Integer> modes = new TreeMap<>();
            for (String name : video.chunks()) {
                Located chunk = catalogue.find(name).orElse(null);
                if (chunk != null) {
                    size += chunk.placement().sizeBytes();
                    modes.merge(chunk.placement().mode().name(), 1, Integer::sum);
                }
            }
            json.put(
                    video.id(),
                    new JsonObject()
                            .put("title", video.manifest().getString("title", video.id()))
                            .put("segments", video.segments())
                            .put("dataBytes", size)
                            .put("coded", modes.getOrDefault("CODED", 0))
                            .put("replicated", modes.getOrDefault("REPLICATED", 0)));
        });
        return json;
    }

    /** What the board {@code consensus} shows. */
    JsonObject consensus() {
        return new JsonObject().put("runs", runs.heads());
    }

    JsonObject run(String id) {
        return runs.find(id)
                .orElseThrow(() -> new Refused(404, "unknown_run", "there is no such run, or it is not kept any more"))
                .toJson();
    }

    Players players() {
        return players;
    }

    /** Does what it is told to, and answers soon. */
    Future<JsonObject> act(String action, JsonObject body) {
        if (!isReady) {
            throw new Refused(503, "cluster_down", "the nodes are not ready yet");
        }
        return switch (action) {
            case "play" -> players.play(body);
            case "stop" -> players.stop(body.getString("player", ""));
            case "conditions" -> players.set(node(body), body.getString("profile", ""));
            case "scenario" -> players.begin(body.getString("name", ""), body.getLong("seed", 1L));
            case "kill" -> cluster.node(node(body)).kill().map(killed -> new JsonObject());
            case "restart" -> restart(node(body));
            case "redundancy" ->
                Future.succeededFuture(redundancy.choose(body.getString("video", ""), body.getString("mode", "")));
            case "bench" -> jobs.bench(body);
            case "chaos" -> jobs.chaos(body);
            case "compare" -> jobs.compare(body);
            case "rehearse" -> rehearsals.run(body.getString("scenario", ""));
            default -> throw new Refused(404, "unknown_action", "there is no action " + action);
        };
    }

    private Future<JsonObject> restart(String node) {
        NodeProcess process = cluster.node(node);
        if (process.isAlive()) {
            throw new Refused(409, "already_running", node + " is running already");
        }
        return process.start().map(started -> new JsonObject());
    }

    private String node(JsonObject body) {
        String node = body.getString("node", "");
        if (!cluster.isKnown(node)) {
            throw new Refused(404, "unknown_node", "there is no such node; those there are: " + cluster.ids());
        }
        return node;
    }

    Redundancy redundancy() {
        return redundancy;
    }

    /** Everything that tests and tools of this package need. */
    Parts parts() {
        return new Parts(cluster, uploads, catalogue, players, nodes, repair);
    }

    /** What it is made of. */
    record Parts(Cluster cluster, Uploads uploads, Catalogue catalogue, Players players, Nodes nodes, Repair repair) {}

    /** Ends the nodes. */
    public Future<?> stop() {
        nodes.stop();
        if (isReady) {
            repair.stop();
            redundancy.stop();
        }
        return players.end().transform(ended -> cluster.stop());
    }
}
