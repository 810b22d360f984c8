package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.NewToken;
import pulseboard.auth.Role;
import pulseboard.auth.User;
import pulseboard.board.host.HostValues;
import pulseboard.feed.BoardInfo;

/** The real web side with a board called host, where people have to sign in and some values are public. */
final class ValueSite {

    static final String BOARD = "host";

    /** What a host board looks like, in short. */
    static final JsonObject STATE = new JsonObject("""
            {"cpu":{"busyPercent":41.5,"load1":0.52},
             "memory":{"usedPercent":76.0},
             "filesystems":{"/":{"usedPercent":61.0},"/srv":{"usedPercent":92.5},"/gone":{"unavailable":"no answer"}},
             "network":{"receivedBytesPerSecond":1024,"sentBytesPerSecond":1000512,
                        "interfaces":{"eth0":{"receivedBytesPerSecond":1024,"sentBytesPerSecond":512},
                                      "br0":{"sentBytesPerSecond":1000000},"eth2":{"up":false}}},
             "processes":{"count":76},
             "meta":{"cpu":{"ok":true,"ms":1},"sensors":{"ok":false,"reason":"no <chip>"}}}""");

    final TestBoard board = new TestBoard(BoardInfo.of(BOARD, "Host").naming(HostValues.ALL));
    final Vertx vertx;
    final int port;
    private final AccountsFile file;
    private final Access access;
    private final String boardId;
    private final String webId;
    private final WebClient web;
    private final WebSocketClient sockets;

    ValueSite(Vertx vertx, Path folder, WebConfig config) throws IOException {
        this.vertx = vertx;
        file = new AccountsFile(folder);
        file.update(accounts -> accounts.with("anna", new User(Role.ADMIN, "no password has this hash", 1)));
        access = new Access(AuthConfig.DEFAULT, file, System::currentTimeMillis);
        access.load();
        Site.deployDirectory(vertx);
        boardId = Wait.on(vertx.deployVerticle(board));
        board.publish(STATE);
        WebVerticle verticle = new WebVerticle(config, TlsConfig.DEFAULT, BOARD, access);
        webId = Wait.on(vertx.deployVerticle(verticle));
        port = verticle.port();
        sockets = vertx.createWebSocketClient();
        web = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setDefaultHost("127.0.0.1")
                        .setDefaultPort(port)
                        .setKeepAlive(false));
    }

    static WebConfig config(int maxViewers, String... publicValues) {
        return new WebConfig(
                "127.0.0.1",
                0,
                List.of(),
                List.of(),
                List.of("https://frame.example"),
                List.of(publicValues),
                List.of(),
                maxViewers,
                32,
                16_384,
                150,
                3600);
    }

    String token(String... scopes) throws IOException {
        NewToken token = NewToken.of("program", null, Set.of(scopes), Long.MAX_VALUE);
        access.add(token, "anna", "192.0.2.1");
        return token.secret();
    }

    void revoke(String secret) throws IOException {
        String id = String.valueOf(access.byToken(secret).orElseThrow().tokenId());
        file.update(accounts -> accounts.withoutToken(id));
    }

    /** What nobody known gets. */
    HttpResponse<Buffer> stranger(String path) {
        return Wait.on(web.request(HttpMethod.GET, path).send());
    }

    HttpResponse<Buffer> get(String path, String token) {
        return Wait.on(request(path, token).send());
    }

    private HttpRequest<Buffer> request(String path, String token) {
        return web.request(HttpMethod.GET, path).putHeader("Authorization", "Bearer " + token);
    }

    JsonObject value(String name) throws IOException {
        return get("/api/v1/values/" + name, token("read:*")).bodyAsJsonObject();
    }

    void stopBoard() {
        Wait.on(vertx.undeploy(boardId));
    }

    void stopWeb() {
        Wait.on(vertx.undeploy(webId));
    }

    /** What comes on the WebSocket of a value, and why it ends; nobody known asks while the token is empty. */
    Messages watch(String name, String token) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/api/v1/values/" + name + "/stream");
        if (!token.isEmpty()) {
            options.addHeader("Authorization", "Bearer " + token);
        }
        Messages messages =
                new Messages(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>(), new AtomicReference<>());
        messages.socket.set(Wait.on(sockets.connect(options).onSuccess(socket -> {
            socket.textMessageHandler(text -> messages.told.add(new JsonObject(text)));
            socket.closeHandler(closed -> messages.ends.add(socket.closeStatusCode()));
        })));
        return messages;
    }

    record Messages(BlockingQueue<JsonObject> told, BlockingQueue<Short> ends, AtomicReference<WebSocket> socket) {
        void say(String text) {
            Wait.on(java.util.Objects.requireNonNull(socket.get()).writeTextMessage(text));
        }

        JsonObject next() {
            return Wait.next(told, "value");
        }

        int end() {
            return Wait.next(ends, "end");
        }

        /** Whatever was told before that. */
        void awaitText(String text) {
            Wait.Deadline deadline = new Wait.Deadline(text);
            while (!next().getString("text").equals(text)) {
                deadline.check();
            }
        }
    }
}
