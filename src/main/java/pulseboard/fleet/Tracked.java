package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** One machine as this program sees it while it runs. Not thread-safe. */
final class Tracked {

    private static final long TWINS_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final int TWINS = 3;

    /** What is shown of the bytes moves when they are others by more than a quarter. */
    private static final double STEP = 0.25;

    /** Over so long it is counted. */
    private static final long COUNTING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private boolean isEverHeard;
    private long heardNanos;
    private long leftNanos;
    private final Deque<Long> replacedNanos = new ArrayDeque<>();
    private long bytes;
    private long countedNanos;
    private long bytesPerSecond;
    private long resyncs;

    /** When it was last heard of, Unix milliseconds; 0: never. */
    long heardAt;

    /** What the registry has not been told yet. */
    boolean isNoted = true;

    String version = "";
    long clockSkewMilliseconds;
    Liveness.State state = Liveness.State.UNKNOWN;
    long since;

    /** Its figures changed since they were taken. */
    boolean isFresh;

    JsonObject figures = new JsonObject();
    JsonObject row = new JsonObject();

    Liveness.Seen seen() {
        return new Liveness.Seen(heardNanos, leftNanos, isEverHeard);
    }

    /** Whether its silence says something about the network: it has been heard, and did not say that it leaves. */
    boolean isExpected() {
        return isEverHeard && leftNanos == 0;
    }

    long heardNanos() {
        return heardNanos;
    }

    void heard(long nanos, long now, int length) {
        isEverHeard = true;
        isNoted = false;
        heardNanos = nanos;
        heardAt = now;
        leftNanos = 0;
        bytes += length;
    }

    void ended(long nanos, String reason) {
        leftNanos = reason.equals("link_lost") ? 0 : nanos;
    }

    void resynced() {
        resyncs++;
    }

    long resyncs() {
        return resyncs;
    }

    /** A newer link took the place of an open one. */
    void replaced(long nanos) {
        replacedNanos.addLast(nanos);
    }

    /** Whether two machines seem to use one token. */
    boolean hasTwin(long nanos) {
        while (!replacedNanos.isEmpty() && nanos - replacedNanos.getFirst() > TWINS_NANOS) {
            replacedNanos.removeFirst();
        }
        return replacedNanos.size() >= TWINS;
    }

    /** What its link brings, as it is shown: it stays while it only trembles. */
    long bytesPerSecond(long nanos) {
        long time = nanos - countedNanos;
        if (time >= COUNTING_NANOS) {
            long now = countedNanos == 0 ? 0 : bytes * TimeUnit.SECONDS.toNanos(1) / time;
            if (Math.abs(now - bytesPerSecond) > STEP * bytesPerSecond) {
                bytesPerSecond = now / 10 * 10;
            }
            bytes = 0;
            countedNanos = nanos;
        }
        return bytesPerSecond;
    }
}
