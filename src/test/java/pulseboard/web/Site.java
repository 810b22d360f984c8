package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import pulseboard.auth.Access;
import pulseboard.board.host.HostValues;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.link.LinkConfig;
import pulseboard.link.LinkPolicy;
import pulseboard.link.LinkServer;

/** The real web side on a free port, with one real board behind it. It ends with its Vert.x. */
final class Site {

    /** The board of this machine, which is not there. */
    static final String HOME = "host";

    static final String BOARD = "test";
    static final String CHANGES = Addresses.changes(BOARD);
    static final String SNAPSHOT = Addresses.snapshot(BOARD);
    static final String RAW = "/eventbus/websocket";

    final TestBoard board = new TestBoard(BOARD);
    final int port;
    final Vertx vertx;
    private final String boardId;
    private final String webId;
    private final WebClient web;

    Site(Vertx vertx) {
        this(vertx, config());
    }

    Site(Vertx vertx, WebConfig config) {
        this(vertx, config, Access.open());
    }

    Site(Vertx vertx, WebConfig config, Access access) {
        this(vertx, config, TlsConfig.DEFAULT, access);
    }

    Site(Vertx vertx, WebConfig config, TlsConfig tls, Access access) {
        this(vertx, new WebVerticle(config, tls, HOME, access).with(links()));
    }

    private Site(Vertx vertx, WebVerticle verticle) {
        this.vertx = vertx;
        deployDirectory(vertx);
        boardId = Wait.on(vertx.deployVerticle(board));
        webId = Wait.on(vertx.deployVerticle(verticle));
        port = verticle.port();
        web = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(port)
                        .setKeepAlive(false));
    }

    /** A board of this machine with the figures that have names, and nothing else. */
    void deployHome() {
        Wait.on(vertx.deployVerticle(new TestBoard(BoardInfo.of(HOME, "Host").naming(HostValues.ALL))));
        Wait.Deadline deadline = new Wait.Deadline("the board " + HOME);
        while (!get("/api/boards").bodyAsString().contains("\"" + HOME + "\"")) {
            deadline.check();
        }
    }

    /** What takes agents, and a worker with the board "job". */
    static LinkServer links() {
        LinkConfig config = new LinkConfig(true, 10, 1, 30, "automatic", "all", "", "", "", "", false, List.of("all"));
        return new LinkServer(
                "1", new LinkPolicy(config, Set.of("job"), Set.of(), Path.of("target", "no.socket")), null);
    }

    /** Unless there is one. */
    static void deployDirectory(Vertx vertx) {
        boolean isThere = Wait.on(vertx.eventBus()
                .request(Addresses.snapshot(DirectoryVerticle.BOARD), new JsonObject())
                .map(true)
                .otherwise(false));
        if (!isThere) {
            Wait.on(vertx.deployVerticle(new DirectoryVerticle()));
        }
    }

    /** One that ends answers about the history soon when nobody reads them. */
    static Site withoutPatience(Vertx vertx, TlsConfig tls) {
        WebVerticle verticle = new WebVerticle(config(), tls, HOME, Access.open());
        verticle.patienceToReadMilliseconds = 100;
        return new Site(vertx, verticle);
    }

    static WebConfig config() {
        return new WebConfig(
                "127.0.0.1", 0, List.of(), List.of(), List.of(), List.of(), List.of(), 1000, 32, 16_384, 150, 3600);
    }

    static WebConfig configWithMostViewers(int maxViewers) {
        return new WebConfig(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                maxViewers,
                32,
                16_384,
                150,
                3600);
    }

    static WebConfig configWithMostHandlers(int maxHandlersPerSocket) {
        return new WebConfig(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                1000,
                maxHandlersPerSocket,
                16_384,
                150,
                3600);
    }

    /** And with the names by which the tests of origins ask. */
    static WebConfig configWithOrigins(String... origins) {
        List<String> names = List.of("pulse.example", "my_container", "a.example");
        return new WebConfig(
                "127.0.0.1", 0, List.of(origins), names, List.of(), List.of(), List.of(), 1000, 32, 16_384, 150, 3600);
    }

    static WebConfig configWithProxies(String... proxies) {
        return new WebConfig(
                "127.0.0.1",
                0,
                List.of(),
                List.of("pulse.example"),
                List.of(),
                List.of(),
                List.of(proxies),
                1000,
                32,
                16_384,
                150,
                3600);
    }

    static WebConfig configWithPingTimeout(int seconds) {
        return new WebConfig(
                "127.0.0.1", 0, List.of(), List.of(), List.of(), List.of(), List.of(), 1000, 32, 16_384, seconds, 3600);
    }

    static WebConfig configWithWriteTimeout(int seconds) {
        return new WebConfig(
                "127.0.0.1", 0, List.of(), List.of(), List.of(), List.of(), List.of(), 1000, 32, 16_384, 150, seconds);
    }

    /** A viewer on the raw WebSocket, connected but not registered. */
    BridgeClient rawClient() {
        return BridgeClient.connect(vertx, upgradeOf(RAW), false);
    }

    /** A viewer on a WebSocket with SockJS framing, connected but not registered. */
    BridgeClient framedClient() {
        return BridgeClient.connect(vertx, upgradeOf(newSession() + "/websocket"), true);
    }

    /** A raw viewer that has registered and holds the snapshot: from now on it misses nothing. */
    BridgeClient watcher() {
        BridgeClient client = rawClient();
        client.watch();
        return client;
    }

    static String newSession() {
        return "/eventbus/000/" + UUID.randomUUID();
    }

    WebSocketConnectOptions upgradeOf(String path) {
        return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    }

    HttpResponse<Buffer> get(String path) {
        return Wait.on(request(HttpMethod.GET, path).send());
    }

    HttpResponse<Buffer> get(String path, String header, String value) {
        return Wait.on(request(HttpMethod.GET, path).putHeader(header, value).send());
    }

    HttpRequest<Buffer> request(HttpMethod method, String path) {
        return web.request(method, path);
    }

    /** The state as the REST API tells it. */
    JsonObject state() {
        return get("/api/boards/" + BOARD).bodyAsJsonObject().getJsonObject("state");
    }

    /** Stops the web side as the end of the program does. */
    void stopWeb() {
        Wait.on(vertx.undeploy(webId));
    }

    void stopBoard() {
        Wait.on(vertx.undeploy(boardId));
    }
}
