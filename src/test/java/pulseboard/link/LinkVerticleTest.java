package pulseboard.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;

/** The sending end of a link, towards others that do not what they should. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkVerticleTest {

    private static final int SECONDS = 120;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<ServerWebSocket> linked = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void close() throws Exception {
        vertx.close().await(SECONDS, TimeUnit.SECONDS);
    }

    private LinkVerticle link(int port) throws Exception {
        vertx.deployVerticle(new DirectoryVerticle()).await(SECONDS, TimeUnit.SECONDS);
        LinkTarget target = LinkTarget.of("http://127.0.0.1:" + port + "/", "token", null, false);
        LinkVerticle verticle = new LinkVerticle(target, "1", null);
        vertx.deployVerticle(verticle).await(SECONDS, TimeUnit.SECONDS);
        return verticle;
    }

    private int hub() throws Exception {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setWebSocketSubProtocols(List.of(LinkProtocol.SUBPROTOCOL)))
                .webSocketHandler(socket -> {
                    socket.textMessageHandler(text -> heard.add(new JsonObject(text)));
                    linked.add(socket);
                });
        return server.listen(0, "127.0.0.1").await(SECONDS, TimeUnit.SECONDS).actualPort();
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SECONDS, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came within " + SECONDS + " s");
        return next;
    }

    /** It is stopped, or gone without a word: no packet ever says that the connection is no more. */
    @Test
    void hubThatTakesAConnectionAndNeverAnswersIsTriedAgain() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(SECONDS * 1_000);
            link(silent.getLocalPort());
            try (Socket first = silent.accept();
                    Socket second = silent.accept()) {
                assertFalse(first.equals(second));
            }
        }
    }

    /** An agent that starts before it must not give up. */
    @Test
    void proxyWithNothingBehindItIsNoRefusal() throws Exception {
        BlockingQueue<Integer> asked = new LinkedBlockingQueue<>();
        HttpServer proxy = vertx.createHttpServer().requestHandler(request -> {
            asked.add(502);
            request.response().setStatusCode(502).end();
        });
        LinkVerticle verticle = link(
                proxy.listen(0, "127.0.0.1").await(SECONDS, TimeUnit.SECONDS).actualPort());
        for (int times = 0; times < 5; times++) {
            take(asked);
        }
        assertFalse(verticle.welcomed().isComplete());
    }

    /** Also one with a good certificate may have been broken into. */
    @Test
    void hubThatCommandsIsAnsweredThatItIsNotUnderstoodAndNothingIsDone() throws Exception {
        link(hub());
        BlockingQueue<JsonObject> done = new LinkedBlockingQueue<>();
        FeedPublisher toy = new FeedPublisher(
                vertx,
                BoardInfo.of("toy", "Toy").action("add", ActionInfo.of("Adds").forAdmins()));
        toy.onAction("add", body -> {
            done.add(body);
            return Future.succeededFuture(body);
        });
        toy.ready().await(SECONDS, TimeUnit.SECONDS);
        ServerWebSocket socket = take(linked);
        List<String> commands =
                List.of("action", "exec", "config", "enrol", "publish", "hello", "change", "snapshot", "");
        for (int id = 0; id < commands.size(); id++) {
            JsonObject command = JsonObject.of("type", commands.get(id), "id", id, "board", "toy", "action", "add");
            socket.writeTextMessage(command.put("body", new JsonObject()).encode())
                    .await(SECONDS, TimeUnit.SECONDS);
        }
        for (int id = 0; id < commands.size(); id++) {
            JsonObject answer = take(heard);
            while (!answer.containsKey("id")) {
                answer = take(heard); // Its greeting.
            }
            assertEquals(id, answer.getInteger("id"), answer::encode);
            assertEquals("unknown_type", answer.getString("error"), answer::encode);
        }
        assertTrue(done.isEmpty());
    }

    /** One message beyond the limits would end the link of all boards. */
    @Test
    void changeThatIsTooLargeIsLeftOutAndItsHoleIsSeen() throws Exception {
        link(hub());
        FeedPublisher toy = new FeedPublisher(vertx, BoardInfo.of("toy", "Toy"));
        toy.publish(JsonObject.of("count", 1));
        toy.ready().await(SECONDS, TimeUnit.SECONDS);
        ServerWebSocket hub = take(linked);
        awaitAnnounced("toy");
        hub.writeTextMessage("{\"type\":\"watch\",\"board\":\"toy\",\"everySeconds\":1}")
                .await(SECONDS, TimeUnit.SECONDS);
        long begun = heard("snapshot").getLong("seq");
        toy.publish(JsonObject.of("count", 2, "text", "x".repeat(LinkLimits.DEFAULT.patchBytes())));
        JsonObject next = heard("change"); // At the latest when the board says that it is alive.
        assertTrue(next.getLong("seq") > begun + 1, next::encode);
        assertTrue(
                next.encode().length() < LinkLimits.DEFAULT.patchBytes(),
                "" + next.encode().length());
    }

    /** What a hub asks of a board that the link does not know yet is nobody's. */
    private void awaitAnnounced(String board) throws InterruptedException {
        while (!take(heard).encode().contains("\"" + board + "\"")) {
            // The greeting, or the announcement after it.
        }
    }

    private JsonObject heard(String type) throws InterruptedException {
        JsonObject message = take(heard);
        while (!type.equals(message.getString("type"))) {
            message = take(heard);
        }
        return message;
    }

    /** It is stopped, or would have this machine fill its memory. */
    @Test
    void hubThatAsksAndNeverReadsGetsOnlyWhatFitsOnTheWay() throws Exception {
        link(hub());
        FeedPublisher large = new FeedPublisher(vertx, BoardInfo.of("large", "Large"));
        large.publish(JsonObject.of("text", "x".repeat(100_000)));
        large.ready().await(SECONDS, TimeUnit.SECONDS);
        ServerWebSocket hub = take(linked);
        awaitAnnounced("large");
        CountDownLatch answered = new CountDownLatch(2_000);
        vertx.eventBus().<JsonObject>addInboundInterceptor(delivery -> {
            if (delivery.body() instanceof JsonObject body && body.containsKey("state")) {
                answered.countDown();
            }
            delivery.next();
        });
        hub.pause();
        for (int asked = 1; asked <= 2_000; asked++) {
            hub.writeTextMessage(
                    JsonObject.of("type", "get", "id", asked, "board", "large").encode());
        }
        hub.writeTextMessage("{\"type\":\"get\",\"id\":3000,\"board\":\"none\"}")
                .await(SECONDS, TimeUnit.SECONDS);
        // Only then has the link decided for each answer whether it fits.
        assertTrue(answered.await(SECONDS, TimeUnit.SECONDS), answered.getCount() + " were never asked for");
        awaitDrained(hub);
        assertTrue(heard.size() < 400, heard.size() + " answers of 100 kB each were kept for somebody who never reads");
    }

    /** Asks until something is answered again, which is after all that was on the way. */
    private void awaitDrained(ServerWebSocket hub) throws Exception {
        hub.resume();
        long last = 3_000;
        while (heard.stream().noneMatch(each -> each.getLong("id", 0L) > 3_000)) {
            hub.writeTextMessage(JsonObject.of("type", "get", "id", ++last, "board", "none")
                            .encode())
                    .await(SECONDS, TimeUnit.SECONDS);
            vertx.timer(20, TimeUnit.MILLISECONDS).await(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** However long somebody says that it will take. */
    @Test
    void pauseThatAHubAsksForIsBounded() throws Exception {
        link(hub());
        ServerWebSocket first = take(linked);
        assertEquals("hello", take(heard).getString("type"));
        first.writeTextMessage("{\"type\":\"welcome\",\"id\":\"a\",\"retryWithinSeconds\":9000000000000000000}")
                .compose(sent -> first.close((short) LinkProtocol.RESTARTING, "restarting"))
                .await(SECONDS, TimeUnit.SECONDS);
        take(linked);
    }
}
