package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.feed.Addresses;

/** Asking for a snapshot costs the board one answer, however many ask; and nobody is answered with what is old. */
@ExtendWith(VertxExtension.class)
class SnapshotsTest {

    private static final String OTHER = "counted";

    private Site site;
    private Vertx vertx;
    private Snapshots snapshots;
    private int requests;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        site = new Site(vertx);
        snapshots = new Snapshots(vertx, OTHER);
    }

    /** A board whose number is that of the request. */
    private MessageConsumer<JsonObject> answer() {
        return vertx.eventBus()
                .consumer(
                        Addresses.snapshot(OTHER),
                        request -> request.reply(JsonObject.of("epoch", "e", "seq", ++requests, "state", "s")));
    }

    private List<Future<Snapshots.Encoded>> ask(int times) {
        Promise<List<Future<Snapshots.Encoded>>> asked = Promise.promise();
        vertx.runOnContext(now -> {
            List<Future<Snapshots.Encoded>> answers = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                answers.add(snapshots.ask());
            }
            asked.complete(answers);
        });
        return Wait.on(asked.future());
    }

    private long askOnce() {
        return Wait.on(ask(1).get(0)).seq();
    }

    @Test
    void thousandWhoAskAtOnceCostOneRequest() {
        answer();
        for (Future<Snapshots.Encoded> each : ask(1000)) {
            assertEquals(
                    "{\"epoch\":\"e\",\"seq\":1,\"state\":\"s\"}", Wait.on(each).text());
        }
        snapshots.changed();
        assertEquals(2, askOnce(), "anew after a change");
    }

    @Test
    void boardThatIsGoneIsSoonKnownToBeGoneAndOneThatIsBackToBeBack() {
        MessageConsumer<JsonObject> board = answer();
        assertEquals(1, askOnce());
        Wait.on(board.unregister());
        Wait.Deadline gone = new Wait.Deadline("failure");
        while (!Wait.on(ask(1).get(0).map(false).otherwise(true))) {
            gone.check();
        }
        answer();
        Wait.Deadline back = new Wait.Deadline("answer");
        while (Wait.on(ask(1).get(0).map(false).otherwise(true))) {
            back.check();
        }
    }

    private static int count(JsonObject snapshot) {
        return snapshot.getJsonObject("state").getInteger("count");
    }

    @Test
    void viewerThatHasSeenAChangeNeverGetsASnapshotFromBefore() {
        BridgeClient client = site.watcher();
        for (int number = 1; number <= 20; number++) {
            site.board.count(number);
            client.awaitCount(number);
            assertEquals(number, count(client.snapshot()));
            assertEquals(number, site.state().getInteger("count"));
        }
    }

    @Test
    void firstViewerGetsNoSnapshotFromBeforeItRegistered() {
        BridgeClient client = site.rawClient();
        client.snapshot();
        site.board.count(1);
        client.register(Site.CHANGES);
        assertEquals(1, count(client.snapshot()));
    }

    @Test
    void firstStreamGetsNoSnapshotFromBeforeItBegan() {
        site.state();
        site.board.count(1);
        EventStream stream = EventStream.open(site, Site.BOARD);
        EventStream.Event first = stream.next();
        assertEquals("snapshot 1", first.name() + " " + count(first.data()));
        site.state();
        site.board.count(2);
        while (stream.next().data().getJsonObject("patch").isEmpty()) {
            // A heartbeat.
        }
        assertEquals(2, site.state().getInteger("count"));
    }
}
