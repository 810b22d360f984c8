package pulseboard;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import pulseboard.auth.Access;
import pulseboard.auth.NewToken;

/** The real program without boards of its own, in this JVM, to which others link. */
final class LinkSite implements AutoCloseable {

    private static final int SECONDS = 120;

    final Vertx vertx = Vertx.vertx();
    final Access access;
    final int port;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WebSocketClient sockets =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxFrameSize(4_096));

    private final Stores stores;

    /** Keeps users and tokens in this folder, or where the settings say. */
    LinkSite(Path folder, Map<String, String> environment, List<Board<?>> boards) throws Exception {
        Settings settings = new Settings(boards);
        settings.applyEnvironment(environment);
        settings.set("web.port", 0, "test");
        settings.set("auth.folder", folder.toString(), "test");
        settings.set("history.folder", folder.toString(), "test");
        Config config = settings.toConfig();
        stores = Stores.of(config, folder, SECONDS);
        access = new Access(config.auth(), stores.accounts(), System::currentTimeMillis);
        access.load();
        port = Deployment.deploy(vertx, new Start(config, access, stores), boards)
                .await(SECONDS, TimeUnit.SECONDS);
    }

    /** One that takes agents. */
    static LinkSite ofAgents(Path folder) throws Exception {
        return new LinkSite(folder, Map.of("PULSEBOARD_FLEET_ACCEPT", "true"), List.of());
    }

    String address() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** A new token with these scopes. */
    String token(String... scopes) throws IOException {
        NewToken token = NewToken.of("link", null, Set.of(scopes), Long.MAX_VALUE);
        access.add(token, "test", "here");
        return token.secret();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address() + path));
        return http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The state of a board here; empty while there is none. */
    JsonObject state(String board) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("api/boards/" + board);
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonObject("state", new JsonObject())
                : new JsonObject();
    }

    /** What the directory says of a board; empty while it is not there. */
    JsonObject info(String board) throws IOException, InterruptedException {
        return state("boards").getJsonObject(board, new JsonObject());
    }

    /** Whether nothing has been heard of where a board comes from. */
    boolean isOffline(String board) throws IOException, InterruptedException {
        return info(board)
                .getJsonObject("health", new JsonObject())
                .getString("state", "")
                .equals("offline");
    }

    /** Links by hand. */
    Peer link(String token) {
        return link("api/agents/link", token);
    }

    Peer link(String path, String token) {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/" + path)
                .addSubProtocol("pulseboard.agent.1")
                .putHeader("Authorization", "Bearer " + token);
        // The handlers are set on the event loop: from this thread they could come after the first message.
        return await(sockets.connect(options).map(Peer::new));
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing came within " + SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        stores.close();
    }

    /** The other end of a link, by hand. */
    static final class Peer {

        private final WebSocket socket;
        private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();

        private Peer(WebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
            socket.exceptionHandler(broken -> {});
            socket.closeHandler(end -> {
                Short code = socket.closeStatusCode();
                closed.complete(code == null ? 0 : code.intValue());
            });
        }

        /** As it is, whatever it is. */
        Peer send(String text) {
            Future<Void> unused = socket.writeTextMessage(text);
            return this;
        }

        Peer send(JsonObject message) {
            return send(message.encode());
        }

        /** Greets with boards that are sampled always. */
        Peer hello(String... boards) {
            JsonObject infos = new JsonObject();
            for (String board : boards) {
                infos.put(board, board(board));
            }
            return send(hello(infos));
        }

        static JsonObject board(String title) {
            return JsonObject.of("title", title, "kind", "toy");
        }

        static JsonObject hello(JsonObject boards) {
            return JsonObject.of("type", "hello", "version", "1", "protocol", 1, "boards", boards);
        }

        Peer snapshot(String board, String epoch, long seq, JsonObject state) {
            return send(JsonObject.of("type", "snapshot", "board", board, "epoch", epoch)
                    .put("seq", seq)
                    .put("at", 1L)
                    .put("state", state));
        }

        Peer change(String board, String epoch, long seq, JsonObject patch) {
            return send(JsonObject.of("type", "change", "board", board, "epoch", epoch)
                    .put("seq", seq)
                    .put("at", 1L)
                    .put("patch", patch));
        }

        /** The next message of this type; others before it are dropped. */
        JsonObject next(String type) throws InterruptedException {
            while (true) {
                JsonObject message = heard.poll(SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no " + type + " came within " + SECONDS + " s");
                }
                if (message.getString("type").equals(type)) {
                    return message;
                }
            }
        }

        /** How many messages of a type come before the next of another. */
        int countBefore(String end, String type) throws InterruptedException {
            int count = 0;
            while (true) {
                JsonObject message = heard.poll(SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no " + end + " came within " + SECONDS + " s");
                }
                if (message.getString("type").equals(end)) {
                    return count;
                }
                count += message.getString("type").equals(type) ? 1 : 0;
            }
        }

        /** Whether a message of this type has come by now. */
        boolean hasHeard(String type) {
            return heard.stream().anyMatch(each -> Objects.equals(each.getString("type"), type));
        }

        /** The code with which the other side closed it; waits for that. */
        int closeCode() throws Exception {
            return closed.get(SECONDS, TimeUnit.SECONDS);
        }

        String closeReason() {
            return String.valueOf(socket.closeReason());
        }

        boolean isOpen() {
            return !closed.isDone();
        }

        void close() {
            await(socket.close());
        }
    }
}
