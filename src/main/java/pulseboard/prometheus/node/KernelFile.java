package pulseboard.prometheus.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read at each collection. The kernel's own stays open, because opening costs more than reading; the kernel makes
 * its text anew at each read from the start. Used by one collector, which never runs twice at once. Not thread-safe.
 */
final class KernelFile {

    private static final int FIRST_BYTES = 4096;

    private final String path;
    private final boolean staysOpen;
    private final Words words = new Words();
    private byte[] buffer = new byte[FIRST_BYTES];
    private @Nullable RandomAccessFile open;

    KernelFile(String path, boolean staysOpen) {
        this.path = path;
        this.staysOpen = staysOpen;
    }

    /**
     * Reads it whole.
     *
     * @return its words, before the first line; good until the next reading
     * @throws IOException when it is not there or cannot be read
     */
    Words read() throws IOException {
        RandomAccessFile kept = open;
        if (kept != null) {
            try {
                return readAll(kept);
            } catch (IOException e) {
                close(); // What lxcfs has under /proc is another file after its restart.
            }
        }
        RandomAccessFile fresh = new RandomAccessFile(path, "r");
        open = fresh;
        try {
            return readAll(fresh);
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            if (!staysOpen) {
                close();
            }
        }
    }

    /** Reads it, where it is one of several; null when it cannot be read. */
    @Nullable
    Words readIfThere() {
        try {
            return read();
        } catch (IOException e) {
            return null;
        }
    }

    /** The number that is all of it; {@code NaN} when it cannot be read. */
    double number() {
        Words text = readIfThere();
        return text != null && text.nextLine() ? text.nextNumber() : Double.NaN;
    }

    /** Its first line; empty when it cannot be read. */
    String line() {
        Words text = readIfThere();
        return text != null && text.nextLine() ? text.line() : "";
    }

    private Words readAll(RandomAccessFile file) throws IOException {
        file.seek(0);
        int length = 0;
        for (int count = file.read(buffer); count > 0; count = file.read(buffer, length, buffer.length - length)) {
            length += count;
            if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, length * 2);
            }
        }
        return words.reset(buffer, length);
    }

    private void close() throws IOException {
        RandomAccessFile kept = open;
        open = null;
        if (kept != null) {
            kept.close();
        }
    }
}
