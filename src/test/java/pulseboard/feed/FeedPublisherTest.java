package pulseboard.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FeedPublisherTest {

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<JsonObject> changes = new LinkedBlockingQueue<>();
    private String deployment = "";

    /** A board whose states come over the bus, so that it is used on its own context as the real ones are. */
    private static final class Board extends VerticleBase {
        @Override
        public Future<?> start() {
            FeedPublisher publisher = new FeedPublisher(vertx, BoardInfo.of("trial", "Trial"));
            Future<?> states = vertx.eventBus()
                    .<JsonObject>consumer("states", state -> {
                        publisher.publish(state.body());
                        state.reply("published");
                    })
                    .completion();
            return Future.all(publisher.ready(), states);
        }
    }

    @BeforeEach
    void listen() throws Exception {
        vertx.eventBus().<JsonObject>consumer(Addresses.changes("trial"), change -> changes.add(change.body()));
        deployment = deployBoard();
    }

    private String deployBoard() throws Exception {
        return vertx.deployVerticle(new Board()).await(120, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(120, TimeUnit.SECONDS);
    }

    @Test
    void snapshotHoldsWhatWasPublished() throws Exception {
        JsonObject first = publish("{\"a\":1,\"b\":{\"c\":2}}");
        JsonObject second = publish("{\"a\":1,\"b\":{\"c\":3}}");
        assertEquals(new JsonObject("{\"b\":{\"c\":3}}"), second.getJsonObject("patch"));
        JsonObject snapshot = snapshot();
        assertEquals(new JsonObject("{\"a\":1,\"b\":{\"c\":3}}"), snapshot.getJsonObject("state"));
        assertEquals(second.getLong("seq"), snapshot.getLong("seq"));
        assertEquals(first.getLong("seq") + 1, second.getLong("seq"));
        assertEquals(first.getString("epoch"), snapshot.getString("epoch"));
        assertEquals(second.getLong("at"), snapshot.getLong("at"));
    }

    @Test
    void boardAnswersBeforeItWasEverPublished() throws Exception {
        JsonObject snapshot = snapshot();
        assertEquals(0, snapshot.getLong("seq"));
        assertEquals(new JsonObject(), snapshot.getJsonObject("state"));
    }

    @Test
    void equalStateIsNotPublished() throws Exception {
        publish("{\"a\":1}");
        request("states", new JsonObject("{\"a\":1}"));
        assertEquals(1, snapshot().getLong("seq"));
        assertTrue(changes.isEmpty());
    }

    @Test
    void heartbeatComesWhenNothingChanges() throws Exception {
        publish("{\"a\":1}");
        long published = System.nanoTime();
        JsonObject heartbeat = next();
        long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - published);
        assertEquals(new JsonObject(), heartbeat.getJsonObject("patch"));
        assertEquals(2, heartbeat.getLong("seq"));
        assertTrue(silence >= Feed.HEARTBEAT_MILLISECONDS - 500, "after " + silence + " ms");
        assertEquals(2, snapshot().getLong("seq"));
    }

    @Test
    void newRunOfABoardHasAnotherEpoch() throws Exception {
        String before = snapshot().getString("epoch");
        vertx.undeploy(deployment).await(120, TimeUnit.SECONDS);
        deployBoard();
        assertNotEquals(before, snapshot().getString("epoch"));
    }

    /** Publishes a state that is a change, and returns that change. */
    private JsonObject publish(String state) throws Exception {
        request("states", new JsonObject(state));
        return next();
    }

    private JsonObject next() throws InterruptedException {
        JsonObject change = changes.poll(120, TimeUnit.SECONDS);
        if (change == null) {
            throw new AssertionError("no change within 30 s");
        }
        assertNull(change.getValue("state"));
        return change;
    }

    private JsonObject snapshot() throws Exception {
        return (JsonObject) request(Addresses.snapshot("trial"), new JsonObject());
    }

    private Object request(String address, JsonObject body) throws Exception {
        return vertx.eventBus()
                .request(address, body)
                .await(120, TimeUnit.SECONDS)
                .body();
    }
}
