package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.bus.Addresses;

/**
 * One board as Server-Sent Events: a {@code snapshot}, then each {@code change}. A change is encoded once for all viewers.
 * A viewer that misses some, because it reads too slowly, gets a new snapshot as soon as it can take one. See <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the HTML standard</a>.
 */
final class Stream {

    private static final int RETRY_MILLISECONDS = 2_000;

    private final Vertx vertx;
    private final String board;
    private final Snapshots snapshots;
    private final Viewers viewers;
    private final Set<Viewer> watching = new LinkedHashSet<>();
    private @Nullable MessageConsumer<JsonObject> consumer;

    Stream(Vertx vertx, String board, Snapshots snapshots, Viewers viewers) {
        this.vertx = vertx;
        this.board = board;
        this.snapshots = snapshots;
        this.viewers = viewers;
    }

    /** Starts to stream to this client, until it goes. */
    void open(RoutingContext context) {
        if (viewers.isFull()) {
            turnAway(context);
            return;
        }
        HttpServerResponse response = begin(context);
        Viewer viewer = new Viewer(context);
        watching.add(viewer);
        viewers.connected();
        viewers.joined(board);
        response.closeHandler(closed -> close(viewer));
        if (consumer == null) {
            snapshots.changed();
            consumer = vertx.eventBus().consumer(Addresses.changes(board), message -> deliver(message.body()));
        }
        viewer.resync();
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
        boolean wasWatching = watching.remove(viewer);
        if (watching.isEmpty() && consumer != null) {
            consumer.unregister();
            consumer = null;
        }
        if (wasWatching) { // Announced last: by then nothing is taken from the bus for it.
            viewers.left(board);
            viewers.disconnected();
        }
    }

    private void deliver(JsonObject change) {
        snapshots.changed();
        Buffer event = event("change", Snapshots.Encoded.of(change));
        for (Viewer viewer : List.copyOf(watching)) { // One that fails leaves the set.
            viewer.accept(change, event);
        }
    }

    private static Buffer event(String name, Snapshots.Encoded data) {
        String id = data.epoch() + "-" + data.seq();
        return Buffer.buffer("event: " + name + "\nid: " + id + "\ndata: " + data.text() + "\n\n");
    }

    private final class Viewer {
        private final RoutingContext context;
        private final HttpServerResponse response;
        private final Identity who;
        private String epoch = "";
        private long seq;
        private boolean asking;

        Viewer(RoutingContext context) {
            this.context = context;
            this.response = context.response();
            this.who = Gate.known(context);
        }

        void accept(JsonObject change, Buffer event) {
            boolean isSlow = response.writeQueueFull();
            viewers.changed(board, !asking && !isSlow);
            if (asking || isSlow) {
                return;
            }
            long next = change.getLong("seq");
            if (!epoch.equals(change.getString("epoch")) || next > seq + 1) {
                resync();
            } else if (next == seq + 1) {
                seq = next;
                write(event);
            }
        }

        void resync() {
            asking = true;
            snapshots.ask().onSuccess(this::start).onFailure(failure -> giveUp());
        }

        private void giveUp() {
            close(this);
            Failures.respond(context, 503, "board_unavailable", "no answer; GET /api/health says more");
            response.reset();
        }

        private void start(Snapshots.Encoded snapshot) {
            asking = false;
            epoch = snapshot.epoch();
            seq = snapshot.seq();
            write(event("snapshot", snapshot));
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
