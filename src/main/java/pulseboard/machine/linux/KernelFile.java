package pulseboard.machine.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code /proc} or {@code /sys} that is read again and again: it stays open, because opening costs more than
 * reading. Not thread-safe. The kernel makes its text anew at each read from the start.
 */
final class KernelFile {

    private static final int READS_BETWEEN_LOOKS = 30;

    private final Path path;
    private int readsUntilLook;
    private byte[] buffer = new byte[4096];
    private @Nullable RandomAccessFile file;

    KernelFile(Path path) {
        this.path = path;
    }

    /**
     * The whole text, as UTF-8.
     *
     * @throws IOException when the file is not there or the kernel refuses to tell; the next call opens it again
     */
    String text() throws IOException {
        RandomAccessFile open = file;
        try {
            if (open == null) {
                open = new RandomAccessFile(path.toFile(), "r");
                file = open;
            }
            open.seek(0);
            int length = 0;
            for (int count = open.read(buffer); count > 0; count = open.read(buffer, length, buffer.length - length)) {
                length += count;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
            }
            return new String(buffer, 0, length, StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException(
                    Files.exists(path) ? e.getMessage() : path + " cannot be read on this system");
        } catch (IOException e) {
            close(open);
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /** The same, and empty where it cannot be read; then it is tried again only every {@value #READS_BETWEEN_LOOKS}th time. */
    String textIfAny() {
        if (readsUntilLook > 0) {
            readsUntilLook--;
            return "";
        }
        try {
            return text();
        } catch (IOException e) {
            readsUntilLook = READS_BETWEEN_LOOKS - 1;
            return "";
        }
    }

    private void close(@Nullable RandomAccessFile open) throws IOException {
        file = null;
        if (open != null) {
            open.close();
        }
    }
}
