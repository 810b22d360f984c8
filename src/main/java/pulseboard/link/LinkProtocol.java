package pulseboard.link;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What both ends of a link agree on. */
final class LinkProtocol {

    /** The version that is spoken here; it stands in the handshake and in the first frames. */
    static final int VERSION = 1;

    /** The subprotocol of the WebSocket, RFC 6455, section 1.9. */
    static final String SUBPROTOCOL = "pulseboard.agent." + VERSION;

    /** The receiver says this often that it is there. */
    static final long BEAT_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);

    /** Without a frame for so long, the other end is taken for gone. */
    static final long SILENCE_MILLISECONDS = TimeUnit.SECONDS.toMillis(25);

    /** The greeting has to be there by then. */
    static final long HELLO_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);

    /** Frames of the WebSocket are no longer than this; a message is cut into as many as it needs. */
    static final int FRAME_BYTES = 4_096;

    /** Close codes, RFC 6455, section 7.4: 1000s are the RFC's, 4000s are ours. */
    static final int RESTARTING = 1012;

    static final int BAD_MESSAGE = 1007;
    static final int TOKEN_REFUSED = 4401;
    static final int NAME_TAKEN = 4403;
    static final int REPLACED = 4409;
    static final int LIMITS_EXCEEDED = 4413;
    static final int SILENT = 4408;

    /** The reason that goes with {@link #TOKEN_REFUSED} once a link was let in. */
    static final String TOKEN_REVOKED = "the token was revoked or has expired";

    private LinkProtocol() {}

    /** An answer that something is not done; without an id it answers nothing in particular. */
    static JsonObject error(@Nullable Long id, String word, String message) {
        JsonObject error = JsonObject.of("type", "error", "error", word, "message", message);
        return id == null ? error : error.put("id", id);
    }
}
