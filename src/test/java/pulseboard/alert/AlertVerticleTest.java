package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.alert.channel.Readers;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.RuleInfo;

/** Boards that bring rules are judged as they come, change and go. */
class AlertVerticleTest {

    private static final int SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();

    @TempDir
    private Path folder;

    @BeforeEach
    void deploy() throws Exception {
        await(vertx.deployVerticle(new DirectoryVerticle()));
        await(vertx.deployVerticle(new AlertVerticle(
                new AlertConfig(true, folder.resolve("alerts.d").toString(), ""), folder, "web1", Readers.ALL)));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }

    private JsonObject ask(String address) throws Exception {
        return await(vertx.eventBus().<JsonObject>request(address, new JsonObject()))
                .body();
    }

    private JsonObject verdict() throws Exception {
        return ask(Addresses.VERDICT);
    }

    private void awaitLevel(String level) throws Exception {
        Until.isTrue(
                "the verdict is " + level, () -> verdict().getString("level").equals(level));
    }

    private FeedPublisher tank(String name) throws Exception {
        BoardInfo info = BoardInfo.of(name, name)
                .judgedBy(List.of(RuleInfo.of("empty", "litres", "there are {{value}} litres left")
                        .warns("below 20")
                        .alarms("below 5")));
        FeedPublisher publisher = new FeedPublisher(vertx, info);
        await(publisher.ready());
        return publisher;
    }

    @Test
    void verdictFollowsTheBoards() throws Exception {
        assertEquals("unknown", verdict().getString("level"));
        FeedPublisher tank = tank("tank");
        tank.publish(JsonObject.of("litres", 50));
        awaitLevel("ok");
        assertEquals("All is well.", verdict().getString("text"));
        long since = verdict().getLong("since");
        tank.publish(JsonObject.of("litres", 3));
        awaitLevel("critical");
        assertEquals("There are 3 litres left.", verdict().getString("text"));
        assertTrue(verdict().getLong("since") >= since);
        JsonObject part = verdict().getJsonArray("parts").getJsonObject(0);
        assertEquals("tank", part.getString("board"));
        assertEquals("litres", part.getString("section"));
        assertEquals("litres", part.getString("watch"), "the page marks what this path leads to");
        tank.publish(JsonObject.of("litres", 10));
        awaitLevel("warning");
        FeedPublisher other = tank("other");
        other.publish(JsonObject.of("litres", 1));
        awaitLevel("critical");
        other.close();
        awaitLevel("warning");
        tank.close();
        awaitLevel("unknown");
    }

    @Test
    void boardSaysTheSame() throws Exception {
        FeedPublisher tank = tank("tank");
        tank.publish(JsonObject.of("litres", 3));
        awaitLevel("critical");
        JsonObject state = ask(Addresses.snapshot("alerts")).getJsonObject("state");
        assertEquals("critical", state.getJsonObject("verdict").getString("level"));
        JsonObject alert = state.getJsonObject("alerts").getJsonObject(AlertId.of("tank", "empty", ""));
        assertEquals("firing", alert.getString("state"));
        assertEquals("there are 3 litres left", alert.getString("text"));
        assertEquals(1 + Presence.RULES.size(), state.getJsonObject("engine").getInteger("rulesCount"));
        tank.close();
    }
}
