package pulseboard.board.lab;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import pulseboard.engine.ChildProcess;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** Owns the board {@code lab}: keeps the engine running, shows what it says, and hands it what it is to do. */
public final class LabVerticle extends VerticleBase {

    private static final long STOP_MILLISECONDS = 8_000;
    private static final int MOST_SERIES = 120;

    private static final ResourceInfo LIVE =
            new ResourceInfo("GET", "play/:player/live", "Where a player is, for a viewer who joins it");
    private static final ResourceInfo INIT =
            new ResourceInfo("GET", "play/:player/init/:number", "What a decoder needs before the segments of a rung");
    private static final ResourceInfo SEGMENT = new ResourceInfo(
            "GET", "play/:player/segment/:number", "A segment that a player has fetched; 204 while it has not");

    /** What the engine takes, by name. */
    private static final Map<String, ActionInfo> ACTIONS = Map.ofEntries(
            Map.entry(
                    "play",
                    ActionInfo.of("Starts a player")
                            .takes(
                                    "scheduler",
                                    Parameter.Type.STRING,
                                    false,
                                    "How it chooses nodes: score, round_robin, …")
                            .takes("abr", Parameter.Type.STRING, false, "How it chooses the quality: dynamic, bola, …")
                            .takes("video", Parameter.Type.STRING, false, "What it plays")),
            Map.entry("stop", ActionInfo.of("Stops a player").takes("player", Parameter.Type.STRING, true, "Its id")),
            Map.entry(
                    "conditions",
                    node("Makes the lines of all players to a node as good as a profile")
                            .takes("profile", Parameter.Type.STRING, true, "The name of the profile")),
            Map.entry(
                    "scenario",
                    ActionInfo.of("Changes the lines over time, the same way for the same seed")
                            .takes(
                                    "name",
                                    Parameter.Type.STRING,
                                    true,
                                    "normal, degradation, node_failure, recovery or chaos")
                            .takes("seed", Parameter.Type.INTEGER, false, "1 unless it is given")),
            Map.entry("kill", node("Kills the process of a node").forAdmins()),
            Map.entry("restart", node("Starts the process of a node that does not run")),
            Map.entry(
                    "bench",
                    ActionInfo.of("Measures the nodes and players of their own, in the background; see the board")
                            .takes(
                                    "tests",
                                    Parameter.Type.STRING,
                                    false,
                                    "Names of benchmarks, separated by commas; all without")
                            .takes("seed", Parameter.Type.INTEGER, false, "1 unless it is given")),
            Map.entry(
                    "chaos",
                    ActionInfo.of(
                                    "Injects faults into nodes and lines, one after the other, in the background; see the board")
                            .takes(
                                    "seconds",
                                    Parameter.Type.INTEGER,
                                    false,
                                    "How long: 1 to 1800; 120 unless it is given")
                            .takes("seed", Parameter.Type.INTEGER, false, "1 unless it is given")
                            .forAdmins()),
            Map.entry(
                    "compare",
                    ActionInfo.of("Plays pairs in simulated time that differ in the scheduler only; see the board")
                            .takes("first", Parameter.Type.STRING, false, "A scheduler; score unless it is given")
                            .takes("second", Parameter.Type.STRING, false, "Another; round_robin unless it is given")
                            .takes("pairs", Parameter.Type.INTEGER, false, "6 to 2000; 200 unless it is given")
                            .takes("seed", Parameter.Type.INTEGER, false, "1 unless it is given")),
            Map.entry(
                    "redundancy",
                    ActionInfo.of("Keeps a video as copies, as fragments, or as many watch it")
                            .takes("video", Parameter.Type.STRING, true, "The video, such as clip")
                            .takes("mode", Parameter.Type.STRING, true, "auto, replicated or coded")));

    private final LabConfig config;
    private final Path folder;
    private final List<String> program;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private ChildProcess engine;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private EngineLink link;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    private JsonObject last = new JsonObject().put("phase", "starting");

    /**
     * Makes the verticle; the engine starts when it is deployed.
     *
     * @param folder where the lab keeps what it has
     * @param program how this program is started, up to its own arguments
     */
    public LabVerticle(LabConfig config, Path folder, List<String> program) {
        this.config = config;
        this.folder = folder;
        this.program = List.copyOf(program);
    }

    private static ActionInfo node(String description) {
        return ActionInfo.of(description).takes("node", Parameter.Type.STRING, true, "The node, such as n1");
    }

    private static BoardInfo info() {
        BoardInfo info = BoardInfo.of("lab", "Streaming lab")
                .keeping(KeptNumbers.of(
                                "players.*.bufferSeconds",
                                "players.*.megabitsPerSecond",
                                "players.*.stalls",
                                "nodes.*.readBytesPerSecond",
                                "nodes.*.roundTripMilliseconds")
                        .atMost(MOST_SERIES))
                .resource(LIVE)
                .resource(INIT)
                .resource(SEGMENT);
        for (Map.Entry<String, ActionInfo> each : ACTIONS.entrySet()) {
            info = info.action(each.getKey(), each.getValue());
        }
        return info;
    }

    @Override
    public Future<?> start() throws Exception {
        Files.createDirectories(folder);
        link = new EngineLink(vertx, folder);
        publisher = new FeedPublisher(vertx, info());
        List.of(LIVE, INIT, SEGMENT).forEach(resource -> publisher.onRequest(resource, this::play));
        ACTIONS.keySet()
                .forEach(name -> publisher.onAction(name, body -> link.json(HttpMethod.POST, "/do/" + name, body)));
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of("lab", "engine", folder.toString()));
        command.addAll(List.of("--nodes", Integer.toString(config.nodes()), "--players", config.players()));
        command.addAll(List.of("--popular-views", Integer.toString(config.popularViews())));
        engine = new ChildProcess("the engine of the lab", command, folder.resolve("engine.pid"));
        engine.start();
        publisher.publish(last);
        look();
        return publisher.ready();
    }

    /** The names of players are text of others. */
    private void play(Resources.Request request) {
        String path = request.path().containsKey("number")
                ? (request.http().path().contains("/init/") ? "/init/" : "/segment/") + part(request, "number")
                : "/live";
        link.pass("/play/" + part(request, "player") + path, request.http().response());
    }

    private static String part(Resources.Request request, String name) {
        return URLEncoder.encode(request.path().getOrDefault(name, ""), StandardCharsets.UTF_8);
    }

    private void look() {
        long began = System.nanoTime();
        link.json(HttpMethod.GET, "/state", new JsonObject())
                .recover(gone -> Future.succeededFuture(new JsonObject()
                        .put("phase", last.getString("phase", "").equals("starting") ? "starting" : "down")))
                .onSuccess(state -> {
                    last = state;
                    publisher.publish(state);
                    publisher.ticked(System.nanoTime() - began);
                })
                .onComplete(done -> vertx.setTimer(config.refreshMilliseconds(), id -> look()));
    }

    @Override
    public Future<?> stop() {
        return vertx.executeBlocking(() -> {
            engine.stop(STOP_MILLISECONDS);
            return true;
        });
    }
}
