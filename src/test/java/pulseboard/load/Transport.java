package pulseboard.load;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import pulseboard.feed.Addresses;

/** The ways in which a viewer can be connected. */
enum Transport {
    RAW,
    FRAMED,
    STREAM;

    private static final int TEXT_THAT_ENDS = 0x81;

    /** The request that opens the connection; the base path ends with a slash. */
    ByteBuffer greeting(String host, String basePath, String board) {
        String path = switch (this) {
            case RAW -> "eventbus/websocket";
            case FRAMED -> "eventbus/000/" + UUID.randomUUID() + "/websocket";
            case STREAM -> "api/boards/" + board + "/stream";
        };
        return ascii(String.join("\r\n", "GET " + basePath + path + " HTTP/1.1", "Host: " + host, headers(), "", ""));
    }

    private String headers() {
        return this == STREAM
                ? "Accept: text/event-stream"
                : String.join(
                        "\r\n",
                        "Upgrade: websocket",
                        "Connection: Upgrade",
                        "Sec-WebSocket-Version: 13",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    int statusWhenOpen() {
        return this == STREAM ? 200 : 101;
    }

    Decoder decoder(Decoder.Sink sink) {
        return this == STREAM ? new StreamDecoder(sink) : new WebSocketDecoder(sink);
    }

    ByteBuffer register(String board) {
        return frame(JsonObject.of("type", "register", "address", Addresses.changes(board)));
    }

    ByteBuffer ask(String board) {
        return frame(JsonObject.of(
                "type",
                "send",
                "address",
                Addresses.snapshot(board),
                "replyAddress",
                "snapshot",
                "body",
                new JsonObject()));
    }

    ByteBuffer ping() {
        return frame(JsonObject.of("type", "ping"));
    }

    /** A frame with a mask of zeros, which is a mask too. */
    private ByteBuffer frame(JsonObject message) {
        String text = this == FRAMED ? JsonArray.of(message.encode()).encode() : message.encode();
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8).put((byte) TEXT_THAT_ENDS);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }
}
