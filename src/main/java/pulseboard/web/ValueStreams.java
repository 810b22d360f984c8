package pulseboard.web;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;

/**
 * Single values as they change, by WebSocket or as Server-Sent Events: each one whole, with each change of the board. So a
 * reader that is too slow misses some and needs nothing to mend that. A value is read and encoded once, however many look at
 * it. Used on one event loop.
 */
final class ValueStreams {

    /** Who looks at which value; nobody known, if it is a public one. */
    private final class Viewer implements FanOut.Receiver {
        private final Value value;
        private final Optional<Identity> who;
        private final ValueSink way;

        Viewer(Value value, Optional<Identity> who, ValueSink way) {
            this.value = value;
            this.who = who;
            this.way = way;
        }

        @Override
        public boolean offer(PublishedChange change) {
            if (newest != change) {
                newest = change;
                documents = new HashMap<>(); // The answer to the change before may still come, into its own.
            }
            Map<Value, String> shared = documents;
            reader.ask()
                    .onSuccess(board -> way.write(shared.computeIfAbsent(
                            value, each -> board.apply(each).encode())));
            return true;
        }
    }

    private final ValueReader reader;
    private final Viewers viewers;
    private final Set<Viewer> watching = new LinkedHashSet<>();

    /** The newest change, and what was made of it. */
    private @Nullable PublishedChange newest;

    private Map<Value, String> documents = new HashMap<>();
    private int strangers;

    ValueStreams(ValueReader reader, Viewers viewers) {
        this.reader = reader;
        this.viewers = viewers;
    }

    /** Starts to stream to this client, until it goes. Half of all places are kept for those who are known. */
    void open(RoutingContext context, Value value) {
        Optional<Identity> who = AuthenticationHandler.of(context);
        if (viewers.isFull() || (who.isEmpty() && 2 * (strangers + 1) > viewers.most())) {
            EventStreams.turnAway(context);
        } else if ("websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))) {
            upgrade(context, value, who);
        } else {
            HttpServerResponse response = EventStreams.begin(context);
            Viewer viewer = new Viewer(value, who, ValueSink.events(response));
            response.closeHandler(closed -> leave(viewer));
            takePlace(who);
            join(viewer);
        }
    }

    /** The place is taken before the upgrade. One that has a body would wait for the rest of it, for as long as its client likes. */
    private void upgrade(RoutingContext context, Value value, Optional<Identity> who) {
        MultiMap headers = context.request().headers();
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)
                || !"0".equals(Objects.requireNonNullElse(headers.get(HttpHeaders.CONTENT_LENGTH), "0"))) {
            Failures.respond(context, 400, "bad_request", "a request for a WebSocket has no body");
            return;
        }
        takePlace(who);
        context.request()
                .toWebSocket()
                .onFailure(failure -> {
                    freePlace(who);
                    context.fail(failure);
                })
                .onSuccess(socket -> {
                    Viewer viewer = new Viewer(value, who, ValueSink.socket(socket));
                    socket.closeHandler(closed -> leave(viewer));
                    join(viewer);
                });
    }

    private void takePlace(Optional<Identity> who) {
        viewers.connected();
        strangers += who.isEmpty() ? 1 : 0;
    }

    private void freePlace(Optional<Identity> who) {
        viewers.disconnected();
        strangers -= who.isEmpty() ? 1 : 0;
    }

    void announceEnd() {
        List.copyOf(watching).forEach(viewer -> end(viewer, CloseReason.RESTARTING));
    }

    void endUnless(Predicate<Identity> isCurrent) {
        for (Viewer viewer : List.copyOf(watching)) {
            if (!viewer.who.map(isCurrent::test).orElse(true)) {
                end(viewer, CloseReason.SIGNED_OUT);
            }
        }
    }

    private void end(Viewer viewer, CloseReason why) {
        leave(viewer);
        viewer.way.end(why);
    }

    private void join(Viewer viewer) {
        watching.add(viewer);
        reader.board().ifPresent(board -> board.join(viewer));
        reader.ask()
                .onSuccess(board -> viewer.way.write(board.apply(viewer.value).encode()));
    }

    private void leave(Viewer viewer) {
        if (watching.remove(viewer)) {
            reader.board().ifPresent(board -> board.leave(viewer));
            freePlace(viewer.who);
        }
    }
}
