package pulseboard.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Finds the messages on a WebSocket, <a href="https://www.rfc-editor.org/rfc/rfc6455#section-5.2">RFC 6455</a>. */
final class WebSocketDecoder extends Decoder {

    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int CLOSE = 0x08;

    /** What the RFC has for a close frame without one. */
    private static final int NO_CODE = 1005;

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    WebSocketDecoder(Sink sink) {
        super(sink);
    }

    @Override
    int message(byte[] bytes, int from, int end) {
        if (end - from < 2) {
            return from;
        }
        int length = bytes[from + 1] & 0x7f;
        int payload = from + (length < 126 ? 2 : length == 126 ? 4 : 10);
        if (payload > end) {
            return from;
        }
        if (length == 126) {
            length = ByteBuffer.wrap(bytes).getShort(from + 2) & 0xffff;
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(bytes).getLong(from + 2);
        }
        if (length > end - payload) {
            return from;
        }
        frame(bytes, from, payload, payload + length);
        return payload + length;
    }

    private void frame(byte[] bytes, int from, int payload, int end) {
        boolean complete = (bytes[from] & FINAL) != 0;
        if ((bytes[from] & CONTROL) != 0) {
            if ((bytes[from] & OPCODE) == CLOSE) {
                int code = end - payload < 2 ? NO_CODE : ByteBuffer.wrap(bytes).getShort(payload) & 0xffff;
                sink.closed("the server closed with code " + code);
            }
            return;
        }
        if (complete && parts.size() == 0) {
            sink.message(bytes, payload, end);
            return;
        }
        parts.write(bytes, payload, end - payload);
        if (complete) {
            byte[] whole = parts.toByteArray();
            parts.reset();
            sink.message(whole, 0, whole.length);
        }
    }
}
