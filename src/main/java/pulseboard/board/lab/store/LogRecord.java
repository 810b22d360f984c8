package pulseboard.board.lab.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One record of a log: a head of 28 bytes, a text, a body. The text and the body have checksums of their own: a body that rots later
 * must not take the promise with it.
 *
 * @param kind what it is
 * @param text what it says, JSON
 * @param bodyLength bytes that belong to it
 * @param bodySum CRC-32C of the body
 */
record LogRecord(Kind kind, String text, int bodyLength, int bodySum) {

    static final int HEAD = 28;
    static final int MOST_TEXT = 64 << 10;
    private static final int MAGIC = 0x50424c31;

    /** What a record is. */
    enum Kind {
        /** A promise, or that a value was chosen: no body. */
        STATE('S'),
        /** An acceptance with its bytes. */
        ACCEPT('A'),
        /** All about this key is forgotten. */
        DELETE('D');

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        private static Kind of(int code) {
            return code == 'S' ? STATE : code == 'A' ? ACCEPT : DELETE;
        }
    }

    static LogRecord of(Kind kind, String text, byte[] body) {
        return new LogRecord(kind, text, body.length, sum(ByteBuffer.wrap(body)));
    }

    static int sum(ByteBuffer bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return (int) sum.getValue();
    }

    /** Head and text, as they stand on disk. */
    ByteBuffer toBytes() {
        byte[] said = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + said.length);
        bytes.putInt(MAGIC)
                .putInt(kind.code)
                .putInt(said.length)
                .putInt(bodyLength)
                .putInt(bodySum);
        bytes.putInt(0).putInt(sum(ByteBuffer.wrap(said)));
        bytes.putInt(20, sum(bytes.slice(0, 20)));
        return bytes.put(said).flip();
    }

    /**
     * How long the text of a head is.
     *
     * @return -1 when it is no head
     */
    static int textLength(ByteBuffer head) {
        boolean isWhole = head.getInt(0) == MAGIC && head.getInt(20) == sum(head.slice(0, 20));
        int length = isWhole ? head.getInt(8) : -1;
        return length <= MOST_TEXT ? length : -1;
    }

    /** Whether this is the text that the head speaks of. */
    static boolean fits(ByteBuffer head, byte[] text) {
        return head.getInt(24) == sum(ByteBuffer.wrap(text));
    }

    static LogRecord of(ByteBuffer head, byte[] text) {
        return new LogRecord(
                Kind.of(head.getInt(4)), new String(text, StandardCharsets.UTF_8), head.getInt(12), head.getInt(16));
    }
}
