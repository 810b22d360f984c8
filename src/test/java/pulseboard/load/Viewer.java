package pulseboard.load;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Change;

/** One viewer of a board, which follows the protocol of docs/api.md and checks what it is sent. */
final class Viewer {

    /** How long it waits for a snapshot before it asks again, like the client of docs/api.md. */
    static final long PATIENCE_NANOS = 2_000_000_000L;

    private final Tally tally;
    private final List<Change> waiting = new ArrayList<>();
    private Runnable ask = () -> {}; // As long as the server sends the snapshot by itself.
    private @Nullable Document document;
    private @Nullable Document truth;
    private @Nullable Boolean equal;
    private String heardEpoch = "";
    private long heardSeq;
    private boolean began;
    private boolean away;
    private long lostAtNanos;
    private long askAgainAtNanos = Long.MAX_VALUE;

    /** Makes one that knows nothing. */
    Viewer(Tally tally) {
        this.tally = tally;
    }

    /**
     * A connection is open, and this viewer registered on it.
     *
     * @param ask sends a request for the snapshot
     */
    void opened(Runnable ask, long nowNanos) {
        this.ask = ask;
        request(nowNanos);
    }

    void take(Event event, long nowNanos, long nowMicros) {
        if (event instanceof Event.Step step) {
            tally.changed(nowMicros - step.change().at() * 1000);
            heard(step.change());
            apply(step.change(), nowNanos);
        } else if (event instanceof Event.Whole whole) {
            begin(whole.document(), nowNanos);
        } else if (event instanceof Event.Complaint complaint) {
            tally.complained(complaint.words());
        }
    }

    /** No change may come twice, nor an older one after a newer. */
    private void heard(Change change) {
        if (change.epoch().equals(heardEpoch) && change.seq() <= heardSeq) {
            tally.repeats++;
        }
        heardEpoch = change.epoch();
        heardSeq = change.seq();
    }

    private void begin(Document snapshot, long nowNanos) {
        if (!began) {
            tally.following++;
        } else {
            tally.resyncs++;
        }
        if (away) {
            tally.returned(nowNanos - lostAtNanos);
        }
        began = true;
        away = false;
        askAgainAtNanos = Long.MAX_VALUE;
        reach(snapshot);
        List<Change> kept = List.copyOf(waiting);
        waiting.clear();
        kept.forEach(change -> apply(change, nowNanos));
    }

    /** The connection is gone, and with it all that this viewer knew; it may come back with another. */
    void lost(long nowNanos) {
        if (began) {
            tally.following--;
            away = true;
            lostAtNanos = nowNanos;
        }
        began = false;
        document = null;
        heardEpoch = "";
        equal = null;
        waiting.clear();
        askAgainAtNanos = Long.MAX_VALUE;
    }

    private void apply(Change change, long nowNanos) {
        Document known = document;
        if (known == null) {
            waiting.add(change);
        } else if (known.isBefore(change)) {
            reach(known.after(change));
        } else if (!known.includes(change)) {
            tally.holes++;
            document = null;
            waiting.add(change);
            request(nowNanos);
        }
    }

    private void request(long nowNanos) {
        askAgainAtNanos = nowNanos + PATIENCE_NANOS;
        ask.run();
    }

    /** To be called from time to time. */
    void tick(long nowNanos) {
        if (askAgainAtNanos != Long.MAX_VALUE && nowNanos - askAgainAtNanos >= 0) {
            tally.unanswered++;
            request(nowNanos);
        }
    }

    private void reach(Document next) {
        document = next;
        check();
    }

    /** Compares with this, at once or when this viewer has come so far. */
    void compareWith(Document snapshot) {
        truth = snapshot;
        equal = null;
        check();
    }

    private void check() {
        if (truth != null && document != null && document.isAt(truth)) {
            equal = document.state.equals(truth.state);
        }
    }

    /** Whether its document was found equal; null as long as it has not come to the same number. */
    @Nullable
    Boolean isEqual() {
        return equal;
    }

    /** Whether it cannot come to that number any more. */
    boolean isPast(Document snapshot) {
        return document != null
                && (!document.epoch.equals(snapshot.epoch) || document.seq > snapshot.seq)
                && equal == null;
    }
}
