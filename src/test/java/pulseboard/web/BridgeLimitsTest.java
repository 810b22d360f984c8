package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.Addresses;

@ExtendWith(VertxExtension.class)
class BridgeLimitsTest {

    private static void assertFed(Site site, BridgeClient client, int number) {
        site.board.count(number);
        client.awaitCount(number);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oversizedFrameClosesOnlyThatConnection(boolean framed, Vertx vertx) {
        Site site = new Site(vertx);
        BridgeClient other = site.watcher();
        BridgeClient big = framed ? site.framedClient() : site.rawClient();
        big.sendText("x".repeat(16_000));
        assertEquals("invalid_json", big.nextError(), "just below the limit");

        big.sendText("x".repeat(17_000));
        Wait.on(big.closed());
        assertFed(site, other, 1);
    }

    @Test
    void oversizedFrameIsRefusedBeforeItHasComeIn(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        try (PlainSocket socket = PlainSocket.upgraded(site.port, Site.RAW)) {
            socket.sendHeadOfFrame(PlainSocket.TEXT | PlainSocket.FINAL, 17_000);
            assertEquals(PlainSocket.CLOSE | PlainSocket.FINAL, socket.skipToLastFrame());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Site.RAW, "/eventbus/000/fragments/websocket"})
    void messageThatIsTooLongInManyFramesClosesTheConnectionToo(String path, Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        BridgeClient other = site.watcher();
        try (PlainSocket socket = PlainSocket.upgraded(site.port, path)) {
            byte[] part = new byte[9000];
            socket.sendFrame(PlainSocket.TEXT, part);
            socket.sendFrame(PlainSocket.CONTINUATION, part);
            socket.sendFrame(PlainSocket.CONTINUATION | PlainSocket.FINAL, part);
            assertEquals(PlainSocket.CLOSE | PlainSocket.FINAL, socket.skipToLastFrame());
        }
        assertFed(site, other, 1);
    }

    @Test
    void registrationsAndRequestsOfOneSocketAreLimited(Vertx vertx) {
        Site site = new Site(vertx, Site.configWithMostHandlers(1));
        BridgeClient other = site.rawClient();
        BridgeClient client = site.rawClient();
        client.register(Site.CHANGES);
        client.requestSnapshot();
        assertEquals("max_handlers_reached", client.nextError());
        client.register(Site.CHANGES);
        assertEquals("max_handlers_reached", client.nextError());

        client.unregister(Site.CHANGES);
        client.snapshot();
        other.snapshot();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void viewerTooManyIsRefusedAndTheOthersGoOn(boolean framed, Vertx vertx) {
        Site site = new Site(vertx, Site.configWithMostViewers(2));
        BridgeClient first = site.watcher();
        BridgeClient second = framed ? site.framedClient() : site.rawClient();
        second.snapshot();

        BridgeClient third = framed ? site.framedClient() : site.rawClient();
        assertEquals("too_many_viewers", third.nextError());
        assertEquals(framed ? "1000 null" : "1013 Try Again Later", third.closeReason());
        assertEquals(503, site.get("/api/boards/test/stream").statusCode());
        assertFed(site, first, 1);
        assertFalse(second.closed().isComplete());
    }

    @Test
    void placeOfAViewerThatLeftIsFree(Vertx vertx) {
        Site site = new Site(vertx, Site.configWithMostViewers(1));
        BridgeClient first = site.watcher();
        assertEquals(1, site.board.nextViewers());
        first.close();
        assertEquals(0, site.board.nextViewers());
        assertFed(site, site.watcher(), 1);
    }

    @Test
    void xhrViewersCountToo(Vertx vertx) {
        Site site = new Site(vertx, Site.configWithMostViewers(1));
        String first = Site.newSession() + "/xhr";
        assertEquals("o\n", Wait.on(site.request(HttpMethod.POST, first).send()).bodyAsString());
        assertTrue(Wait.on(site.rawClient().closed().map(true)));
        String second = Site.newSession() + "/xhr";
        Wait.on(site.request(HttpMethod.POST, second).send());
        assertEquals(
                "c[3000,\"Go away!\"]\n",
                Wait.on(site.request(HttpMethod.POST, second).send()).bodyAsString());
    }

    @Test
    void xhrStreamTooManyIsToldWhy(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithMostViewers(1));
        site.watcher();
        try (PlainSocket socket = new PlainSocket(site.port)) {
            socket.request(
                    "POST " + Site.newSession() + "/xhr_streaming HTTP/1.1",
                    "Host: localhost",
                    "Content-Length: 0",
                    "Connection: close");
            String told = socket.readToEnd();
            assertTrue(told.contains("{\\\"type\\\":\\\"err\\\",\\\"body\\\":\\\"too_many_viewers\\\"}"), told);
            assertTrue(told.contains("c[3000,\"Go away!\"]\n"), told);
        }
    }

    /**
     * While the event loop is held up, one viewer sends hundreds of messages and then another one sends one: the other is
     * not served last. The loop is held up where it tells a board the number of its viewers.
     */
    @Test
    void viewerThatSendsMuchAtOnceDoesNotGoBeforeAllOthers(Vertx vertx) throws Exception {
        int pairs = 400;
        Site site = new Site(vertx);
        CountDownLatch all = new CountDownLatch(1);
        try (PlainSocket busy = PlainSocket.upgraded(site.port, Site.RAW);
                PlainSocket other = PlainSocket.upgraded(site.port, Site.RAW)) {
            vertx.eventBus().addOutboundInterceptor(delivery -> {
                if (delivery.message().address().equals(Addresses.viewers(Site.BOARD))) {
                    awaitUninterrupted(all);
                }
                delivery.next();
            });
            for (int i = 0; i < pairs; i++) {
                busy.sendText(message("register"));
                busy.sendText(message("unregister"));
            }
            other.sendText(message("register"));
            all.countDown();
            int before = 0;
            while (site.board.nextViewers() != 2) {
                before++;
            }
            int numbers = before;
            assertTrue(numbers < pairs, () -> numbers + " messages were handled first");
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            assertTrue(latch.await(Wait.SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String message(String type) {
        return JsonObject.of("type", type, "address", Site.CHANGES).encode();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void thousandsOfGarbageFramesLeaveTheServerAnsweringAndOthersFed(boolean framed, Vertx vertx) {
        Random random = new Random(20_260_101);
        try (CapturedLog log = new CapturedLog()) {
            Site site = new Site(vertx);
            BridgeClient other = site.watcher();
            for (int round = 1; round <= 20; round++) {
                BridgeClient garbage = framed ? site.framedClient() : site.rawClient();
                List<Future<Void>> sent = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    sent.add(garbage.sendText(Garbage.frame(random)));
                }
                Wait.on(Future.all(sent));
                garbage.snapshot();
                assertFed(site, other, round);
                garbage.close();
            }
            assertEquals(new JsonObject().put("count", 20), site.state());
            assertEquals(List.of(), log.lines(Level.ERROR));
        }
    }
}
