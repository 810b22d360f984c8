package pulseboard.web;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.websocket.WebSocketConnectionImpl;
import io.vertx.core.http.impl.websocket.WebSocketFrameImpl;
import io.vertx.core.http.impl.websocket.WebSocketImplBase;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.VertxHandler;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import org.jspecify.annotations.Nullable;

/**
 * Where messages to one viewer are written. A session of SockJS escapes each message anew for each viewer, and never reports
 * that its WebSocket is full. So a message for SockJS's {@code websocket} transport goes past the session to its WebSocket, in
 * a frame that is made once for all; what the session writes itself (opening, closing) goes to the same WebSocket,
 * in the order of writing. Vert.x does not tell a session's WebSocket: it is found in Netty's pipeline. Where it is not found,
 * and for all other transports, the session writes. Used on one event loop.
 */
final class ViewerSocket implements FanOut.Receiver {

    private final SockJSSocket session;
    private final int mostBytes;
    private final @Nullable WebSocketImplBase<?> webSocket;
    private boolean isQuiet;

    /**
     * Looks for the WebSocket.
     *
     * @param isSession whether it speaks SockJS, and not the raw WebSocket, whose way is short already
     * @param mostBytes larger frames are the session's, which splits them
     */
    ViewerSocket(SockJSSocket session, boolean isSession, int mostBytes) {
        this.session = session;
        this.mostBytes = mostBytes;
        this.webSocket =
                isSession ? webSocket(session.routingContext().request().connection()) : null;
    }

    private static @Nullable WebSocketImplBase<?> webSocket(HttpConnection connection) {
        ChannelHandler handler = connection instanceof ConnectionBase base
                ? base.channelHandlerContext().pipeline().get("handler")
                : null;
        return handler instanceof VertxHandler<?> found
                        && found.getConnection() instanceof WebSocketConnectionImpl upgraded
                ? upgraded.webSocket()
                : null;
    }

    /** Whether frames go past the session. */
    boolean isDirect() {
        return webSocket != null;
    }

    /** Whether so much waits for its reader that no more is to be written; false when it is closed. */
    boolean isFull() {
        try {
            return webSocket == null ? session.writeQueueFull() : webSocket.writeQueueFull();
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    /** Writes a heartbeat of SockJS when nothing was written here since the last call; for those that are direct. */
    void keepAlive() {
        if (webSocket != null && isQuiet && !isFull()) {
            Future<Void> unused = webSocket.writeTextMessage("h"); // One that fails is closed.
        }
        isQuiet = true;
    }

    /** Writes a message, however many wait. Fails when the socket is closed. */
    Future<Void> write(BusFrame frame) {
        isQuiet = false;
        try {
            if (webSocket == null || frame.framed().length() > mostBytes) {
                return session.write(frame.plain());
            }
            ByteBuf shared = ((BufferInternal) frame.framed()).getByteBuf(); // A view, with a position of its own.
            return webSocket.writeFrame(new WebSocketFrameImpl(WebSocketFrameType.TEXT, shared, true));
        } catch (IllegalStateException closed) { // Just now; the bridge hears of it next.
            return Future.failedFuture(closed);
        }
    }

    @Override
    public boolean offer(PublishedChange change) {
        return offer(change.frame());
    }

    /**
     * Writes a message unless too much waits: a viewer that does not read loses changes, sees the hole in their numbers and
     * asks for a snapshot.
     *
     * @return whether it was written
     */
    boolean offer(BusFrame frame) {
        return !isFull() && !write(frame).failed();
    }
}
