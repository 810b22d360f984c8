package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
class HeartbeatTest {

    private static final Minutely.Firing QUIET = new Minutely.Firing("web1", List.of(), "", Messages.AT);

    private Receiver receiver;
    private ChannelMaker maker;

    @BeforeEach
    void start(Vertx vertx, @TempDir Path folder) {
        receiver = Receiver.start(vertx);
        maker = new ChannelMaker(vertx, folder);
        maker.variables.put("URL", receiver.address() + "/ping/u-u-i-d");
    }

    private Minutely heartbeat() {
        return (Minutely) maker.of(JsonObject.of("kind", "heartbeat", "urlEnv", "URL", "allow", "127.0.0.1"));
    }

    @Test
    void beatAsksForTheAddress() {
        assertEquals("200 OK: ok", heartbeat().tick(QUIET).await());
        assertEquals(
                "GET /ping/u-u-i-d",
                receiver.one().request().method() + " "
                        + receiver.one().request().uri());
    }

    @Test
    void failureIsToldWithoutTheAddress() {
        receiver.answer = request -> request.response().setStatusCode(404).end("no " + request.uri());
        assertEquals(
                "127.0.0.1:" + receiver.port() + " answered 404 Not Found: no …",
                ChannelMaker.failure(heartbeat().tick(QUIET)).getMessage());
    }

    @Test
    void testBeatsAndMessagesAreNotForIt() {
        heartbeat().send(Messages.test()).await();
        assertEquals(1, receiver.received.size());
        ChannelFailure failure = ChannelMaker.failure(heartbeat().send(Messages.firing()));
        assertTrue(failure.isForGood());
        assertEquals(1, receiver.received.size());
    }
}
