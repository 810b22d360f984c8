package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import pulseboard.board.uploads.config.TriggerConfig;

/** A server that refuses all that goes side by side is given less, a few times. */
class ServerRoomTest {

    private static final Account ONE = new Account("1", "one", "one:");
    private static final Account OTHER = new Account("2", "other", "other:");
    private static final TriggerConfig QUOTA = new TriggerConfig("QuotaExceeded", 1, 60, 24);

    private final ServerRoom room = new ServerRoom();

    @Test
    void halfAsMuchIsTriedThreeTimes() {
        assertEquals(Long.MAX_VALUE, room.most(ONE));
        assertTrue(room.isWorthLess(ONE, QUOTA, 80));
        assertEquals(40, room.most(ONE));
        assertTrue(room.isWorthLess(ONE, QUOTA, 40));
        assertTrue(room.isWorthLess(ONE, QUOTA, 20));
        assertEquals(10, room.most(ONE));
        assertFalse(room.isWorthLess(ONE, QUOTA, 10));
        assertEquals(Optional.of(QUOTA), room.trigger(ONE));
    }

    @Test
    void otherAccountsKnowNothingOfIt() {
        assertTrue(room.isWorthLess(ONE, QUOTA, 80));
        assertEquals(Long.MAX_VALUE, room.most(OTHER));
        assertEquals(Optional.empty(), room.trigger(OTHER));
    }

    @Test
    void afterItsRestItIsAsBefore() {
        assertTrue(room.isWorthLess(ONE, QUOTA, 80));
        room.forget(ONE);
        assertEquals(Long.MAX_VALUE, room.most(ONE));
        assertEquals(Optional.empty(), room.trigger(ONE));
    }

    @Test
    void whereNothingWasUnderWayThereIsNothingLess() {
        assertFalse(room.isWorthLess(ONE, QUOTA, 0));
    }

    @Test
    void onlyTheQuotaOfAServerIsLookedAtByTheRequest() {
        assertTrue(Triggers.isOfServer(QUOTA));
        assertFalse(Triggers.isOfServer(new TriggerConfig("storageQuotaExceeded", 1, 60, 24)));
    }
}
