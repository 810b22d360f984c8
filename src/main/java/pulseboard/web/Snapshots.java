package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;

/**
 * The snapshots of one board, for everybody who asks: taken from the bus once and encoded once, however many ask before the
 * next change, so that asking in a loop costs no more than being answered. Used on one event loop.
 */
final class Snapshots {

    /** Not longer, so that a board that is gone is known to be gone. */
    static final int KEPT_MILLISECONDS = 100;

    private static final DeliveryOptions WITHIN_2_SECONDS = new DeliveryOptions().setSendTimeout(2_000);

    private final Vertx vertx;
    private final String board;

    private @Nullable Future<Encoded> newest;

    /** A snapshot or change, and what it looks like as text; the document is not to be modified. */
    record Encoded(String epoch, long seq, String text, JsonObject document) {

        static Encoded of(JsonObject snapshot) {
            return new Encoded(snapshot.getString("epoch"), snapshot.getLong("seq"), snapshot.encode(), snapshot);
        }
    }

    Snapshots(Vertx vertx, String board) {
        this.vertx = vertx;
        this.board = board;
    }

    /**
     * What is known is old. To be called before a change is brought to anybody, and before somebody is the first to whom
     * changes are brought: else such a viewer might get a snapshot from before a change that it has not seen.
     */
    void changed() {
        newest = null;
    }

    /** The newest snapshot, also when it is on its way already. */
    Future<Encoded> ask() {
        if (newest == null) {
            Future<Encoded> asked = vertx.eventBus()
                    .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_2_SECONDS)
                    .map(reply -> Encoded.of(reply.body()));
            newest = asked;
            asked.onComplete(done -> vertx.setTimer(KEPT_MILLISECONDS, id -> forget(asked)));
            return asked;
        }
        return newest;
    }

    @SuppressWarnings("ReferenceEquality") // Another one may have been asked for meanwhile.
    private void forget(Future<Encoded> asked) {
        if (newest == asked) {
            newest = null;
        }
    }
}
