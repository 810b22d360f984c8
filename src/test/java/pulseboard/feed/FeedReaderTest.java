package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class FeedReaderTest {

    private final Replica replica = new Replica();
    private final FeedReader reader = new FeedReader(replica);

    private static JsonObject change(String epoch, long seq, int count) {
        return JsonObject.of("epoch", epoch, "seq", seq, "at", seq, "patch", JsonObject.of("count", count));
    }

    private static JsonObject snapshot(String epoch, long seq, int count) {
        return JsonObject.of("epoch", epoch, "seq", seq, "at", seq, "state", JsonObject.of("count", count, "b", 1));
    }

    private void holds(int count) {
        assertEquals(JsonObject.of("count", count, "b", 1), replica.state());
    }

    @Test
    void changesBeforeTheSnapshotAreKeptAndOldOnesDropped() {
        reader.change(change("e", 4, 40));
        reader.change(change("e", 5, 50));
        reader.change(change("e", 6, 60));
        assertTrue(reader.isWaiting());
        reader.snapshot(snapshot("e", 5, 5));
        holds(60);
        assertEquals(6, replica.at());
        assertFalse(reader.isWaiting());
    }

    @Test
    void holeInTheNumbersWantsASnapshot() {
        reader.snapshot(snapshot("e", 1, 1));
        reader.change(change("e", 3, 3));
        assertTrue(reader.isWaiting());
        holds(1);
        reader.snapshot(snapshot("e", 2, 2));
        holds(3);
    }

    @Test
    void otherEpochWantsASnapshot() {
        reader.snapshot(snapshot("e", 7, 7));
        reader.change(change("f", 8, 8));
        assertTrue(reader.isWaiting());
        reader.snapshot(snapshot("f", 9, 9));
        holds(9);
        assertEquals("f", reader.epoch());
    }

    @Test
    void oldChangeAndSnapshotThatNobodyAskedForAreDropped() {
        reader.snapshot(snapshot("e", 5, 5));
        reader.change(change("e", 5, 50));
        reader.snapshot(snapshot("e", 9, 90));
        holds(5);
        assertFalse(reader.isWaiting());
    }

    @Test
    void newRegistrationForgetsWhatWasKept() {
        reader.change(change("e", 2, 20));
        reader.restart();
        reader.snapshot(snapshot("e", 1, 1));
        holds(1);
    }

    @Test
    void noMoreThanSoManyAreKept() {
        for (int seq = 2; seq < 1000; seq++) {
            reader.change(change("e", seq, seq));
        }
        reader.snapshot(snapshot("e", 1, 1));
        assertTrue(reader.isWaiting(), "the first ones are gone");
    }

    @Test
    void whatIsNoBoardIsRefused() {
        assertThrows(RuntimeException.class, () -> reader.snapshot(new JsonObject("{\"state\":7}")));
        assertThrows(RuntimeException.class, () -> reader.snapshot(new JsonObject("{}")));
        assertThrows(RuntimeException.class, () -> reader.change(new JsonObject("{\"epoch\":\"e\"}")));
        reader.snapshot(snapshot("e", 1, 1));
        assertThrows(
                RuntimeException.class,
                () -> reader.change(new JsonObject("{\"epoch\":\"e\",\"seq\":2,\"at\":2,\"patch\":[]}")));
    }
}
