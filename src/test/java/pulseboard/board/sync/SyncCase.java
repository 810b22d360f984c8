package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import pulseboard.Until;
import pulseboard.board.sync.agent.Agent;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.agent.AgentLimits;
import pulseboard.board.sync.agent.Join;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** A coordinator and agents with real folders, sockets and TLS, in this process. */
final class SyncCase {

    private final Vertx vertx = Vertx.vertx();
    private final Path root;
    private final Map<String, Agent> agents = new TreeMap<>();
    private int port;

    /** Of those that join next. */
    private AgentLimits limits = new AgentLimits(0, 0, 0, Map.of());

    SyncCase(Path root) throws Exception {
        this.root = root;
        String directory = await(vertx.deployVerticle(new DirectoryVerticle()));
        String coordinator = await(vertx.deployVerticle(
                new SyncVerticle(new SyncConfig(true, "127.0.0.1", 0, ""), root.resolve("coordinator")),
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        assertNotEquals(directory, coordinator);
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    Path folder(String name) {
        return root.resolve(name);
    }

    Path state(String name) {
        return root.resolve("state-" + name);
    }

    /** One that the coordinator does not know of yet. */
    Invitation invitation() throws IOException {
        JsonObject address = new JsonObject(Files.readString(root.resolve("coordinator/address.json")));
        return Invitation.to(address.getString("host"), address.getInteger("port"), address.getString("coordinator"));
    }

    /** Joins as a new machine with this name, by this invitation. Returns why not; empty if it is in. */
    String join(String name, Invitation invitation) throws Exception {
        Files.createDirectories(folder(name));
        AgentConfig config = new AgentConfig(
                name,
                invitation.host(),
                invitation.port(),
                invitation.coordinator(),
                "127.0.0.1",
                Map.of("docs", folder(name).toString()),
                limits);
        return Join.join(state(name), invitation, config, "docs");
    }

    void add(String name, AgentLimits own) throws Exception {
        AgentLimits before = limits;
        limits = own;
        add(name);
        limits = before;
    }

    void add(String name) throws Exception {
        Invitation invitation = invitation();
        invitation.keep(root.resolve("coordinator/invitations"), "docs", System.currentTimeMillis());
        assertEquals("", join(name, invitation));
        start(name);
    }

    void start(String name) throws Exception {
        Agent agent = new Agent(state(name));
        agents.put(name, agent);
        agent.start();
    }

    void stop(String name) {
        Objects.requireNonNull(agents.remove(name)).close();
    }

    JsonObject board() throws Exception {
        JsonObject snapshot = vertx.eventBus()
                .<JsonObject>request(Addresses.snapshot("sync"), null)
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .body();
        return snapshot.getJsonObject("state");
    }

    /** What the board says of a machine. */
    JsonObject node(String name) throws Exception {
        return board().getJsonObject("nodes").stream()
                .map(each -> (JsonObject) each.getValue())
                .filter(each -> each.getString("name").equals(name))
                .findFirst()
                .orElseGet(JsonObject::new);
    }

    void act(String action, JsonObject body) throws Exception {
        JsonObject request = new JsonObject().put("action", action).put("body", body);
        JsonObject done = await(vertx.eventBus().<JsonObject>request(Addresses.actions("sync"), request))
                .body();
        assertEquals(true, done.getBoolean("accepted"));
    }

    /** The word with which an action is refused. */
    String refusal(String action, JsonObject body) throws Exception {
        try {
            act(action, body);
            return "";
        } catch (java.util.concurrent.ExecutionException e) {
            return pulseboard.feed.ActionRefusal.of(java.util.Objects.requireNonNull(e.getCause()))
                    .word();
        }
    }

    /** One of the board's resources, over HTTP. */
    HttpResponse<byte[]> get(String path) throws Exception {
        if (port == 0) {
            port = await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
                    .actualPort();
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private void answer(HttpServerRequest request) {
        ResourceInfo info = new ResourceInfo("GET", request.path().substring(1), "");
        Resources.of(vertx)
                .handler(BoardId.of("sync"), info)
                .orElseThrow()
                .handle(new Resources.Request(request, Map.of(), "somebody"));
    }

    void write(String name, String path, String text) throws IOException {
        Path file = folder(name).resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What is in a folder: by path, the hash of a file, or what else it is. */
    Map<String, String> tree(String name) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder(name))) {
            for (Path each : all.toList()) {
                String path = folder(name).relativize(each).toString();
                if (!path.isEmpty() && !path.startsWith(".pulseboard-sync")) {
                    tree.put(path, Files.isDirectory(each) ? "directory" : hash(each));
                }
            }
        } catch (UncheckedIOException e) {
            return Map.of("changing", String.valueOf(e.getMessage()));
        }
        return tree;
    }

    private static String hash(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(Content.sha256().digest(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return "gone";
        }
    }

    static String hashOf(String text) {
        return HexFormat.of().formatHex(Content.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    void awaitTree(String name, Map<String, String> wanted) throws Exception {
        Until.isTrue(name + " has " + wanted.keySet(), () -> tree(name).equals(wanted));
    }

    void close() throws Exception {
        agents.values().forEach(Agent::close);
        await(vertx.close());
    }
}
