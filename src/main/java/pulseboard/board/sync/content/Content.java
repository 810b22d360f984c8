package pulseboard.board.sync.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import pulseboard.board.sync.content.Chunker.SizeClass;

/** What is in a file: the list of its chunks, each by its SHA-256 and length. Immutable. */
public final class Content {

    /** A hash, in bytes. */
    public static final int HASH = 32;

    /** A chunk in the list, in bytes. */
    private static final int ITEM = HASH + 4;

    private static final int HEAD = 5;

    private final SizeClass sizes;
    private final byte[] items;
    private final long[] offsets;

    private Content(SizeClass sizes, byte[] items) {
        this.sizes = sizes;
        this.items = items;
        offsets = new long[items.length / ITEM + 1];
        for (int chunk = 0; chunk + 1 < offsets.length; chunk++) {
            offsets[chunk + 1] = offsets[chunk] + length(chunk);
        }
    }

    /** Is told of each chunk as it is read. */
    public interface Visitor {
        /** The bytes are overwritten after it returns. */
        void chunk(byte[] bytes, int from, int length) throws IOException;
    }

    /** SHA-256, which each Java has. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a file to its end, and cuts it as is usual for this size. */
    public static Content read(ReadableByteChannel file, long size, Visitor visitor) throws IOException {
        SizeClass sizes = SizeClass.of(size);
        byte[] buffer = new byte[(int) Math.min(2L * sizes.most(), Math.max(size, 1) + 1)];
        Builder list = new Builder(sizes);
        int from = 0;
        int to = 0;
        boolean isAtEnd = false;
        while (true) {
            if (!isAtEnd && to - from < sizes.most()) {
                System.arraycopy(buffer, from, buffer, 0, to - from);
                to -= from;
                from = 0;
                ByteBuffer room = ByteBuffer.wrap(buffer, to, buffer.length - to);
                while (room.hasRemaining() && !isAtEnd) {
                    isAtEnd = file.read(room) < 0;
                }
                to = room.position();
                if (!isAtEnd && to == buffer.length && buffer.length < 2 * sizes.most()) {
                    buffer = Arrays.copyOf(buffer, 2 * sizes.most()); // It grows while it is read.
                    continue;
                }
            }
            if (from == to) {
                return list.build();
            }
            int length = Chunker.cut(sizes, buffer, from, to);
            visitor.chunk(buffer, from, length);
            list.add(buffer, from, length);
            from += length;
        }
    }

    /** Makes a list chunk by chunk. Not thread-safe. */
    public static final class Builder {
        private final SizeClass sizes;
        private final MessageDigest digest = sha256();
        private byte[] items = new byte[ITEM];
        private int count;

        /** An empty one. */
        public Builder(SizeClass sizes) {
            this.sizes = sizes;
        }

        /** One more chunk. */
        public void add(byte[] bytes, int from, int length) {
            if (items.length < (count + 1) * ITEM) {
                items = Arrays.copyOf(items, items.length * 2);
            }
            digest.update(bytes, from, length);
            ByteBuffer.wrap(items, count * ITEM, ITEM).put(digest.digest()).putInt(length);
            count++;
        }

        /** The list so far. */
        public Content build() {
            return new Content(sizes, Arrays.copyOf(items, count * ITEM));
        }
    }

    /** How it was cut. */
    public SizeClass sizes() {
        return sizes;
    }

    /** Whether a file of this size is cut like that. */
    public boolean isCutAsOf(long bytes) {
        return sizes == SizeClass.of(bytes);
    }

    /** How many chunks it has. */
    public int chunks() {
        return offsets.length - 1;
    }

    /** How many bytes it has. */
    public long size() {
        return offsets[offsets.length - 1];
    }

    /** Where a chunk begins; that of the one after the last is the size. */
    public long offset(int chunk) {
        return offsets[chunk];
    }

    /** How many bytes a chunk has. */
    public int length(int chunk) {
        return ByteBuffer.wrap(items).getInt(chunk * ITEM + HASH);
    }

    /** The SHA-256 of a chunk, as a key. */
    public ByteBuffer hash(int chunk) {
        return ByteBuffer.wrap(items, chunk * ITEM, HASH).slice();
    }

    /** Whether these bytes are that chunk. */
    public boolean isChunk(int chunk, byte[] bytes, int from, int length) {
        if (length(chunk) != length) {
            return false;
        }
        MessageDigest digest = sha256();
        digest.update(bytes, from, length);
        return hash(chunk).equals(ByteBuffer.wrap(digest.digest()));
    }

    /** The name of the content: the SHA-256 of class, number of chunks, and hash and length of each; in hex. */
    public String id() {
        return HexFormat.of().formatHex(sha256().digest(toBytes()));
    }

    /** For the wire. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(HEAD + items.length)
                .put((byte) sizes.number())
                .putInt(chunks())
                .put(items)
                .array();
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when it is no list
     */
    public static Content of(byte[] bytes) {
        if (bytes.length < HEAD) {
            throw new IllegalArgumentException("no list of chunks");
        }
        int count = ByteBuffer.wrap(bytes).getInt(1);
        if (count < 0 || bytes.length != HEAD + (long) count * ITEM) {
            throw new IllegalArgumentException("no list of chunks");
        }
        return of(SizeClass.of((int) bytes[0]), Arrays.copyOfRange(bytes, HEAD, bytes.length));
    }

    static Content of(SizeClass sizes, byte[] items) {
        for (int at = HASH; at < items.length; at += ITEM) {
            int length = ByteBuffer.wrap(items).getInt(at);
            if (length <= 0 || length > sizes.most()) {
                throw new IllegalArgumentException("no chunk has " + length + " bytes");
            }
        }
        return new Content(sizes, items);
    }

    /** No list of a content of that size is longer, and no difference of lists that is worth anything. */
    public static long mostListBytes(long size) {
        return HEAD + (size / SizeClass.SMALL.least() + 2) * ITEM;
    }

    ByteBuffer item(int chunk) {
        return ByteBuffer.wrap(items, chunk * ITEM, ITEM).slice();
    }

    static int itemBytes() {
        return ITEM;
    }
}
