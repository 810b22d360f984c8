package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A board is told how many watch it, and each number only once. */
@ExtendWith(VertxExtension.class)
class ViewersTest {

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    private void assertNumbers(int... numbers) {
        for (int number : numbers) {
            assertEquals(number, site.board.nextViewers());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void numberFollowsRegisterUnregisterAndClose(boolean framed) {
        BridgeClient client = framed ? site.framedClient() : site.rawClient();
        client.watch();
        BridgeClient other = site.watcher();
        assertNumbers(1, 2);
        client.unregister(Site.CHANGES);
        assertNumbers(1);
        client.watch();
        assertNumbers(2);
        client.close();
        assertNumbers(1);
        other.close();
        assertNumbers(0);
    }

    @Test
    void unregisteringTwiceCountsOnce() {
        BridgeClient client = site.watcher();
        client.unregister(Site.CHANGES);
        client.unregister(Site.CHANGES);
        client.snapshot();
        site.watcher();
        assertNumbers(1, 0, 1);
    }

    @Test
    void unregisteringWithoutRegistrationCountsNothing() {
        BridgeClient client = site.rawClient();
        client.unregister(Site.CHANGES);
        client.snapshot();
        site.watcher();
        client.unregister(Site.CHANGES);
        client.snapshot();
        site.watcher();
        assertNumbers(1, 2);
    }

    @Test
    void refusedRegistrationsCountNothing() {
        BridgeClient client = site.watcher();
        client.register(Site.CHANGES);
        client.register(Site.SNAPSHOT);
        client.snapshot();
        site.watcher();
        assertNumbers(1, 2);
    }

    @Test
    void connectionWithoutRegistrationIsNoViewer() {
        site.rawClient().snapshot();
        site.watcher();
        assertNumbers(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {Site.RAW, "/eventbus/000/reset/websocket"})
    void viewerThatVanishesLeaves(String path) throws IOException {
        String register =
                JsonObject.of("type", "register", "address", Site.CHANGES).encode();
        try (PlainSocket socket = PlainSocket.upgraded(site.port, path)) {
            socket.sendText(
                    path.equals(Site.RAW) ? register : JsonArray.of(register).encode());
            assertNumbers(1);
            socket.reset();
            assertNumbers(0);
        }
    }

    @Test
    void streamIsAViewerUntilItCloses() {
        EventStream stream = EventStream.open(site, Site.BOARD);
        assertNumbers(1);
        EventStream second = EventStream.open(site, Site.BOARD);
        assertNumbers(2);
        stream.close();
        assertNumbers(1);
        second.close();
        assertNumbers(0);
    }

    @Test
    void headOfAStreamIsNoViewer() {
        assertEquals(
                200,
                Wait.on(site.request(HttpMethod.HEAD, "/api/boards/test/stream").send())
                        .statusCode());
        site.watcher();
        assertNumbers(1);
    }

    @Test
    void pollingViewerLeavesWhenItPollsNoMore() {
        String session = Site.newSession();
        Wait.on(site.request(HttpMethod.POST, session + "/xhr").send());
        String register =
                JsonObject.of("type", "register", "address", Site.CHANGES).encode();
        Wait.on(site.request(HttpMethod.POST, session + "/xhr_send")
                .sendBuffer(Buffer.buffer(JsonArray.of(register).encode())));
        assertNumbers(1, 0);
    }
}
