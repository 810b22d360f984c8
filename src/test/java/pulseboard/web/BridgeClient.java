package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A viewer of the bridge, over its raw WebSocket or with SockJS framing. It keeps what arrives until a test takes it. */
final class BridgeClient {

    private final WebSocketClient client;
    private final ClientWebSocket socket;
    private final boolean framed;
    private final BlockingQueue<JsonObject> arrived = new LinkedBlockingQueue<>();
    private final Promise<Void> closed = Promise.promise();
    private final AtomicInteger requests = new AtomicInteger();

    private BridgeClient(WebSocketClient client, boolean framed) {
        this.client = client;
        this.socket = client.webSocket();
        this.framed = framed;
        socket.textMessageHandler(this::takeText);
        socket.binaryMessageHandler(data -> arrived.add(new JsonObject(data)));
        socket.closeHandler(done -> closed.tryComplete());
    }

    static BridgeClient connect(Vertx vertx, WebSocketConnectOptions upgrade, boolean framed) {
        WebSocketClientOptions options = new WebSocketClientOptions().setMaxFrameSize(1 << 20);
        BridgeClient client = new BridgeClient(vertx.createWebSocketClient(options), framed);
        Wait.on(client.socket.connect(upgrade));
        return client;
    }

    private void takeText(String text) {
        if (!framed) {
            arrived.add(new JsonObject(text));
        } else if (text.startsWith("a")) {
            new JsonArray(text.substring(1)).forEach(message -> arrived.add(new JsonObject((String) message)));
        }
    }

    Future<Void> send(JsonObject message) {
        return sendText(message.encode());
    }

    Future<Void> sendText(String text) {
        return sendAsIs(framed ? new JsonArray().add(text).encode() : text);
    }

    /** Sends a text frame without any framing of SockJS. */
    Future<Void> sendAsIs(String text) {
        return socket.writeTextMessage(text);
    }

    Future<Void> sendBytes(byte[] bytes) {
        return socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    void register(String address) {
        send(new JsonObject().put("type", "register").put("address", address));
    }

    void unregister(String address) {
        send(new JsonObject().put("type", "unregister").put("address", address));
    }

    /** Asks for the board's snapshot and skips to the reply: all that was sent before has then been handled. */
    JsonObject snapshot() {
        String reply = requestSnapshot();
        return skipTo("reply", message -> reply.equals(message.getString("address")))
                .getJsonObject("body");
    }

    /** Asks something else and skips to the reply. */
    JsonObject ask(String address, JsonObject question) {
        String reply = "reply-" + requests.incrementAndGet();
        send(new JsonObject()
                .put("type", "send")
                .put("address", address)
                .put("replyAddress", reply)
                .put("body", question));
        return skipTo("reply", message -> reply.equals(message.getString("address")));
    }

    /** Asks for the board's snapshot and returns the address that the reply will have. */
    String requestSnapshot() {
        String reply = "reply-" + requests.incrementAndGet();
        send(new JsonObject()
                .put("type", "send")
                .put("address", Site.SNAPSHOT)
                .put("replyAddress", reply)
                .put("body", new JsonObject()));
        return reply;
    }

    Replica watch() {
        register(Site.CHANGES);
        return new Replica(snapshot());
    }

    /** Whatever came next. */
    JsonObject next() {
        return Wait.next(arrived, "message");
    }

    private JsonObject skipTo(String what, Predicate<JsonObject> wanted) {
        for (Wait.Deadline deadline = new Wait.Deadline(what); ; deadline.check()) {
            JsonObject message = next();
            if (wanted.test(message)) {
                return message;
            }
        }
    }

    /** The next change, which must be what came next, except for empty ones. */
    JsonObject nextChange() {
        JsonObject message = skipTo("change", arrived -> !isHeartbeat(arrived));
        assertEquals("rec", message.getString("type"), message::encode);
        assertEquals(Site.CHANGES, message.getString("address"));
        return message.getJsonObject("body");
    }

    /** Applies each change that comes, empty ones too, until the replica has this value. */
    void follow(Replica replica, String key, int value) {
        Wait.Deadline deadline = new Wait.Deadline(key);
        while (!Integer.valueOf(value).equals(replica.state().getInteger(key))) {
            JsonObject message = next();
            assertEquals(Site.CHANGES, message.getString("address"), message::encode);
            replica.apply(message.getJsonObject("body"));
            deadline.check();
        }
    }

    private static boolean isHeartbeat(JsonObject message) {
        return Site.CHANGES.equals(message.getString("address"))
                && message.getJsonObject("body").getJsonObject("patch").isEmpty();
    }

    /** Skips to the change that says so. */
    void awaitCount(int number) {
        skipTo(
                "count",
                message -> message.getString("type").equals("rec")
                        && Site.CHANGES.equals(message.getString("address"))
                        && Integer.valueOf(number)
                                .equals(message.getJsonObject("body")
                                        .getJsonObject("patch")
                                        .getInteger("count")));
    }

    /** What the next error says; whatever comes before it is skipped. */
    String nextError() {
        return skipTo("error", message -> message.getString("type").equals("err"))
                .getString("body");
    }

    Future<Void> closed() {
        return closed.future();
    }

    /** The code with which the server closed, and its reason. */
    String closeReason() {
        Wait.on(closed());
        return socket.closeStatusCode() + " " + socket.closeReason();
    }

    void close() {
        Wait.on(client.close());
    }
}
