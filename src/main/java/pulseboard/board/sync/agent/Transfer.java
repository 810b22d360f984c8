package pulseboard.board.sync.agent;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLong;

/** A file on its way, as the board shows it. Written by the thread that fetches; read by any. */
final class Transfer {

    final String path;
    final String from;
    final long sizeBytes;
    final long startedAt = System.currentTimeMillis();
    final long startedNanos = System.nanoTime();
    volatile String kind = "new";
    volatile String phase = "list";
    volatile long doneBytes;
    volatile long wireBytes;
    private final AtomicLong fetched = new AtomicLong();

    /** So many bytes of it came from elsewhere. */
    void fetched(long bytes) {
        long unused = fetched.addAndGet(bytes);
    }

    long fetchedBytes() {
        return fetched.get();
    }

    Transfer(String path, String from, long sizeBytes) {
        this.path = path;
        this.from = from;
        this.sizeBytes = sizeBytes;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("path", path)
                .put("from", from)
                .put("kind", kind)
                .put("phase", phase)
                .put("sizeBytes", sizeBytes)
                .put("doneBytes", doneBytes)
                .put("wireBytes", wireBytes)
                .put("startedAt", startedAt);
    }

    /** What it has cost when it is over. */
    JsonObject toResult() {
        return new JsonObject()
                .put("path", path)
                .put("from", from)
                .put("kind", kind)
                .put("sizeBytes", sizeBytes)
                .put("wireBytes", wireBytes)
                .put("reusedBytes", Math.max(0, sizeBytes - fetched.get()))
                .put("milliseconds", (System.nanoTime() - startedNanos) / 1_000_000);
    }
}
