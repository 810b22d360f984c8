package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Locale;

/**
 * Why the server closes a socket: first in a word that every transport has, and then, in another turn of the loop because
 * SockJS forgets what it has not written yet, by a code. Only a raw WebSocket has it; SockJS closes with its own. See <a
 * href="https://www.iana.org/assignments/websocket">the registry of RFC 6455</a>; those from 4000 on are free.
 */
enum CloseReason {
    RESTARTING(1012, "Service Restart"),
    TOO_MANY_VIEWERS(1013, "Try Again Later"),
    SIGNED_OUT(4401, "Signed out");

    private final int code;
    private final String reason;

    CloseReason(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    void tell(SockJSSocket socket) {
        Buffer word = JsonObject.of("type", "err", "body", name().toLowerCase(Locale.ROOT))
                .toBuffer();
        socket.write(word);
    }

    void close(SockJSSocket socket) {
        socket.close(code, reason);
    }

    void close(ServerWebSocket socket) {
        socket.close((short) code, reason);
    }
}
