package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The receiving end of a feed: takes changes and snapshots as they come, in any order and with holes, and hands on exactly what
 * makes the same state as the publisher's. It knows nothing of sockets, buses or clocks: give it what arrives, and ask for a
 * snapshot while it {@link #isWaiting()}. Not thread-safe.
 */
public final class FeedReader {

    /** Whoever has heard nothing of a board for so long does not know its state any more: a heartbeat, and 2 s for the way. */
    public static final long STALE_MILLISECONDS = Feed.HEARTBEAT_MILLISECONDS + 2_000;

    /** Far more than arrive during one request. If there are more, the hole is noticed and healed like any other. */
    private static final int HELD_AT_MOST = 256;

    private final Sink sink;
    private final Deque<Change> held = new ArrayDeque<>();
    private String epoch = "";
    private long seq;
    private boolean waiting = true;

    /** Where the state goes. */
    public interface Sink {
        /** Forget what was; this is the state. */
        void replace(Snapshot snapshot);

        /** The next change of the state; its patch is empty for a heartbeat. */
        void apply(Change change);
    }

    /** Makes a reader that waits for its first snapshot. */
    public FeedReader(Sink sink) {
        this.sink = sink;
    }

    /** Whether a snapshot has to be asked for. */
    public boolean isWaiting() {
        return waiting;
    }

    /** The run of the board that the state is of; empty before the first snapshot. */
    public String epoch() {
        return epoch;
    }

    /** The registration is new: what came before may have holes. */
    public void restart() {
        held.clear();
        waiting = true;
    }

    /**
     * Takes a change as it travels.
     *
     * @throws RuntimeException when it is none
     */
    public void change(JsonObject json) {
        change(Change.of(json));
    }

    /** Takes a change. */
    public void change(Change change) {
        boolean isOfThisRun = change.epoch().equals(epoch);
        if (waiting) {
            hold(change);
        } else if (isOfThisRun && change.seq() == seq + 1) {
            seq = change.seq();
            sink.apply(change);
        } else if (!isOfThisRun || change.seq() > seq) {
            waiting = true;
            hold(change);
        }
    }

    /**
     * Takes a snapshot as it travels; one that nobody waits for is dropped.
     *
     * @throws RuntimeException when it is none
     */
    public void snapshot(JsonObject json) {
        snapshot(Snapshot.of(json));
    }

    /** Takes a snapshot; one that nobody waits for is dropped. */
    public void snapshot(Snapshot snapshot) {
        if (!waiting) {
            return;
        }
        epoch = snapshot.epoch();
        seq = snapshot.seq();
        waiting = false;
        sink.replace(snapshot);
        List<Change> kept = List.copyOf(held);
        held.clear();
        // Those of another epoch are forgotten: if that is the newer one, its next change asks again.
        kept.stream().filter(change -> change.epoch().equals(epoch)).forEach(this::change);
    }

    private void hold(Change change) {
        if (held.size() == HELD_AT_MOST) {
            held.removeFirst();
        }
        held.addLast(change);
    }
}
