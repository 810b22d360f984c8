package pulseboard.machine.linux;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code /proc} or {@code /sys} that is read again and again: it stays open, because opening costs more than
 * reading. The kernel makes its text anew at each read from the start. Not thread-safe.
 */
public final class KernelFile {

    private static final int FIRST_BYTES = 4096;
    private static final int READS_BETWEEN_LOOKS = 30;

    private final String path;
    private final boolean staysOpen;
    private final Words words = new Words();
    private int readsUntilLook;
    private byte[] buffer = new byte[FIRST_BYTES];
    private @Nullable RandomAccessFile open;

    /** The file at this path, which may not be there. */
    public KernelFile(Path path) {
        this(path.toString(), true);
    }

    /** @param staysOpen not for a tree of files that are written anew, as in tests */
    KernelFile(String path, boolean staysOpen) {
        this.path = path;
        this.staysOpen = staysOpen;
    }

    /**
     * Reads it whole.
     *
     * @return its words, before the first line; good until the next reading
     * @throws IOException with a message for people, when it is not there or the kernel refuses to report it; the next call opens it again
     */
    public Words read() throws IOException {
        try {
            return readOpened();
        } catch (FileNotFoundException e) {
            throw new FileNotFoundException(
                    Files.exists(Path.of(path)) ? e.getMessage() : path + " cannot be read on this system");
        } catch (IOException e) {
            throw new IOException(path + ": " + e.getMessage(), e);
        }
    }

    /** Reads it, where it is one of several; null when it cannot be read. */
    public @Nullable Words readIfThere() {
        try {
            return readOpened();
        } catch (IOException e) {
            return null;
        }
    }

    private Words readOpened() throws IOException {
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

    /** The same, of what many machines have not: when it cannot be read it is tried again only every {@value #READS_BETWEEN_LOOKS}th time. */
    @Nullable
    Words readOrWait() {
        if (readsUntilLook > 0) {
            readsUntilLook--;
            return null;
        }
        Words text = readIfThere();
        readsUntilLook = text == null ? READS_BETWEEN_LOOKS - 1 : 0;
        return text;
    }

    /** The number that is all of it; {@code NaN} when it cannot be read. */
    public double number() {
        Words text = readIfThere();
        return text != null && text.nextLine() ? text.nextNumber() : Double.NaN;
    }

    /** Its first line; empty when it cannot be read. */
    public String line() {
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
