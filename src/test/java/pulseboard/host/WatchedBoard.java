package pulseboard.host;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import pulseboard.bus.Addresses;
import pulseboard.feed.MergePatch;

/** What a viewer of one board sees, kept up to date over the event bus. */
final class WatchedBoard {

    private static final int PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final String board;
    private final BlockingQueue<JsonObject> changes = new LinkedBlockingQueue<>();
    private JsonObject state = new JsonObject();
    private long seq = -1;

    /** Starts listening; to be made before the board is deployed, or at any time after. */
    WatchedBoard(Vertx vertx, String board) {
        this.vertx = vertx;
        this.board = board;
        vertx.eventBus().<JsonObject>consumer(Addresses.changes(board), change -> changes.add(change.body()));
    }

    /** Asks for the snapshot, which is the state to go on from. */
    JsonObject snapshot() throws Exception {
        JsonObject snapshot = (JsonObject) await(vertx.eventBus().request(Addresses.snapshot(board), new JsonObject()))
                .body();
        state = snapshot.getJsonObject("state");
        seq = snapshot.getLong("seq");
        return state;
    }

    /** Takes changes until the state is as wanted, and returns it. */
    JsonObject awaitState(Predicate<JsonObject> wanted) throws Exception {
        if (seq < 0) {
            snapshot();
        }
        while (!wanted.test(state)) {
            JsonObject change = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (change == null) {
                throw new AssertionError("no change within " + PATIENCE_SECONDS + " s; the state is " + state);
            }
            take(change);
        }
        return state;
    }

    private void take(JsonObject change) {
        long number = change.getLong("seq");
        if (number > seq + 1) {
            throw new AssertionError("change " + (seq + 1) + " is missing");
        }
        if (number == seq + 1 && MergePatch.apply(state, change.getValue("patch")) instanceof JsonObject next) {
            state = next;
            seq = number;
        }
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
