package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.feed.Change;
import pulseboard.feed.Snapshot;

/** What is sent of a board, and what is not sent while the connection takes nothing. */
@ExtendWith(VertxExtension.class)
class WatchedBoardTest implements WatchedBoard.Out {

    private final List<Snapshot> snapshots = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean isReady = true;

    @SuppressWarnings("NullAway.Init")
    private WatchedBoard board;

    @BeforeEach
    void begin(Vertx vertx) {
        board = new WatchedBoard(vertx, "toy", 0, this);
    }

    @Override
    public boolean isReady() {
        return isReady;
    }

    @Override
    public void send(Snapshot snapshot) {
        snapshots.add(snapshot);
    }

    @Override
    public void send(Change change) {
        changes.add(change);
    }

    private static JsonObject json(String text) {
        return new JsonObject(text);
    }

    private void take(long seq, String patch) {
        board.apply(new Change("local", seq, 1, json(patch)));
    }

    @Test
    void firstIsTheStateAndThenComeItsChanges() {
        board.replace(new Snapshot("local", 40, 1, json("{\"a\":1}")));
        take(41, "{\"a\":2}");
        assertEquals(json("{\"a\":1}"), snapshots.get(0).state());
        assertEquals(json("{\"a\":2}"), changes.get(0).patch());
        assertEquals(snapshots.get(0).epoch(), changes.get(0).epoch());
        assertEquals(snapshots.get(0).seq() + 1, changes.get(0).seq());
    }

    @Test
    void whatWasNotTakenIsInTheNextChangeAndNoNumberIsMissing() {
        board.replace(new Snapshot("local", 40, 1, json("{\"a\":1,\"b\":{\"c\":1},\"d\":1}")));
        isReady = false;
        take(41, "{\"a\":2,\"b\":null}");
        take(42, "{\"b\":{\"e\":5},\"d\":9}");
        take(43, "{\"d\":1}");
        assertEquals(List.of(), changes);
        isReady = true;
        board.flush();
        assertEquals(1, changes.size());
        // Not the patches put together, which could not say that b.c is gone and b is there again.
        assertEquals(
                json("{\"a\":2,\"b\":{\"e\":5,\"c\":null}}"), changes.get(0).patch());
        assertEquals(snapshots.get(0).seq() + 1, changes.get(0).seq());
    }

    @Test
    void anotherRunOfTheBoardIsOneChangeMore() {
        board.replace(new Snapshot("local", 40, 1, json("{\"a\":1,\"b\":1}")));
        board.replace(new Snapshot("other", 0, 1, json("{\"a\":1}")));
        assertEquals(1, snapshots.size());
        assertEquals(JsonObject.of("b", null), changes.get(0).patch());
    }

    /** Its answer may still be on the way when nobody wants it any more. */
    @Test
    void nothingIsSentAfterItWasClosed() {
        board.close();
        board.replace(new Snapshot("local", 40, 1, json("{\"a\":1}")));
        assertEquals(List.of(), snapshots);
    }

    @Test
    void nothingIsSentBeforeTheFirstState() {
        board.flush();
        assertFalse(board.hasBegun());
        assertEquals(List.of(), snapshots);
    }
}
