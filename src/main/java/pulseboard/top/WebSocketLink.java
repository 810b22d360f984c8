package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One WebSocket to the bridge: frames in, frames out. The listener is called on one thread, and nothing after the end. */
final class WebSocketLink implements WebSocket.Listener {

    /** Many times the largest board; a server must not be able to fill our memory. */
    private static final int MOST_BYTES = 8 << 20;

    /** Who is called. */
    interface Handler {
        void opened();

        void frame(JsonObject frame);

        void ended(Throwable why);
    }

    /** The server closed the connection, or what it sent is none of ours. */
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1;

        private final int code;

        Ended(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    private final Executor thread;
    private final Handler handler;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);
    private boolean ended;

    private WebSocketLink(Executor thread, Handler handler) {
        this.thread = thread;
        this.handler = handler;
    }

    /** Begins to connect; says how that went. */
    static WebSocketLink open(Server server, Executor thread, Handler handler) {
        WebSocketLink link = new WebSocketLink(thread, handler);
        CompletableFuture<?> unused = server.open(link)
                .whenComplete((socket, failure) -> thread.execute(() -> link.connected(socket, failure)));
        return link;
    }

    private void connected(@Nullable WebSocket opened, @Nullable Throwable failure) {
        if (opened == null) {
            end(failure == null ? new Ended(0, "no connection") : failure);
        } else if (ended) {
            opened.abort();
        } else {
            socket = opened;
            handler.opened();
        }
    }

    void send(JsonObject frame) {
        WebSocket open = socket;
        if (open != null && !ended) {
            sending = sending.thenCompose(before -> open.sendText(frame.encode(), true))
                    .whenComplete((sent, failure) -> {
                        if (failure != null) {
                            thread.execute(() -> end(failure));
                        }
                    });
        }
    }

    /** Ends it without a word to the listener. */
    void close() {
        ended = true;
        if (socket != null) {
            socket.abort();
        }
    }

    private void end(Throwable why) {
        if (!ended) {
            close();
            handler.ended(why);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        return take(from, bytes, last);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        return take(from, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private @Nullable CompletionStage<?> take(WebSocket from, byte[] bytes, boolean last) {
        message.writeBytes(bytes);
        if (message.size() > MOST_BYTES) {
            thread.execute(() -> end(new Ended(0, "the server sends more than any board is")));
            return null;
        }
        if (last) {
            String text = message.toString(StandardCharsets.UTF_8);
            message.reset();
            thread.execute(() -> hear(text));
        }
        from.request(1);
        return null;
    }

    private void hear(String text) {
        if (ended) {
            return;
        }
        try {
            handler.frame(new JsonObject(text));
        } catch (RuntimeException | StackOverflowError notOurs) {
            end(new Ended(0, "what it sends is not a Pulseboard's"));
        }
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        thread.execute(() -> end(new Ended(code, "the server closed the connection")));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        thread.execute(() -> end(failure));
    }
}
