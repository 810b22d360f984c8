package pulseboard.prometheus.write;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Requests that wait to be sent, the oldest first, within a bound; the oldest make room for new ones. Not thread-safe. */
final class Backlog {

    /**
     * A request.
     *
     * @param body what is sent
     * @param samples how many samples are in it
     */
    record Waiting(Buffer body, int samples) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final long mostBytes;
    private long bytes;
    private long samples;

    Backlog(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Adds one and returns how many samples it cost. */
    long add(Waiting request) {
        waiting.addLast(request);
        bytes += request.body.length();
        samples += request.samples;
        long dropped = 0;
        while (bytes > mostBytes && waiting.size() > 1) {
            dropped += removeOldest();
        }
        return dropped;
    }

    /** The one to send next, or null. */
    @Nullable
    Waiting oldest() {
        return waiting.peekFirst();
    }

    /** Removes this one, if it is still the oldest. */
    @SuppressWarnings("ReferenceEquality") // Two may be equal and both to be sent.
    void remove(Waiting request) {
        if (waiting.peekFirst() == request) {
            removeOldest();
        }
    }

    private long removeOldest() {
        Waiting oldest = waiting.removeFirst();
        bytes -= oldest.body.length();
        samples -= oldest.samples;
        return oldest.samples;
    }

    /** How many samples wait. */
    long samples() {
        return samples;
    }
}
