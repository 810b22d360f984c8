package pulseboard.board.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when a job is there: of one that never came to a good end nothing else tells how long that has been so. Kept in a file, made
 * when it is asked for first; where that cannot be written, it is since the start of the program. Not thread-safe.
 */
final class FirstSeen {

    private static final Logger LOG = LoggerFactory.getLogger(FirstSeen.class);

    private final Path file;
    private long milliseconds;

    FirstSeen(Path file) {
        this.file = file;
    }

    /** Milliseconds since 1970. */
    long at() {
        if (milliseconds == 0) {
            milliseconds = read();
        }
        return milliseconds;
    }

    private long read() {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException none) {
            return write(System.currentTimeMillis());
        }
    }

    private long write(long now) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, Long.toString(now));
        } catch (IOException e) {
            LOG.warn("Since when a job is there cannot be kept in {}: {}", file, e.getMessage());
        }
        return now;
    }
}
