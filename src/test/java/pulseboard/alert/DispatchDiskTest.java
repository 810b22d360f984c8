package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.alert.channel.ChannelContext;
import pulseboard.alert.channel.Readers;

/** What is to be sent is on disk before, with a disk that answers when the test lets it. */
@Tag("system")
class DispatchDiskTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<Promise<Boolean>> writes = new CopyOnWriteArrayList<>();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Dispatch dispatch;

    private volatile boolean isJudging = true;

    /** Alerts without boards, whose disk waits for the test. */
    private final class Alerts implements Dispatch.Owner {

        @Override
        public long now() {
            return System.currentTimeMillis();
        }

        @Override
        public Map<String, JsonObject> shown() {
            return Map.of();
        }

        @Override
        public boolean isJudging() {
            return isJudging;
        }

        @Override
        public Future<Boolean> settle() {
            Batch batch = new Batch();
            dispatch.take(List.of(), batch);
            return batch.isEmpty() ? Future.succeededFuture(true) : write();
        }

        @Override
        public void publish() {}
    }

    private Future<Boolean> write() {
        Promise<Boolean> write = Promise.promise();
        writes.add(write);
        dispatch.keeping(write.future());
        return write.future();
    }

    private void begin(long diskPatience) {
        begin(diskPatience, TimeUnit.HOURS.toMillis(1));
    }

    private void begin(long diskPatience, long minute) {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    received.add(
                            body.length() == 0 ? "beat" : body.toJsonObject().getString("subject"));
                    request.response().end();
                }));
        int port = server.listen(0, "127.0.0.1").await().actualPort();
        JsonObject hook = JsonObject.of("kind", "webhook", "url", "http://127.0.0.1:" + port + "/")
                .put("allow", new JsonArray().add("127.0.0.1"));
        JsonObject heart = JsonObject.of("kind", "heartbeat", "url", "http://127.0.0.1:" + port + "/")
                .put("allow", new JsonArray().add("127.0.0.1"));
        JsonObject route = JsonObject.of("name", "all", "channels", "hook", "wait", "0s");
        JsonObject parts = JsonObject.of("channels", JsonObject.of("hook", hook, "heart", heart))
                .put("routes", new JsonArray().add(route));
        on(() -> {
            dispatch = new Dispatch(
                    vertx,
                    ChannelContext.of(folder, Readers.ALL),
                    new Alerts(),
                    new Speaker("web1", "", diskPatience, minute));
            dispatch.settings(parts);
        });
        answer();
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    /** Does something on the context of the alerts, and waits for it. */
    private void on(Runnable deed) {
        Promise<Boolean> done = Promise.promise();
        context.runOnContext(here -> {
            deed.run();
            done.complete(true);
        });
        done.future().await();
    }

    /** All that was written is on disk now. */
    private void answer() {
        on(() -> writes.forEach(write -> write.tryComplete(true)));
    }

    private void fire() {
        long now = System.currentTimeMillis();
        JsonObject alert = JsonObject.of("rule", "full", "text", "/srv is full", "level", "warning");
        on(() -> {
            Batch batch = new Batch();
            dispatch.take(List.of(new Transition("full", Transition.Kind.FIRING, now, alert)), batch);
            assertEquals(
                    true, batch.writes().stream().anyMatch(each -> each.map().equals("outbox")));
            write();
        });
    }

    /** All that could be sent now has been, since a test goes the same way after it. */
    private void awaitTest() throws Exception {
        on(() -> dispatch.test("hook", "").onComplete(any -> received.add("tested")));
        Until.isTrue("the test came", () -> received.contains("tested"));
    }

    @Test
    void messageIsSentAfterItIsOnDisk() throws Exception {
        begin(TimeUnit.HOURS.toMillis(1));
        fire();
        on(() -> dispatch.keeping(Future.succeededFuture(true))); // Another write is done, and this one is not.
        awaitTest();
        received.removeIf("beat"::equals);
        assertEquals(List.of("Test of the channel hook", "tested"), received);
        answer();
        Until.isTrue("it came", () -> received.contains("/srv is full"));
    }

    /** A minute is short here. */
    @Test
    void whoHearsEachMinuteIsToldAgainAndAgainWhileAnythingIsJudged() throws Exception {
        begin(TimeUnit.HOURS.toMillis(1), 50);
        Until.isTrue("the heart beats", () -> beats() > 3);
        isJudging = false;
        awaitNoMoreBeats();
        isJudging = true;
        long before = beats();
        Until.isTrue("it beats again", () -> beats() > before);
    }

    private long beats() {
        return received.stream().filter("beat"::equals).count();
    }

    /** What was on its way has come, and of the minutes after that none. */
    private void awaitNoMoreBeats() throws Exception {
        long[] seen = {-1};
        Until.isTrue("it stops", () -> {
            vertx.timer(500, TimeUnit.MILLISECONDS).await();
            boolean isSame = seen[0] == beats();
            seen[0] = beats();
            return isSame;
        });
    }

    @Test
    void diskThatDoesNotAnswerHoldsItUpForAWhileOnly() throws Exception {
        begin(1_000);
        fire();
        Until.isTrue("it came", () -> received.contains("/srv is full"));
    }
}
