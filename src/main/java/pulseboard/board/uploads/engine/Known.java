package pulseboard.board.uploads.engine;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Which files have arrived already, so that what is copied and stays where it is does not wait again: 64 bits of a hash of path,
 * size and time each. What is lost of it in a crash costs a look at the remote, no more. Not thread-safe.
 */
final class Known {

    private final Path file;
    private long[] hashes = new long[64];
    private int count;
    private int sorted;

    /** Those that are noted in this file. */
    Known(Path file) throws IOException {
        this.file = file;
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                keep(in.readLong());
            }
        } catch (EOFException | NoSuchFileException e) {
            sort();
        }
    }

    private void keep(long hash) {
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, count * 2);
        }
        hashes[count++] = hash;
    }

    private void sort() {
        Arrays.sort(hashes, 0, count);
        sorted = count;
    }

    /** A file has arrived. */
    void add(String path, long size, int time) throws IOException {
        long hash = hash(path, size, time);
        keep(hash);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).putLong(hash).flip();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            int unused = channel.write(bytes);
        }
    }

    /** Whether a file has arrived as it is now. */
    boolean has(String path, long size, int time) {
        if (sorted < count) {
            sort();
        }
        return Arrays.binarySearch(hashes, 0, count, hash(path, size, time)) >= 0;
    }

    /** Forgets all: the remote is asked again. */
    void clear() throws IOException {
        count = 0;
        sorted = 0;
        Files.deleteIfExists(file);
    }

    private static long hash(String path, long size, int time) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(12).putLong(size).putInt(time).array());
            return ByteBuffer.wrap(digest.digest(path.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
