package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.alert.channel.Readers;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.RuleInfo;

/** From a figure that is not well to a receiver that is told, with files, disk and a server as they are. */
@Tag("system")
class DispatchTest {

    private static final int SECONDS = 120;
    private static final String HOOK = "  %s: {kind: webhook, url: \"http://127.0.0.1:%d/%s\", allow: [127.0.0.1]}\n";

    /** What came to the server. */
    private record Received(String path, String key, JsonObject message) {
        String subject() {
            return message.getString("subject", "");
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile String refused = "";

    @TempDir
    private Path folder;

    private String deployment = "";
    private int port;

    @BeforeEach
    void deploy() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    if (request.path().equals(refused)) {
                        request.response().setStatusCode(503).end("no room");
                    } else {
                        String key = String.valueOf(request.getHeader("Idempotency-Key"));
                        received.add(new Received(request.path(), key, body.toJsonObject()));
                        request.response().end("thank you");
                    }
                }));
        port = await(server.listen(0, "127.0.0.1")).actualPort();
        await(vertx.deployVerticle(new DirectoryVerticle()));
        write("routes:\n  - {name: all, channels: [one], wait: 0s}\n");
        start();
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private void write(String routes) throws Exception {
        Path files = Files.createDirectories(folder.resolve("alerts.d"));
        String channels = "channels:\n" + HOOK.formatted("one", port, "one") + HOOK.formatted("two", port, "two");
        Files.writeString(files.resolve("messages.yaml"), channels + routes);
    }

    private void start() throws Exception {
        AlertConfig config =
                new AlertConfig(true, folder.resolve("alerts.d").toString(), "https://monitor.example.net");
        deployment = await(vertx.deployVerticle(new AlertVerticle(config, folder, "web1", Readers.ALL)));
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(SECONDS, TimeUnit.SECONDS);
    }

    private FeedPublisher tank() throws Exception {
        FeedPublisher tank = new FeedPublisher(
                vertx,
                BoardInfo.of("tank", "Tank")
                        .judgedBy(List.of(RuleInfo.of("empty", "litres", "there are {{value}} litres left")
                                .alarms("below 5"))));
        await(tank.ready());
        return tank;
    }

    private static void fill(FeedPublisher tank, int litres) {
        tank.publish(JsonObject.of("litres", litres));
    }

    private JsonObject board() throws Exception {
        return await(vertx.eventBus().<JsonObject>request(Addresses.snapshot("alerts"), new JsonObject()))
                .body()
                .getJsonObject("state");
    }

    private JsonObject act(String action, JsonObject body) throws Exception {
        JsonObject request = JsonObject.of("action", action, "body", body, "who", "ada");
        return await(vertx.eventBus().<JsonObject>request(Addresses.actions("alerts"), request))
                .body();
    }

    private void awaitReceived(int count) throws Exception {
        Until.isTrue(count + " messages came", () -> received.size() >= count);
        assertEquals(count, received.size(), received::toString);
    }

    @Test
    void beginningAndEndReachTheReceiver() throws Exception {
        FeedPublisher tank = tank();
        fill(tank, 3);
        awaitReceived(1);
        Received beginning = received.get(0);
        assertEquals("/one", beginning.path());
        assertEquals("there are 3 litres left", beginning.subject());
        assertEquals("web1", beginning.message().getString("host"));
        assertEquals(
                "https://monitor.example.net/#/boards/alerts",
                beginning.message().getString("link"));
        Until.isTrue(
                "the board says so",
                () -> board().getJsonObject("channels").getJsonObject("one").containsKey("since"));
        assertTrue(board().getJsonObject("channels").getJsonObject("one").getBoolean("ok"));
        JsonObject alerts = board().getJsonObject("alerts");
        assertEquals(
                1, alerts.getJsonObject(alerts.fieldNames().iterator().next()).getInteger("messageCount"));
        fill(tank, 50);
        awaitReceived(2);
        assertEquals("resolved", received.get(1).message().getString("kind"));
    }

    @Test
    void silenceHoldsBackUntilItIsTakenBack() throws Exception {
        FeedPublisher tank = tank();
        long until = System.currentTimeMillis() + 3_600_000;
        JsonObject silence =
                act("silence", JsonObject.of("rules", "emp*, other", "untilMilliseconds", until, "why", "we fill it"));
        String id = silence.getString("id");
        assertEquals("ada", board().getJsonObject("silences").getJsonObject(id).getString("by"));
        fill(tank, 3);
        Until.isTrue(
                "it is known to be silenced",
                () -> board().getJsonObject("alerts").stream()
                        .anyMatch(each -> ((JsonObject) each.getValue()).containsKey("silencedUntil")));
        assertEquals(List.of(), received);
        act("unsilence", JsonObject.of("id", id));
        awaitReceived(1);
        assertEquals(new JsonObject(), board().getJsonObject("silences"));
        assertRefused("unknown_silence", "unsilence", JsonObject.of("id", id));
        assertRefused("bad_parameter", "silence", JsonObject.of("untilMilliseconds", until));
        assertRefused("bad_parameter", "silence", JsonObject.of("rules", "*", "untilMilliseconds", 1));
    }

    private void assertRefused(String word, String action, JsonObject body) {
        String message = String.valueOf(
                assertThrows(ReplyException.class, () -> act(action, body)).getMessage());
        assertTrue(message.startsWith(word + ": "), message);
    }

    @Test
    void anotherChannelIsToldThatOneFailsAndTheMessageIsNotLost() throws Exception {
        refused = "/one";
        FeedPublisher tank = tank();
        fill(tank, 3);
        awaitReceived(1);
        assertEquals("/two", received.get(0).path());
        assertTrue(received.get(0).subject().startsWith("the channel one takes no messages ("), received::toString);
        JsonObject one = board().getJsonObject("channels").getJsonObject("one");
        assertFalse(one.getBoolean("ok"));
        assertEquals(1, one.getInteger("waitingCount"));
        assertTrue(one.getString("reason").contains("no room"), one::encode);
        await(vertx.undeploy(deployment)); // What waits outlasts a restart.
        refused = "";
        start();
        awaitReceived(3);
        assertEquals(
                List.of("/one there are 3 litres left", "/two over"),
                received.stream()
                        .skip(1)
                        .map(each -> each.path() + " " + each.subject().split(" after ", 2)[0])
                        .toList());
    }

    @Test
    void testSaysWhatTheOtherSideAnswered() throws Exception {
        assertTrue(
                act("test", JsonObject.of("channel", "two")).getString("answer").contains("thank you"));
        assertEquals("test", received.get(0).message().getString("kind"));
        refused = "/two";
        assertRefused("channel_failed", "test", JsonObject.of("channel", "two"));
        assertRefused("unknown_channel", "test", JsonObject.of("channel", "three"));
    }

    @Test
    void wrongRouteIsShownAndCountsAsItWas() throws Exception {
        write("routes:\n  - {name: all, chanels: [one]}\n");
        Until.isTrue(
                "the mistake is shown",
                () -> board().getJsonObject("problems").encode().contains("chanels"));
        FeedPublisher tank = tank();
        fill(tank, 3);
        awaitReceived(1);
        assertEquals("/one", received.get(0).path());
        write("routes:\n  - {name: all, channels: [two], wait: 0s}\n");
        Until.isTrue("nothing is wrong", () -> board().getJsonObject("problems").isEmpty());
        awaitReceived(2);
        assertEquals("/two", received.get(1).path(), "who is new is told what fires");
        assertEquals(new JsonArray().size(), board().getJsonObject("silences").size());
    }

    @Test
    void whatSomebodyChoseForThemselvesCountsAlsoAfterARestart() throws Exception {
        await(vertx.undeploy(deployment));
        write("people:\n  ada: {channels: [one, two]}\nroutes:\n  - {name: all, users: [ada], wait: 0s}\n");
        start();
        JsonObject always = JsonObject.of("from", "00:00", "to", "24:00", "zone", "UTC");
        JsonObject choice = JsonObject.of("severity", "warning", "channels", "two", "quietHours", always);
        assertTrue(act("set-notifications", choice).getBoolean("kept"));
        await(vertx.undeploy(deployment));
        start();
        FeedPublisher tank = tank();
        fill(tank, 3);
        Until.isTrue("it fires", () -> board().getJsonObject("alerts").encode().contains("firing"));
        act("set-notifications", JsonObject.of("severity", "critical", "channels", "two"));
        awaitReceived(1);
        assertEquals("/two", received.get(0).path());
        act("reset-notifications", new JsonObject());
        awaitReceived(2);
        assertEquals("/one", received.get(1).path(), "the files name this one as well");
        assertRefused("bad_parameter", "set-notifications", JsonObject.of("severity", "warning", "channels", "three"));
        assertRefused("bad_parameter", "set-notifications", JsonObject.of("severity", "loud"));
    }
}
