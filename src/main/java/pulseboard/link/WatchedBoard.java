package pulseboard.link;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import pulseboard.feed.Change;
import pulseboard.feed.Feed;
import pulseboard.feed.FeedReader;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;
import pulseboard.feed.Snapshot;

/**
 * One board that the other end watches: reads it here and sends how it differs from what was sent before. While the connection
 * takes nothing, or the next is not due, nothing is sent and nothing waits: the next change holds the difference. Used on one
 * context.
 */
final class WatchedBoard implements FeedReader.Sink {

    private final Vertx vertx;
    private final Out out;
    private final Replica replica = new Replica();
    private final Feed feed = new Feed(UUID.randomUUID().toString().substring(0, 8), System::currentTimeMillis);
    private final FeedSubscription subscription;
    private final long everyMilliseconds;
    private boolean isClosed;
    private boolean hasBegun;
    private boolean isTimed;
    private long sentNanos;
    private long timer;

    /** The connection. */
    interface Out {
        /** Whether it takes something now; {@link WatchedBoard#flush()} is called when it does again. */
        boolean isReady();

        void send(Snapshot snapshot);

        void send(Change change);
    }

    /**
     * Begins.
     *
     * @param everyMilliseconds the least time from one change to the next; 0 sends each at once
     */
    WatchedBoard(Vertx vertx, String board, long everyMilliseconds, Out out) {
        this.vertx = vertx;
        this.out = out;
        this.everyMilliseconds = everyMilliseconds;
        this.subscription = new FeedSubscription(vertx, board, this);
    }

    /** Sends nothing more, whatever is on its way here. */
    void close() {
        isClosed = true;
        subscription.close();
        vertx.cancelTimer(timer);
    }

    @Override
    public void replace(Snapshot snapshot) {
        replica.replace(snapshot);
        flush();
    }

    @Override
    public void apply(Change change) {
        replica.apply(change);
        flush();
    }

    /** Sends what there is to send, if it is time and the connection takes it. */
    void flush() {
        JsonObject state = replica.state();
        if (isClosed || state == null || isTimed || !out.isReady()) {
            return;
        }
        long wait = everyMilliseconds - sinceSent();
        if (hasBegun && wait > 0) {
            isTimed = true;
            timer = vertx.setTimer(wait, id -> {
                isTimed = false;
                flush();
            });
            return;
        }
        send(state);
    }

    private long sinceSent() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sentNanos);
    }

    private void send(JsonObject state) {
        Change change = feed.update(state).orElse(null);
        if (!hasBegun) {
            out.send(feed.snapshot());
        } else if (change != null) {
            out.send(change);
        } else if (sinceSent() >= Feed.HEARTBEAT_MILLISECONDS / 2) { // The board itself has said that it is alive.
            out.send(feed.heartbeat());
        } else {
            return;
        }
        hasBegun = true;
        sentNanos = System.nanoTime();
    }

    /** Whether anything has been sent. */
    boolean hasBegun() {
        return hasBegun;
    }

    /** The state as it was sent last. */
    Snapshot snapshot() {
        return feed.snapshot();
    }
}
