package pulseboard.top;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class ReplicaTest {

    private final Replica replica = new Replica();

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
        replica.change(change("e", 4, 40));
        replica.change(change("e", 5, 50));
        replica.change(change("e", 6, 60));
        assertTrue(replica.isWaiting());
        replica.snapshot(snapshot("e", 5, 5));
        holds(60);
        assertEquals(6, replica.at());
        assertFalse(replica.isWaiting());
    }

    @Test
    void holeInTheNumbersWantsASnapshot() {
        replica.snapshot(snapshot("e", 1, 1));
        replica.change(change("e", 3, 3));
        assertTrue(replica.isWaiting());
        holds(1);
        replica.snapshot(snapshot("e", 2, 2));
        holds(3);
    }

    @Test
    void otherEpochWantsASnapshot() {
        replica.snapshot(snapshot("e", 7, 7));
        replica.change(change("f", 8, 8));
        assertTrue(replica.isWaiting());
        replica.snapshot(snapshot("f", 9, 9));
        holds(9);
        assertEquals("f", replica.epoch());
    }

    @Test
    void oldChangeAndSnapshotThatNobodyAskedForAreDropped() {
        replica.snapshot(snapshot("e", 5, 5));
        replica.change(change("e", 5, 50));
        replica.snapshot(snapshot("e", 9, 90));
        holds(5);
        assertFalse(replica.isWaiting());
    }

    @Test
    void newRegistrationForgetsWhatWasKept() {
        replica.change(change("e", 2, 20));
        replica.restart();
        replica.snapshot(snapshot("e", 1, 1));
        holds(1);
    }

    @Test
    void noMoreThanSoManyAreKept() {
        for (int seq = 2; seq < 1000; seq++) {
            replica.change(change("e", seq, seq));
        }
        replica.snapshot(snapshot("e", 1, 1));
        assertTrue(replica.isWaiting(), "the first ones are gone");
    }

    @Test
    void whatIsNoBoardIsRefused() {
        assertThrows(RuntimeException.class, () -> replica.snapshot(new JsonObject("{\"state\":7}")));
        assertThrows(RuntimeException.class, () -> replica.snapshot(new JsonObject("{}")));
        assertThrows(RuntimeException.class, () -> replica.change(new JsonObject("{\"epoch\":\"e\"}")));
        replica.snapshot(snapshot("e", 1, 1));
        assertThrows(
                RuntimeException.class,
                () -> replica.change(new JsonObject("{\"epoch\":\"e\",\"seq\":2,\"at\":2,\"patch\":[]}")));
    }
}
