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
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.Until;
import pulseboard.board.sync.agent.Agent;
import pulseboard.board.sync.agent.AgentConfig;
import pulseboard.board.sync.agent.AgentLimits;
import pulseboard.board.sync.agent.Join;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.wire.Invitation;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.Resources;

/** A coordinator and agents with real folders, sockets and TLS, in this process. */
final class SyncCase {

    private final Vertx vertx = Vertx.vertx();
    private final Path root;
    private final Map<String, Agent> agents = new TreeMap<>();
    private @Nullable BoardInfo info;
    private int port;

    /** Of those that join next. */
    private AgentLimits limits = new AgentLimits(0, 0, 0, Map.of());

    SyncCase(Path root) throws Exception {
        this(root, 0);
    }

    /** Its coordinator listens on this port; on any free one, if it is 0. */
    private SyncCase(Path root, int listen) throws Exception {
        this.root = root;
        String directory = await(vertx.deployVerticle(new DirectoryVerticle()));
        String coordinator = await(vertx.deployVerticle(
                new SyncVerticle(new SyncConfig(true, "127.0.0.1", listen, ""), root.resolve("coordinator")),
                new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER)));
        assertNotEquals(directory, coordinator);
    }

    /** A coordinator as a process of its own, which can be killed. Says where its resources are. Arguments: root and port. */
    public static void main(String[] arguments) throws Exception {
        SyncCase coordinator = new SyncCase(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        coordinator.serve();
        System.out.println("it is at " + coordinator.port);
    }

    private static <T> T await(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(3, TimeUnit.MINUTES);
    }

    Path folder(String name) {
        return root.resolve(name);
    }

    Path state(String name) {
        return root.resolve("state-" + name);
    }

    /** One that the coordinator does not know of yet. */
    Invitation invitation() throws IOException {
        return invitation(root);
    }

    static Invitation invitation(Path root) throws IOException {
        JsonObject address = new JsonObject(Files.readString(root.resolve("coordinator/address.json")));
        return Invitation.to(address.getString("host"), address.getInteger("port"), address.getString("coordinator"));
    }

    /** Joins as a new machine with this name, by this invitation. Returns why not; empty if it is in. */
    String join(String name, Invitation invitation) throws Exception {
        return join(root, name, invitation, limits);
    }

    static String join(Path root, String name, Invitation invitation, AgentLimits limits) throws Exception {
        Path folder = Files.createDirectories(root.resolve(name));
        AgentConfig config = new AgentConfig(
                name,
                invitation.host(),
                invitation.port(),
                invitation.coordinator(),
                "127.0.0.1",
                Map.of("docs", folder.toString()),
                limits);
        return Join.join(root.resolve("state-" + name), invitation, config, "docs");
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
        agents.put(name, started(state(name)));
    }

    static Agent started(Path state) throws Exception {
        Agent agent = new Agent(state);
        agent.start();
        return agent;
    }

    void stop(String name) {
        Objects.requireNonNull(agents.remove(name)).close();
    }

    JsonObject board() throws Exception {
        return board("sync");
    }

    private JsonObject board(String name) throws Exception {
        return await(vertx.eventBus().<JsonObject>request(Addresses.snapshot(name), null))
                .body()
                .getJsonObject("state");
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
        assertEquals(true, answer(action, body).getBoolean("accepted"));
    }

    JsonObject answer(String action, JsonObject body) throws Exception {
        JsonObject request = new JsonObject().put("action", action).put("body", body);
        return await(vertx.eventBus().<JsonObject>request(Addresses.actions("sync"), request))
                .body();
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
        return send(path, request -> request.GET());
    }

    /** The same by another method, or with headers. */
    HttpResponse<byte[]> send(String path, UnaryOperator<HttpRequest.Builder> more) throws Exception {
        if (port == 0) {
            serve();
        }
        HttpRequest request = more.apply(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path)))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private void serve() throws Exception {
        info = BoardInfo.of(BoardId.of("sync"), board(DirectoryVerticle.BOARD).getJsonObject("sync"));
        port = await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"))
                .actualPort();
    }

    private void answer(HttpServerRequest request) {
        String asked = request.method().name();
        Resources.Match match = Resources.match(
                        Objects.requireNonNull(info),
                        asked.equals("HEAD") ? "GET" : asked,
                        request.path().substring(1))
                .orElseThrow();
        Resources.of(vertx)
                .handler(BoardId.of("sync"), match.info())
                .orElseThrow()
                .handle(new Resources.Request(request, match.path(), "somebody"));
    }

    void write(String name, String path, String text) throws IOException {
        write(name, path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** All of it is there at once: of a file that is being written an agent may well send the first half, too. */
    void write(String name, String path, byte[] bytes) throws IOException {
        Path file = folder(name).resolve(path);
        Files.createDirectories(file.getParent());
        Path aside = Files.write(root.resolve("written"), bytes);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What is in a folder: by path, the hash of a file, or what else it is. */
    Map<String, String> tree(String name) throws IOException {
        return tree(folder(name));
    }

    static Map<String, String> tree(Path folder) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.toList()) {
                String path = folder.relativize(each).toString();
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
