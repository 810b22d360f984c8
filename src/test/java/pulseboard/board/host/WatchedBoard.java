package pulseboard.board.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import pulseboard.feed.Addresses;
import pulseboard.feed.FeedReader;
import pulseboard.feed.Replica;

/** What a viewer of one board sees, kept up to date over the event bus. */
final class WatchedBoard {

    private static final int PATIENCE_SECONDS = 120;

    private final Vertx vertx;
    private final String board;
    private final BlockingQueue<JsonObject> changes = new LinkedBlockingQueue<>();
    private final Replica replica = new Replica();
    private final FeedReader reader = new FeedReader(replica);

    /** Starts listening; to be made before the board is deployed, or at any time after. */
    WatchedBoard(Vertx vertx, String board) {
        this.vertx = vertx;
        this.board = board;
        vertx.eventBus().<JsonObject>consumer(Addresses.changes(board), change -> changes.add(change.body()));
    }

    /** Asks for the snapshot, which is the state to go on from. */
    JsonObject snapshot() throws Exception {
        reader.restart();
        reader.snapshot((JsonObject) await(vertx.eventBus().request(Addresses.snapshot(board), new JsonObject()))
                .body());
        return state();
    }

    private JsonObject state() {
        return Objects.requireNonNull(replica.state());
    }

    /** Takes changes until the state is as wanted, and returns it. */
    JsonObject awaitState(Predicate<JsonObject> wanted) throws Exception {
        if (replica.state() == null) {
            snapshot();
        }
        while (!wanted.test(state())) {
            JsonObject change = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (change == null) {
                throw new AssertionError("no change within " + PATIENCE_SECONDS + " s; the state is " + state());
            }
            reader.change(change);
            if (reader.isWaiting()) {
                throw new AssertionError("a change before " + change + " is missing");
            }
        }
        return state();
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
