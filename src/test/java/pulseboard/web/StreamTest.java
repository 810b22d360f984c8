package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.web.EventStream.Event;

@ExtendWith(VertxExtension.class)
class StreamTest {

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    private static Replica replica(EventStream stream) {
        Event first = stream.next();
        assertEquals("snapshot", first.name());
        return new Replica(first.data());
    }

    private static void follow(EventStream stream, Replica replica, int count) {
        Wait.Deadline deadline = new Wait.Deadline("count");
        while (replica.state().getInteger("count") != count) {
            Event event = stream.next();
            assertEquals("change", event.name());
            replica.apply(event.data());
            deadline.check();
        }
    }

    @Test
    void snapshotComesFirstAndChangesFollowWithoutAHole() {
        EventStream stream = EventStream.open(site, Site.BOARD);
        Replica replica = replica(stream);
        for (int i = 1; i <= 100; i++) {
            site.board.count(i);
            follow(stream, replica, i);
        }
        assertEquals(site.state(), replica.state());
    }

    @Test
    void headersSuitAStream() {
        EventStream stream = EventStream.open(site, Site.BOARD);
        assertEquals("text/event-stream", stream.response.getHeader("Content-Type"));
        assertEquals("no-store", stream.response.getHeader("Cache-Control"));
        assertEquals("no", stream.response.getHeader("X-Accel-Buffering"));
    }

    @Test
    void streamOpenedDuringManyChangesMissesNone() {
        List<Future<Void>> published = new ArrayList<>();
        List<EventStream> streams = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            published.add(site.board.publishing(new JsonObject().put("count", i)));
            if (i % 20 == 0) {
                streams.add(EventStream.open(site, Site.BOARD));
            }
        }
        Wait.on(Future.all(published));
        for (EventStream stream : streams) {
            Replica replica = replica(stream);
            follow(stream, replica, 200);
        }
    }

    @Test
    void viewersOfOneBoardComeAndGoIndependently() {
        EventStream first = EventStream.open(site, Site.BOARD);
        EventStream second = EventStream.open(site, Site.BOARD);
        replica(first);
        Replica replica = replica(second);
        first.close();
        site.board.count(1);
        follow(second, replica, 1);
        second.close();

        EventStream third = EventStream.open(site, Site.BOARD);
        replica = replica(third);
        site.board.count(2);
        follow(third, replica, 2);
    }

    @Test
    void newEpochOfTheBoardBringsANewSnapshot(Vertx vertx) {
        EventStream stream = EventStream.open(site, Site.BOARD);
        replica(stream);
        site.stopBoard();
        TestBoard again = new TestBoard(Site.BOARD);
        Wait.on(vertx.deployVerticle(again));
        again.count(5);

        Replica replica = replica(stream);
        follow(stream, replica, 5);
    }

    @Test
    void streamOfABoardThatIsGoneIsRefused() {
        site.stopBoard();
        HttpResponse<Buffer> answer = site.get("/api/boards/test/stream");
        assertEquals(503, answer.statusCode());
        assertEquals("board_unavailable", answer.bodyAsJsonObject().getString("error"));
    }

    @Test
    void readerThatStopsReadingGetsASnapshotInsteadOfWhatItMissed() {
        int size = 16_384;
        int changes = 4000;
        EventStream stream = EventStream.open(site, Site.BOARD);
        replica(stream);
        stream.response.pause();
        for (int i = 1; i <= changes; i++) {
            site.board.publish(
                    JsonObject.of("count", i, "text", Integer.toString(i % 10).repeat(size)));
        }
        BridgeClient barrier = site.watcher(); // All changes have gone through the web side before its snapshot does.
        stream.response.resume();

        Replica replica = new Replica(nextSnapshot(stream, changes));
        assertTrue(stream.bytes() < (long) changes * size / 2, () -> "kept for it: " + stream.bytes() + " bytes");
        site.board.count(-1);
        barrier.awaitCount(-1);
        follow(stream, replica, -1);
        assertEquals(site.state(), replica.state());
    }

    /** Publishes small changes, of which each may bring it, until one does. */
    private JsonObject nextSnapshot(EventStream stream, int count) {
        Wait.Deadline deadline = new Wait.Deadline("snapshot");
        for (int i = count + 1; ; i++) {
            site.board.count(i);
            site.get("/api/boards");
            while (stream.hasNext()) {
                Event event = stream.next();
                if (event.name().equals("snapshot")) {
                    return event.data();
                }
            }
            deadline.check();
        }
    }
}
