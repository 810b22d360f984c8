package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A request with a body that is under way. */
final class Slot {

    private final String path;
    private final long fileBytes;
    private final long bytes;
    private final int part;
    private final int parts;
    private final long startedNanos = System.nanoTime();
    private final long startedAt = System.currentTimeMillis();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicInteger attempt = new AtomicInteger();

    /** Of a whole file. */
    Slot(String path, long bytes) {
        this(path, bytes, bytes, new int[] {1, 1});
    }

    /**
     * Of a part.
     *
     * @param fileBytes the size of the file
     * @param bytes the size of the part
     * @param part which part it is, and of how many
     */
    Slot(String path, long fileBytes, long bytes, int[] part) {
        this.path = path;
        this.fileBytes = fileBytes;
        this.bytes = bytes;
        this.part = part[0];
        this.parts = part[1];
    }

    void sent(int count) {
        sent.addAndGet(count);
    }

    /** How much of it was handed to the network in this attempt. */
    long sent() {
        return sent.get();
    }

    /** An attempt begins; returns what the one before had sent. */
    long again() {
        attempt.incrementAndGet();
        return sent.getAndSet(0);
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("path", path)
                .put("bytes", sent.get())
                .put("size", bytes)
                .put("attempt", attempt.get())
                .put("startedAt", startedAt);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        if (seconds >= 1) {
            json.put("bytesPerSecond", Math.round(sent.get() / seconds));
        }
        return parts == 1 ? json : json.put("part", part).put("parts", parts).put("fileBytes", fileBytes);
    }
}
