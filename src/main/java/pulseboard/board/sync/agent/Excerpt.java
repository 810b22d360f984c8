package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import pulseboard.board.sync.content.Content;

/** Parts of a file, verified before they are given to anybody. */
final class Excerpt {

    private Excerpt() {}

    static final class Changed extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The bytes of some chunks, each of them verified. */
    static byte[] chunks(Content list, FileChannel file, int first, int count) throws IOException {
        if (first < 0 || count <= 0 || Math.addExact(first, count) > list.chunks()) {
            throw new IOException("no such chunk");
        }
        long length = list.offset(first + count) - list.offset(first);
        if (length > Ask.MOST_BYTES) {
            throw new IOException("too much at once");
        }
        byte[] bytes = read(file, list.offset(first), (int) length);
        for (int chunk = first; chunk < first + count; chunk++) {
            int from = (int) (list.offset(chunk) - list.offset(first));
            if (bytes.length != length || !list.isChunk(chunk, bytes, from, list.length(chunk))) {
                throw new Changed();
            }
        }
        return bytes;
    }

    static byte[] read(FileChannel file, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && file.read(buffer, offset + buffer.position()) >= 0) {
            // Reads on.
        }
        return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
    }

    static boolean isZero(byte[] bytes) {
        return bytes[0] == 0 && Arrays.equals(bytes, 0, bytes.length - 1, bytes, 1, bytes.length);
    }
}
