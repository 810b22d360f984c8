package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulseboard.board.sync.content.Content;

/**
 * A content on its way, below the agent's own folder: {@code ID.part} until all of it is verified, then {@code ID}. What is there of it
 * after a crash is verified chunk by chunk, and the rest fetched.
 */
final class Part implements AutoCloseable {

    private final Path whole;
    private final Path partial;
    private final FileChannel file;
    private final Content content;
    private int next;

    /** Opens it, after what is there already. */
    Part(Path folder, String contentId, Content content) throws IOException {
        Files.createDirectories(folder);
        whole = folder.resolve(contentId);
        partial = folder.resolve(contentId + ".part");
        this.content = content;
        file = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        while (next < content.chunks() && isThere(next)) {
            next++;
        }
        file.truncate(content.offset(next));
    }

    /** The contents that are all there; none while the folder is not. */
    static Set<String> whole(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> name.matches("[0-9a-f]{64}"))
                    .collect(Collectors.toSet());
        }
    }

    private boolean isThere(int chunk) throws IOException {
        int length = content.length(chunk);
        if (file.size() < content.offset(chunk + 1)) {
            return false;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && file.read(bytes, content.offset(chunk) + bytes.position()) >= 0) {
            // Reads on.
        }
        return content.isChunk(chunk, bytes.array(), 0, length);
    }

    /** The first chunk that is missing. */
    int next() {
        return next;
    }

    /** How many bytes are there. */
    long size() {
        return content.offset(next);
    }

    /**
     * The next chunk; nothing is written for zeros, which the file system shows where a file has a hole.
     *
     * @throws IOException when it is not the chunk
     */
    void add(byte[] bytes, int from, int length) throws IOException {
        if (!content.isChunk(next, bytes, from, length)) {
            throw new IOException("these bytes are not what they should be");
        }
        if (!isZero(bytes, from, length)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
            long offset = content.offset(next);
            while (buffer.hasRemaining()) {
                offset += file.write(buffer, offset);
            }
        }
        next++;
    }

    private static boolean isZero(byte[] bytes, int from, int length) {
        for (int at = from; at < from + length; at++) {
            if (bytes[at] != 0) {
                return false;
            }
        }
        return true;
    }

    /** All of it is there: makes it durable, under its name. */
    void finish() throws IOException {
        if (file.size() < content.size()) { // It ends in a hole.
            ByteBuffer last = ByteBuffer.allocate(1);
            int written = file.write(last, content.size() - 1);
            assert written == 1;
        }
        file.force(true);
        Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
