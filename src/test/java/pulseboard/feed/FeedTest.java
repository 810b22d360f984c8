package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FeedTest {

    private final AtomicLong clock = new AtomicLong(1_000);
    private final Feed feed = new Feed("e1", clock::get);

    @Test
    void boardStartsEmptyAtZero() {
        assertEquals(new Snapshot("e1", 0, 1_000, new JsonObject()), feed.snapshot());
    }

    @Test
    void eachChangeIsNumberedOneHigher() {
        for (int value = 1; value <= 5; value++) {
            Change change = feed.update(new JsonObject().put("a", value)).orElseThrow();
            assertEquals(value, change.seq());
            assertEquals("e1", change.epoch());
        }
    }

    @Test
    void equalStateIsNoChange() {
        feed.update(new JsonObject().put("a", 1));
        clock.set(2_000);
        assertEquals(Optional.empty(), feed.update(new JsonObject().put("a", 1)));
        assertEquals(new Snapshot("e1", 1, 1_000, new JsonObject().put("a", 1)), feed.snapshot());
    }

    @Test
    void heartbeatIsEmptyAndNumbered() {
        feed.update(new JsonObject().put("a", 1));
        clock.set(2_000);
        Change heartbeat = feed.heartbeat();
        assertEquals(new Change("e1", 2, 2_000, new JsonObject()), heartbeat);
        assertEquals(new Snapshot("e1", 2, 2_000, new JsonObject().put("a", 1)), feed.snapshot());
    }

    @Test
    void changeCarriesOnlyTheDifference() {
        feed.update(new JsonObject().put("a", 1).put("b", 2));
        Change change = feed.update(new JsonObject().put("a", 1)).orElseThrow();
        assertEquals(new JsonObject().putNull("b"), change.patch());
    }

    @Test
    void changeAndSnapshotTravelAsTheProtocolSays() {
        Change change = feed.update(new JsonObject().put("a", 1)).orElseThrow();
        assertEquals(
                new JsonObject("{\"epoch\":\"e1\",\"seq\":1,\"at\":1000,\"patch\":{\"a\":1}}").encode(),
                change.toJson().encode());
        assertEquals(
                "{\"epoch\":\"e1\",\"seq\":1,\"at\":1000,\"state\":{\"a\":1}}",
                feed.snapshot().toJson().encode());
    }

    @Test
    void snapshotAtAnyMomentFitsTheChangesAfterIt() {
        Snapshot early = feed.snapshot();
        Change change = feed.update(new JsonObject().put("a", 1)).orElseThrow();
        assertTrue(change.seq() == early.seq() + 1);
        assertEquals(feed.snapshot().state(), MergePatch.apply(early.state(), change.patch()));
    }
}
