package pulseboard.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes the bytes of one connection as they come and finds where the head of the answer and each message ends. */
abstract class Decoder {

    /** What it tells. */
    interface Sink {
        void opened(int status);

        void message(byte[] bytes, int from, int to);

        void closed(String why);
    }

    private static final byte[] NOTHING = {};
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    final Sink sink;
    private byte[] rest = NOTHING;
    private boolean open;

    Decoder(Sink sink) {
        this.sink = sink;
    }

    /** Takes what was read; keeps a copy of what is not complete yet. */
    void take(byte[] read, int length) {
        byte[] bytes = read;
        int end = length;
        if (rest.length > 0) {
            bytes = Arrays.copyOf(rest, rest.length + length);
            System.arraycopy(read, 0, bytes, rest.length, length);
            end = bytes.length;
        }
        int from = 0;
        for (int next = -1; from < end && next != from; ) {
            next = from;
            from = open ? message(bytes, from, end) : head(bytes, from, end);
        }
        rest = from == end ? NOTHING : Arrays.copyOfRange(bytes, from, end);
    }

    private int head(byte[] bytes, int from, int end) {
        int at = indexOf(END_OF_HEAD, bytes, from, end);
        if (at < 0) {
            return from;
        }
        open = true;
        String head = new String(bytes, from, at - from, StandardCharsets.US_ASCII);
        sink.opened(head.matches("(?s)HTTP/1\\.1 \\d{3}.*") ? Integer.parseInt(head.substring(9, 12)) : 0);
        return at + END_OF_HEAD.length;
    }

    /** Tells of the message that begins there and returns where it ends; returns the same when it is not complete. */
    abstract int message(byte[] bytes, int from, int end);

    /** Where the first of these begins, or -1. */
    static int indexOf(byte[] wanted, byte[] bytes, int from, int end) {
        for (int at = from; at + wanted.length <= end; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
