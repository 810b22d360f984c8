package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run, on disk: one writes, others read behind. So no memory grows with the number of files, and what there is to do
 * is known before most of it is done. Thread-safe.
 */
final class PlanFile implements AutoCloseable {

    private static final int MOST_UNWRITTEN = 256;

    private final BufferedWriter writer;
    private final BufferedReader reader;
    private int unwritten;
    private long readable;
    private int waiting;
    private boolean isWhole;

    PlanFile(Path file) throws IOException {
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    }

    synchronized void add(PlanEntry entry) throws IOException {
        writer.write(entry.toJson().encode());
        writer.write('\n');
        unwritten++;
        if (waiting > 0 || unwritten >= MOST_UNWRITTEN) {
            publish();
        }
    }

    private void publish() throws IOException {
        writer.flush();
        readable += unwritten;
        unwritten = 0;
        notifyAll();
    }

    /** Nothing more comes. */
    synchronized void end() throws IOException {
        isWhole = true;
        publish();
    }

    /** The next one if there is one now; null otherwise. */
    synchronized @Nullable PlanEntry poll() throws IOException {
        if (readable == 0 && unwritten > 0) {
            publish();
        }
        if (readable == 0) {
            return null;
        }
        readable--;
        return PlanEntry.of(new JsonObject(reader.readLine()));
    }

    /** Whether nothing more comes, and all was read. */
    synchronized boolean isOver() {
        return isWhole && readable == 0 && unwritten == 0;
    }

    /** Waits until there may be more to read, or so long at most; says whether there may ever be more. */
    @SuppressWarnings("WaitNotInLoop") // Whoever calls it looks again anyway.
    synchronized boolean awaitMore(long milliseconds) throws InterruptedException {
        if (readable == 0 && unwritten == 0 && !isWhole) {
            waiting++;
            try {
                wait(milliseconds);
            } finally {
                waiting--;
            }
        }
        return readable > 0 || unwritten > 0 || !isWhole;
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
        reader.close();
    }
}
