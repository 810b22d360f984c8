package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room on the disk of a folder for what is to come. What does not fit waits, and it is looked again after a while;
 * so does everything for which the disk was full all the same. Used by the loop.
 */
final class Room {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int TENTH = 10;

    private final Path folder;
    private final long keepFreeBytes;
    private @Nullable FileStore store;

    /** What comes already will take so much more. */
    private long expectedBytes;

    private long untilNanos = System.nanoTime();
    private boolean isFull;

    Room(Path folder, long keepFreeBytes) {
        this.folder = folder;
        this.keepFreeBytes = keepFreeBytes;
    }

    /** A tenth of the disk that a folder is on, shared with the others of these that are on it. All of it where nobody can tell. */
    static long tenth(Path folder, Collection<String> folders) {
        try {
            FileStore disk = Files.getFileStore(folder);
            long sharing = 0;
            for (String each : folders) {
                Path other = Path.of(each);
                sharing += Files.isDirectory(other) && Files.getFileStore(other).equals(disk) ? 1 : 0;
            }
            return disk.getTotalSpace() / TENTH / Math.max(1, sharing);
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** Whether so many bytes fit now. Any thread. */
    boolean isFor(long bytes) throws IOException {
        return Files.getFileStore(folder).getUsableSpace() - bytes >= keepFreeBytes;
    }

    /** Takes room for so many bytes, to be {@link #give given back} when they have come or have not. Returns false if there is none. */
    boolean take(long bytes) {
        if (isFull && System.nanoTime() - untilNanos < 0) {
            return false;
        }
        try {
            if (store == null) {
                store = Files.getFileStore(folder);
            }
            long usable =
                    store.getUsableSpace(); // Asks the system each time; to find the store takes ten times as long.
            if (usable - expectedBytes - bytes < keepFreeBytes) {
                full();
                return false;
            }
        } catch (IOException e) {
            return true; // Who cannot tell is not asked; the disk itself says so when it is full.
        }
        isFull = false;
        expectedBytes += bytes;
        return true;
    }

    void give(long bytes) {
        expectedBytes -= bytes;
    }

    /** The disk has refused to take more. */
    void full() {
        isFull = true;
        untilNanos = System.nanoTime() + PAUSE_NANOS;
    }

    /** Whether a failure says that the disk, or what somebody may use of it, is full. */
    static boolean isFull(Throwable failure) {
        String text = String.valueOf(failure.getMessage());
        return text.contains("No space left on device") || text.contains("Disk quota exceeded");
    }
}
