package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.bus.Addresses;

/**
 * Single values as Server-Sent Events: each one whole, with each change of the board. So a reader that is too slow misses
 * some and needs nothing to mend that. A value is read and encoded once, however many look at it. Used on one event loop.
 */
final class ValueStreams {

    /** Who looks at which value; nobody known, if it is a public one. */
    private record Viewer(HttpServerResponse response, Value value, Optional<Identity> who) {}

    private final Vertx vertx;
    private final ValueReader reader;
    private final Viewers viewers;
    private final Set<Viewer> watching = new LinkedHashSet<>();
    private @Nullable MessageConsumer<JsonObject> consumer;

    ValueStreams(Vertx vertx, ValueReader reader, Viewers viewers) {
        this.vertx = vertx;
        this.reader = reader;
        this.viewers = viewers;
    }

    /** Starts to stream to this client, until it goes. */
    void open(RoutingContext context, Value value) {
        if (viewers.isFull()) {
            Stream.turnAway(context);
            return;
        }
        HttpServerResponse response = Stream.begin(context);
        Viewer viewer = new Viewer(response, value, Gate.of(context));
        watching.add(viewer);
        viewers.connected();
        viewers.joined(Value.BOARD);
        response.closeHandler(closed -> close(viewer));
        if (consumer == null) {
            reader.changed();
            consumer = vertx.eventBus().consumer(Addresses.changes(Value.BOARD), change -> deliver());
        }
        reader.ask().onSuccess(board -> write(viewer, event(board.apply(value))));
    }

    void announceEnd() {
        List.copyOf(watching).forEach(viewer -> end(viewer, Stream.restarting()));
    }

    void endUnless(Predicate<Identity> isCurrent) {
        for (Viewer viewer : List.copyOf(watching)) {
            if (!viewer.who.map(isCurrent::test).orElse(true)) {
                end(viewer, Stream.signedOut());
            }
        }
    }

    private void end(Viewer viewer, Buffer last) {
        close(viewer);
        write(viewer, last);
        viewer.response.end();
    }

    private void close(Viewer viewer) {
        if (watching.remove(viewer)) {
            viewers.left(Value.BOARD);
            viewers.disconnected();
        }
        if (watching.isEmpty() && consumer != null) {
            consumer.unregister();
            consumer = null;
        }
    }

    private void deliver() {
        reader.changed();
        reader.ask().onSuccess(board -> {
            Map<Value, Buffer> events = new HashMap<>();
            for (Viewer viewer : List.copyOf(watching)) { // One that fails leaves the set.
                if (!viewer.response.writeQueueFull()) {
                    write(viewer, events.computeIfAbsent(viewer.value, value -> event(board.apply(value))));
                }
            }
        });
    }

    private static Buffer event(JsonObject document) {
        return Buffer.buffer("event: value\ndata: " + document.encode() + "\n\n");
    }

    private void write(Viewer viewer, Buffer event) {
        if (!viewer.response.closed()) {
            viewer.response.write(event).onFailure(failure -> close(viewer));
        }
    }
}
