package pulseboard;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A viewer of the host board of a running program, over the bridge. It pings only when it is told to. */
final class BusViewer implements WebSocket.Listener {

    private static final int PATIENCE_SECONDS = 120;

    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final WebSocket socket;

    /** Watches the host's board from now on. */
    BusViewer(URI server) throws Exception {
        socket = connect(server, HttpClient.newHttpClient().newWebSocketBuilder());
        register("board.host.changes");
    }

    /** With this token; watches nothing yet. */
    BusViewer(URI server, String token) throws Exception {
        WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
        socket = connect(server, builder.header("Authorization", "Bearer " + token));
    }

    private WebSocket connect(URI server, WebSocket.Builder builder) throws Exception {
        URI bus = URI.create("ws://" + server.getAuthority() + "/eventbus/websocket");
        return builder.buildAsync(bus, this).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Wants what is published there. */
    void register(String address) throws Exception {
        send(JsonObject.of("type", "register", "address", address));
    }

    /** Wants that no more; returns when the program knows. */
    void unregister(String address) throws Exception {
        send(JsonObject.of("type", "unregister", "address", address));
        askAndAwaitAnswer();
    }

    /** Asks there for an answer. */
    void ask(String address) throws Exception {
        send(JsonObject.of("type", "send", "address", address, "replyAddress", "answer", "body", new JsonObject()));
    }

    /** The next that came, but for pongs. */
    JsonObject heard() throws InterruptedException {
        JsonObject message = next();
        return "pong".equals(message.getString("type")) ? heard() : message;
    }

    /** The body of the next message whose body is so. */
    JsonObject heardUntil(Predicate<JsonObject> wanted) throws InterruptedException {
        while (true) {
            if (next().getValue("body") instanceof JsonObject body && wanted.test(body)) {
                return body;
            }
        }
    }

    /** Says that it is still there; returns when the program knows. */
    void ping() throws Exception {
        send(JsonObject.of("type", "ping"));
        askAndAwaitAnswer();
    }

    /** Fails when it is connected no more. */
    void askAndAwaitAnswer() throws Exception {
        ask("board.host.snapshot");
        JsonObject message = next();
        while (!"answer".equals(message.getString("address"))) {
            message = next();
        }
    }

    private JsonObject next() throws InterruptedException {
        JsonObject message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null || message.containsKey("closed")) {
            throw new AssertionError(message == null ? "nothing came" : message.encode());
        }
        return message;
    }

    private void send(JsonObject message) throws Exception {
        socket.sendText(message.encode(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** A message may come in pieces, wherever the network has cut it. */
    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] piece = new byte[data.remaining()];
        data.get(piece);
        message.writeBytes(piece);
        if (last) {
            heard.add(new JsonObject(message.toString(StandardCharsets.UTF_8)));
            message.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        heard.add(JsonObject.of("closed", code + " " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add(JsonObject.of("closed", error.toString()));
    }
}
