package pulseboard.web;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
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
import pulseboard.bus.Addresses;

/**
 * Single values as they change, by WebSocket or as Server-Sent Events: each one whole, with each change of the board. So a
 * reader that is too slow misses some and needs nothing to mend that. A value is read and encoded once, however many look at
 * it. Used on one event loop.
 */
final class ValueStreams {

    /** Who looks at which value; nobody known, if it is a public one. */
    private record Viewer(Value value, Optional<Identity> who, ValueWay way) {}

    private final Vertx vertx;
    private final ValueReader reader;
    private final Viewers viewers;
    private final Set<Viewer> watching = new LinkedHashSet<>();
    private @Nullable MessageConsumer<JsonObject> consumer;
    private int strangers;

    ValueStreams(Vertx vertx, ValueReader reader, Viewers viewers) {
        this.vertx = vertx;
        this.reader = reader;
        this.viewers = viewers;
    }

    /** Starts to stream to this client, until it goes. Half of all places are kept for those who are known. */
    void open(RoutingContext context, Value value) {
        Optional<Identity> who = Gate.of(context);
        if (viewers.isFull() || (who.isEmpty() && 2 * (strangers + 1) > viewers.most())) {
            Stream.turnAway(context);
        } else if ("websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))) {
            upgrade(context, value, who);
        } else {
            HttpServerResponse response = Stream.begin(context);
            Viewer viewer = new Viewer(value, who, ValueWay.events(response));
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
                    Viewer viewer = new Viewer(value, who, ValueWay.socket(socket));
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
        List.copyOf(watching).forEach(viewer -> end(viewer, Farewell.RESTARTING));
    }

    void endUnless(Predicate<Identity> isCurrent) {
        for (Viewer viewer : List.copyOf(watching)) {
            if (!viewer.who.map(isCurrent::test).orElse(true)) {
                end(viewer, Farewell.SIGNED_OUT);
            }
        }
    }

    private void end(Viewer viewer, Farewell why) {
        leave(viewer);
        viewer.way.end(why);
    }

    private void join(Viewer viewer) {
        watching.add(viewer);
        viewers.joined(Value.BOARD);
        if (consumer == null) {
            reader.changed();
            consumer = vertx.eventBus().consumer(Addresses.changes(Value.BOARD), change -> deliver());
        }
        reader.ask()
                .onSuccess(board -> viewer.way.write(board.apply(viewer.value).encode()));
    }

    private void leave(Viewer viewer) {
        if (watching.remove(viewer)) {
            viewers.left(Value.BOARD);
            freePlace(viewer.who);
        }
        if (watching.isEmpty() && consumer != null) {
            consumer.unregister();
            consumer = null;
        }
    }

    private void deliver() {
        reader.changed();
        reader.ask().onSuccess(board -> {
            Map<Value, String> documents = new HashMap<>();
            for (Viewer viewer : List.copyOf(watching)) { // One that fails leaves the set.
                viewer.way.write(documents.computeIfAbsent(
                        viewer.value, value -> board.apply(value).encode()));
            }
        });
    }
}
