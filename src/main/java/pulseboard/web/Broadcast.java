package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pulseboard.bus.Addresses;

/**
 * Brings the changes of one board to all sockets that watch it. A change is taken from the bus once and encoded once, however
 * many they are; while nobody watches, it is not taken at all. Used on one event loop.
 */
final class Broadcast {

    final String board;
    private final Vertx vertx;
    private final Snapshots snapshots;
    private final Viewers viewers;
    private final Set<ViewerSocket> watching = new LinkedHashSet<>();
    private @Nullable MessageConsumer<JsonObject> consumer;

    Broadcast(Vertx vertx, String board, Snapshots snapshots, Viewers viewers) {
        this.vertx = vertx;
        this.board = board;
        this.snapshots = snapshots;
        this.viewers = viewers;
    }

    void join(ViewerSocket socket) {
        watching.add(socket);
        if (consumer == null) {
            snapshots.changed();
            consumer = vertx.eventBus().consumer(Addresses.changes(board), message -> deliver(message.body()));
        }
    }

    void leave(ViewerSocket socket) {
        watching.remove(socket);
        if (watching.isEmpty() && consumer != null) {
            consumer.unregister();
            consumer = null;
        }
    }

    private void deliver(JsonObject change) {
        snapshots.changed();
        BusFrame frame = BusFrame.received(Addresses.changes(board), change.encode());
        for (ViewerSocket socket : List.copyOf(watching)) { // One that fails leaves the set.
            viewers.changed(board, socket.offer(frame));
        }
    }
}
