package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.feed.Change;
import pulseboard.feed.FeedReader;
import pulseboard.feed.Snapshot;

/**
 * Boards as Server-Sent Events: a {@code snapshot}, then each {@code change}. A viewer that misses some, because it reads too
 * slowly, gets a new snapshot as soon as it can take one. Used on one event loop. See <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the HTML standard</a>.
 */
final class EventStreams {

    private static final int RETRY_MILLISECONDS = 2_000;

    private final Viewers viewers;
    private final Set<Viewer> watching = new LinkedHashSet<>();

    EventStreams(Viewers viewers) {
        this.viewers = viewers;
    }

    /** Starts to stream a board to this client, until it goes. */
    void open(RoutingContext context, FanOut board) {
        if (viewers.isFull()) {
            turnAway(context);
            return;
        }
        HttpServerResponse response = begin(context);
        Viewer viewer = new Viewer(context, board);
        watching.add(viewer);
        viewers.connected();
        response.closeHandler(closed -> close(viewer));
        board.join(viewer);
        viewer.askIfWaiting();
    }

    static void turnAway(RoutingContext context) {
        Failures.respond(context, 503, "too_many_viewers", "there are web.maxViewers viewers already; try later");
    }

    /** Sends what an EventSource wants to see before the first event. */
    static HttpServerResponse begin(RoutingContext context) {
        return context.response()
                .setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                // nginx would otherwise collect events until its buffer is full.
                .putHeader("X-Accel-Buffering", "no");
    }

    /**
     * The last event before the server stops. An EventSource comes back after {@code retry}. By then the server should be
     * there again: a proxy that answers 502 meanwhile makes it give up for good. Random, so that a thousand do not come at once.
     */
    static Buffer restarting() {
        int retry = ThreadLocalRandom.current().nextInt(RETRY_MILLISECONDS, 2 * RETRY_MILLISECONDS);
        return Buffer.buffer("retry: " + retry + "\nevent: restarting\ndata: {}\n\n");
    }

    /** The last event for whoever may not be here any more. An EventSource comes back and is told 401, at which it gives up. */
    static Buffer signedOut() {
        return Buffer.buffer("event: signed_out\ndata: {}\n\n");
    }

    /** Tells every viewer that this is the end, and when to come back. */
    void announceEnd() {
        for (Viewer viewer : List.copyOf(watching)) {
            viewer.end();
        }
    }

    /** Ends the stream of everybody for whom this is not true any more. */
    void endUnless(Predicate<Identity> isCurrent) {
        for (Viewer viewer : List.copyOf(watching)) {
            if (!isCurrent.test(viewer.who)) {
                viewer.signOut();
            }
        }
    }

    private void close(Viewer viewer) {
        if (watching.remove(viewer)) {
            viewer.board.leave(viewer);
            viewers.disconnected();
        }
    }

    /** An event whose id tells which state a viewer has after it. */
    static Buffer event(String name, String epoch, long seq, String data) {
        return Buffer.buffer("event: " + name + "\nid: " + epoch + "-" + seq + "\ndata: " + data + "\n\n");
    }

    private final class Viewer implements FanOut.Receiver, FeedReader.Sink {
        private final RoutingContext context;
        private final HttpServerResponse response;
        private final Identity who;
        private final FanOut board;
        private final FeedReader reader = new FeedReader(this);
        private @Nullable PublishedChange newest;
        private boolean asking;

        Viewer(RoutingContext context, FanOut board) {
            this.context = context;
            this.response = context.response();
            this.who = AuthenticationHandler.known(context);
            this.board = board;
        }

        @Override
        public boolean offer(PublishedChange published) {
            if (response.writeQueueFull()) {
                return false;
            }
            newest = published;
            reader.change(published.change());
            newest = null;
            askIfWaiting();
            return !asking;
        }

        private void askIfWaiting() {
            if (!asking && reader.isWaiting()) {
                asking = true;
                board.snapshots.ask().onSuccess(this::take).onFailure(failure -> giveUp());
            }
        }

        private void take(Snapshots.Encoded snapshot) {
            asking = false;
            write(event("snapshot", snapshot.epoch(), snapshot.seq(), snapshot.text()));
            reader.snapshot(snapshot.document());
            askIfWaiting();
        }

        @Override
        public void replace(Snapshot snapshot) {
            // It was written as it was encoded for everybody.
        }

        @Override
        public void apply(Change change) {
            PublishedChange shared = newest;
            write(
                    shared != null && shared.change().equals(change)
                            ? shared.event()
                            : event(
                                    "change",
                                    change.epoch(),
                                    change.seq(),
                                    change.toJson().encode()));
        }

        private void giveUp() {
            close(this);
            Failures.respond(context, 503, "board_unavailable", "no answer; GET /api/health says more");
            response.reset();
        }

        void end() {
            write(restarting());
            response.end();
        }

        void signOut() {
            close(this);
            write(signedOut());
            response.end();
        }

        private void write(Buffer event) {
            if (!response.closed() && !response.ended()) { // A snapshot may come after the end.
                response.write(event).onFailure(failure -> close(this));
            }
        }
    }
}
