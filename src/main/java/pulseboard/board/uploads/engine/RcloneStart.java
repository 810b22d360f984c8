package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import pulseboard.board.uploads.rc.RcClient;
import pulseboard.board.uploads.rc.RcloneDaemon;

/** Has an rclone run and answer, step by step. Not thread-safe. */
final class RcloneStart {

    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RcloneDaemon daemon;
    private boolean isStarting;
    private long startedNanos;

    RcloneStart(RcloneDaemon daemon) {
        this.daemon = daemon;
    }

    /**
     * Its remote control, as soon as it answers; one is started where none runs.
     *
     * @throws IOException when it does not start; the message is for people
     */
    Optional<RcClient> client() throws IOException {
        if (!daemon.isAlive()) {
            if (isStarting && !daemon.isWorthAnotherStart()) {
                isStarting = false;
                throw new IOException("rclone does not start: " + daemon.lastWords());
            }
            isStarting = true;
            startedNanos = System.nanoTime();
            try {
                daemon.start();
            } catch (IOException e) {
                throw new IOException("rclone does not start: " + e.getMessage(), e);
            }
            return Optional.empty();
        }
        Optional<RcClient> rc = daemon.client();
        if (rc.isEmpty() && System.nanoTime() - startedNanos > START_NANOS) {
            throw new IOException("rclone does not answer: " + daemon.lastWords());
        }
        isStarting = isStarting && rc.isEmpty();
        return rc;
    }
}
