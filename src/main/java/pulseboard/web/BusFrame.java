package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.handler.sockjs.impl.JsonCodec;
import org.jspecify.annotations.Nullable;

/**
 * A message of the event-bus bridge to viewers, encoded once for however many get it: as text for the raw WebSocket, and inside
 * a frame of SockJS ({@code a["…"]}, see <a href="https://github.com/sockjs/sockjs-protocol">its protocol</a>) as soon as
 * somebody needs that. Used on one event loop.
 */
final class BusFrame {

    private final String text;
    private @Nullable Buffer plain;
    private @Nullable Buffer framed;

    private BusFrame(String text) {
        this.text = text;
    }

    /** What was published at an address, or the answer to a request that names it as its reply address. */
    static BusFrame received(String address, String body) {
        return new BusFrame("{\"type\":\"rec\",\"address\":" + Json.encode(address) + ",\"body\":" + body + "}");
    }

    /** Why a request fails. */
    static BusFrame failed(String replyAddress, int code, String type, String message) {
        return new BusFrame(JsonObject.of(
                        "type",
                        "err",
                        "address",
                        replyAddress,
                        "failureCode",
                        code,
                        "failureType",
                        type,
                        "message",
                        message)
                .encode());
    }

    /** A stable word about what the viewer did or what becomes of it. */
    static BusFrame error(String word) {
        return new BusFrame(JsonObject.of("type", "err", "body", word).encode());
    }

    /** Without any frame. */
    Buffer plain() {
        if (plain == null) {
            plain = Buffer.buffer(text);
        }
        return plain;
    }

    /** In a frame of SockJS, escaped as SockJS does it. */
    Buffer framed() {
        if (framed == null) {
            framed = Buffer.buffer("a" + JsonCodec.encode(new String[] {text}));
        }
        return framed;
    }
}
