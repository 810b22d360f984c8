package pulseboard.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Finds the events of a stream in the chunks of its answer, <a href="https://www.rfc-editor.org/rfc/rfc9112#section-7.1">RFC
 * 9112</a>.
 */
final class StreamDecoder extends Decoder {

    private static final byte[] END_OF_LINE = {'\r', '\n'};
    private static final byte[] END_OF_EVENT = {'\n', '\n'};

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream(0);

    StreamDecoder(Sink sink) {
        super(sink);
    }

    @Override
    int message(byte[] bytes, int from, int end) {
        int line = indexOf(END_OF_LINE, bytes, from, end);
        if (line < 0) {
            return from;
        }
        int length = Integer.parseInt(new String(bytes, from, line - from, StandardCharsets.US_ASCII), 16);
        int chunk = line + END_OF_LINE.length;
        int next = chunk + length + END_OF_LINE.length;
        if (next > end) {
            return from;
        }
        if (parts.size() == 0) {
            int rest = events(bytes, chunk, chunk + length);
            parts.write(bytes, rest, chunk + length - rest);
        } else {
            parts.write(bytes, chunk, length);
            byte[] whole = parts.toByteArray();
            parts.reset();
            int rest = events(whole, 0, whole.length);
            parts.write(whole, rest, whole.length - rest);
        }
        return next;
    }

    private int events(byte[] bytes, int from, int end) {
        int begin = from;
        for (int at = indexOf(END_OF_EVENT, bytes, begin, end);
                at >= 0;
                at = indexOf(END_OF_EVENT, bytes, begin, end)) {
            sink.message(bytes, begin, at);
            begin = at + END_OF_EVENT.length;
        }
        return begin;
    }
}
