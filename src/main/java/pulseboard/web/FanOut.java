package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;

/**
 * Brings the changes of one board to all who watch it, by the bridge, as events or as single values. A change is taken from the
 * bus once and encoded once, however many they are; while nobody watches, it is not taken at all. Used on one event loop.
 */
final class FanOut {

    /** What the board says of itself; replaced when it says something else. */
    BoardInfo info;

    final Snapshots snapshots;

    private final Vertx vertx;
    private final String board;

    /** What it is called on the bus of this process. */
    private final String source;

    private final @Nullable Audience audience;
    private final Viewers viewers;
    private final Set<Receiver> watching = new LinkedHashSet<>();
    private @Nullable MessageConsumer<JsonObject> consumer;

    /** Somebody who watches. */
    @FunctionalInterface
    interface Receiver {
        /**
         * Takes a change, unless too much is on its way already: whoever does not read loses changes, sees the hole in their
         * numbers and asks for a snapshot.
         *
         * @return whether it was taken
         */
        boolean offer(PublishedChange change);
    }

    FanOut(Vertx vertx, BoardInfo info, Viewers viewers) {
        this(vertx, info, viewers, null);
    }

    /** The same as only some see it; null: as it is. */
    FanOut(Vertx vertx, BoardInfo info, Viewers viewers, @Nullable Audience audience) {
        this.vertx = vertx;
        this.info = info;
        this.board = info.id().toString();
        this.viewers = viewers;
        this.audience = audience;
        this.source = audience == null ? board : audience.name();
        this.snapshots = new Snapshots(vertx, source);
    }

    /** Whether somebody may see it. */
    boolean mayBeReadBy(Identity who) {
        return audience == null ? who.mayRead(board) : audience.isOf(who);
    }

    /** Whether those who may see it may be told what these series showed; null: the names of all series. */
    boolean mayBeAsked(@Nullable JsonArray series) {
        return audience == null || (series != null && audience.maySee(series));
    }

    /** The name of the board. */
    String board() {
        return board;
    }

    /** Whether somebody watches. */
    boolean isWatched() {
        return !watching.isEmpty();
    }

    void join(Receiver receiver) {
        watching.add(receiver);
        if (consumer == null) {
            snapshots.changed();
            consumer = vertx.eventBus()
                    .consumer(
                            Addresses.changes(source), message -> deliver(new PublishedChange(board, message.body())));
        }
        viewers.joined(board);
    }

    void leave(Receiver receiver) {
        if (!watching.remove(receiver)) {
            return;
        }
        if (watching.isEmpty() && consumer != null) {
            Future<Void> unused = consumer.unregister();
            consumer = null;
        }
        viewers.left(board); // Announced last: by then nothing is taken from the bus for it.
    }

    private void deliver(PublishedChange change) {
        snapshots.changed();
        for (Receiver receiver : List.copyOf(watching)) { // One that fails leaves the set.
            viewers.changed(board, receiver.offer(change));
        }
    }
}
