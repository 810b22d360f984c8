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

    /** The hub to which it is linked, or was last; empty: this one. */
    String hub = "";

    /** Why its link to this hub ended, if it said so itself. */
    String ended = "";

    String version = "";
    long clockSkewMilliseconds;
    String page = "";
    Liveness.State state = Liveness.State.UNKNOWN;
    long since;

    /** Its figures changed since they were taken. */
    boolean isFresh;

    JsonObject figures = new JsonObject();
    JsonObject row = new JsonObject();

    /** So it stands now; a machine that is silent has been so since it was heard of last. */
    void become(Liveness.State now, long at) {
        if (now != state || since == 0) {
            state = now;
            boolean isSilent = now == Liveness.State.LATE || now == Liveness.State.OFFLINE;
            since = isSilent && heardAt > 0 ? heardAt : at;
        }
    }

    /** When it was heard of, for the registry, which is told now. */
    Host note(String id) {
        isNoted = true;
        return Host.added(id, "", "", 0).heard(heardAt, version);
    }

    boolean isEverHeard() {
        return isEverHeard;
    }

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
        hub = "";
        ended = "";
        bytes += length;
    }

    void ended(long nanos, String reason) {
        leftNanos = reason.equals("link_lost") ? 0 : nanos;
        ended = reason.equals("link_lost") ? "" : reason;
    }

    /** Another hub has it, and tells so. What that is told to others is told by it. */
    void heardElsewhere(Elsewhere told, long nanos, long now) {
        boolean isOlder = isEverHeard && (told.ageNanos() < 0 || nanos - told.ageNanos() < heardNanos);
        if (!told.isLinked() && isOlder && !hub.equals(told.hub())) {
            return; // It was here since.
        }
        hub = told.hub();
        version = told.version();
        figures = told.figures();
        if (told.ageNanos() >= 0) {
            isEverHeard = true;
            heardNanos = nanos - told.ageNanos();
            heardAt = Math.max(heardAt, now - TimeUnit.NANOSECONDS.toMillis(told.ageNanos()));
        }
        if (told.ended().isEmpty()) {
            leftNanos = 0;
        } else if (leftNanos == 0) {
            leftNanos = nanos;
        }
    }

    /** For other hubs. */
    JsonObject told(long nanos) {
        return new JsonObject()
                .put("ageMilliseconds", isEverHeard ? TimeUnit.NANOSECONDS.toMillis(nanos - heardNanos) : -1)
                .put("ended", ended)
                .put("version", version)
                .put("figures", FleetRows.figures(row));
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
