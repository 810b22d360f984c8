package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.S3Failure;

/**
 * A piece of a file, or all of it.
 *
 * @param file the file
 * @param offset where it begins
 * @param bytes how long it is
 */
record Piece(Path file, long offset, long bytes) {

    private static final int CHUNK_BYTES = 262_144;
    private static final int SMALL_BYTES = 65_536;

    /** Outside of the heap: nothing has to be collected. */
    private static final ThreadLocal<ByteBuffer> CONTENT =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(SMALL_BYTES));

    /** Takes what is read. */
    interface Sink {
        void take(byte[] chunk, int count);
    }

    /** Whether {@link #load()} can hold it. */
    boolean isSmall() {
        return bytes <= SMALL_BYTES;
    }

    /** Reads all of it, into memory of this thread that holds it until the next one is read. */
    ByteBuffer load() throws IOException {
        ByteBuffer content = CONTENT.get();
        content.clear().limit((int) bytes);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (content.hasRemaining()) {
                if (channel.read(content, offset + content.position()) <= 0) {
                    throw new S3Failure("changed", "the file became shorter while it was read", null);
                }
            }
        }
        return content.flip();
    }

    /** Its CRC-32C, as the header of S3 has it; of what was read already, if it was. */
    String crc32c(@Nullable ByteBuffer content) throws IOException {
        CRC32C sum = new CRC32C();
        if (content != null) {
            sum.update(content.duplicate());
            return base64(sum.getValue());
        }
        read((chunk, count) -> sum.update(chunk, 0, count));
        return base64(sum.getValue());
    }

    /** Four bytes in the order of the network. */
    static String base64(long sum) {
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(4).putInt((int) sum).array());
    }

    /** Its MD5, in hexadecimal digits. */
    String md5() throws IOException {
        MessageDigest digest = newMd5();
        read((chunk, count) -> digest.update(chunk, 0, count));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The entity tag of an object that was made of parts of this size: the MD5 of their MD5s, and how many. */
    static String etagOfParts(Path file, long bytes, long partBytes) throws IOException {
        MessageDigest all = newMd5();
        int parts = 0;
        for (long at = 0; at < bytes; at += partBytes) {
            String part = new Piece(file, at, Math.min(partBytes, bytes - at)).md5();
            all.update(HexFormat.of().parseHex(part));
            parts++;
        }
        return HexFormat.of().formatHex(all.digest()) + "-" + parts;
    }

    static MessageDigest newMd5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads all of it. */
    void read(Sink sink) throws IOException {
        byte[] chunk = new byte[(int) Math.max(1, Math.min(CHUNK_BYTES, bytes))];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.position(offset);
            for (long left = bytes; left > 0; ) {
                int count = channel.read(ByteBuffer.wrap(chunk, 0, (int) Math.min(chunk.length, left)));
                if (count <= 0) {
                    throw new S3Failure("changed", "the file became shorter while it was read", null);
                }
                sink.take(chunk, count);
                left -= count;
            }
        }
    }
}
