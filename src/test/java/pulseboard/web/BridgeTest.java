package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.Addresses;

@ExtendWith(VertxExtension.class)
class BridgeTest {

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    private BridgeClient client(boolean framed) {
        return framed ? site.framedClient() : site.rawClient();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bridgePushesChangesAfterSnapshot(boolean framed) {
        BridgeClient client = client(framed);
        Replica replica = client.watch();
        assertEquals(new JsonObject().put("count", 0), replica.state());

        site.board.count(1);
        site.board.count(2);
        client.follow(replica, "count", 2);
        assertEquals(new JsonObject().put("count", 2), replica.state());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void replicaOfSnapshotAndChangesEqualsTheBoard(boolean framed) {
        BridgeClient client = client(framed);
        Replica replica = client.watch();
        Random random = new Random(1);
        for (int step = 1; step <= 500; step++) {
            site.board.publish(randomState(random, step));
            if (step % 20 == 0) { // Few enough at once that none may be dropped.
                client.follow(replica, "step", step);
            }
        }
        assertEquals(client(framed).snapshot().getJsonObject("state"), replica.state());
        assertEquals(site.state(), replica.state());
    }

    private static JsonObject randomState(Random random, int step) {
        JsonObject state = new JsonObject().put("step", step);
        for (int member = 0; member < 6; member++) {
            if (random.nextBoolean()) {
                state.put("key" + member, random.nextInt(3));
                state.put("tree" + member, new JsonObject().put("leaf" + random.nextInt(3), "ü" + random.nextInt(3)));
            }
        }
        return state;
    }

    @Test
    void changesAndSnapshotTravelAsTheProtocolSays() {
        BridgeClient client = site.rawClient();
        client.register(Site.CHANGES);
        JsonObject snapshot = client.snapshot();
        assertEquals(List.of("epoch", "seq", "at", "state"), List.copyOf(snapshot.fieldNames()));

        site.board.count(7);
        JsonObject change = client.nextChange();
        assertEquals(List.of("epoch", "seq", "at", "patch"), List.copyOf(change.fieldNames()));
        assertEquals(snapshot.getString("epoch"), change.getString("epoch"));
        assertEquals(new JsonObject().put("count", 7), change.getJsonObject("patch"));
    }

    @Test
    void quietBoardStillSendsHeartbeat() {
        BridgeClient client = site.rawClient();
        client.register(Site.CHANGES);
        long seq = client.snapshot().getLong("seq");

        JsonObject heartbeat = client.next().getJsonObject("body");
        assertTrue(heartbeat.getJsonObject("patch").isEmpty());
        assertEquals(seq + 1, heartbeat.getLong("seq"));
    }

    @Test
    void answerThatIsTheNameOfABoardIsAnAnswerLikeAnyOther(Vertx vertx) {
        vertx.eventBus()
                .<JsonObject>consumer(
                        Addresses.history(Site.BOARD), question -> question.reply("\"" + Site.BOARD + "\""));
        BridgeClient client = site.watcher();
        JsonObject answer = client.ask(Addresses.history(Site.BOARD), new JsonObject());
        assertEquals(Site.BOARD, answer.getValue("body"));
    }

    @Test
    void nothingComesWithoutRegistration() {
        BridgeClient client = site.rawClient();
        client.snapshot();
        site.board.count(1);
        assertEquals(client.requestSnapshot(), client.next().getString("address"), "the reply comes next");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void unregisteredSocketGetsNoMoreChanges(boolean framed) {
        BridgeClient client = client(framed);
        client.watch();
        client.unregister(Site.CHANGES);
        client.snapshot();
        site.board.count(1);

        String reply = client.requestSnapshot();
        assertEquals(reply, client.next().getString("address"), "the reply comes next, and no change before it");
    }

    @Test
    void unregisteredSocketMayRegisterAgain() {
        BridgeClient client = site.watcher();
        client.unregister(Site.CHANGES);
        client.watch();
        site.board.count(3);
        client.awaitCount(3);
    }

    @Test
    void secondRegistrationIsRefusedAndTheFirstStays() {
        BridgeClient client = site.watcher();
        client.register(Site.CHANGES);
        assertEquals("address_already_registered", client.nextError());
        client.snapshot();
        site.board.count(4);
        assertEquals(4, client.nextChange().getJsonObject("patch").getInteger("count"));
        site.board.count(5);
        assertEquals(5, client.nextChange().getJsonObject("patch").getInteger("count"), "each change comes once");
    }

    @Test
    void everyViewerGetsEveryChange() {
        List<BridgeClient> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(site.watcher());
        }
        for (int i = 1; i <= 10; i++) {
            site.board.count(i);
        }
        clients.forEach(client -> client.awaitCount(10));
    }

    @Test
    void pingIsTakenInSilence() {
        BridgeClient client = site.rawClient();
        client.send(new JsonObject().put("type", "ping"));
        assertEquals(client.requestSnapshot(), client.next().getString("address"));
    }

    @Test
    void nothingIsCompressed() throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String head = socket.request(
                    "GET " + Site.RAW + " HTTP/1.1",
                    "Host: localhost",
                    PlainSocket.UPGRADE,
                    "Sec-WebSocket-Extensions: permessage-deflate");
            assertFalse(head.contains("permessage-deflate"), head);
        }
    }
}
