package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a change costs: it is taken from the bus once for all viewers, and not at all for none. */
@ExtendWith(VertxExtension.class)
class FanOutTest {

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    private void assertNobodyTakesChanges() {
        ReplyException failure = assertThrows(
                ReplyException.class, () -> Wait.on(site.vertx.eventBus().request(Site.CHANGES, new JsonObject())));
        assertEquals(ReplyFailure.NO_HANDLERS, failure.failureType());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changeIsTakenFromTheBusOnceForAllViewers(boolean framed) {
        List<BridgeClient> clients = new ArrayList<>();
        for (int count = 0; count < 5; count++) {
            BridgeClient client = framed ? site.framedClient() : site.rawClient();
            client.watch();
            clients.add(client);
        }
        // Sent, not published: of several consumers one would get it.
        JsonObject change = JsonObject.of("patch", JsonObject.of("sent", "once"));
        site.vertx.eventBus().send(Site.CHANGES, change);
        clients.forEach(client -> assertEquals(change, client.nextChange()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changesStayWhereTheyAreWhileNobodyWatches(boolean framed) {
        assertNobodyTakesChanges();
        BridgeClient client = framed ? site.framedClient() : site.rawClient();
        client.watch();
        client.unregister(Site.CHANGES);
        client.snapshot();
        assertNobodyTakesChanges();

        client.watch();
        for (int number : List.of(1, 0, 1)) {
            assertEquals(number, site.board.nextViewers());
        }
        client.close();
        assertEquals(0, site.board.nextViewers());
        assertNobodyTakesChanges();
    }

    @Test
    void streamThatEndedTakesNoChangesEither() {
        EventStream stream = EventStream.open(site, Site.BOARD);
        assertEquals(1, site.board.nextViewers());
        stream.close();
        assertEquals(0, site.board.nextViewers());
        assertNobodyTakesChanges();
    }
}
