package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.KeptNumbers;

/** Boards come and go while the web side runs, and nothing has to be told to it. */
@ExtendWith(VertxExtension.class)
class BoardsTest {

    private Vertx vertx;
    private Site site;

    @BeforeEach
    void start(Vertx started) {
        vertx = started;
        site = new Site(vertx);
    }

    private void await(String path, int status) {
        Wait.Deadline deadline = new Wait.Deadline(path + " " + status);
        while (site.get(path).statusCode() != status) {
            deadline.check();
        }
    }

    @Test
    void boardThatComesLaterIsServedInEveryWay() {
        TestBoard late = new TestBoard(BoardInfo.of("late", "Late").keeping(KeptNumbers.of("**")));
        assertEquals(404, site.get("/api/boards/late").statusCode());
        Wait.on(vertx.deployVerticle(late));
        await("/api/boards/late", 200);
        late.count(3);
        BridgeClient client = site.rawClient();
        client.register(Addresses.changes("late"));
        assertEquals(1, late.nextViewers());
        late.count(4);
        JsonObject change = client.next();
        assertEquals(Addresses.changes("late"), change.getString("address"));
        assertEquals(4, change.getJsonObject("body").getJsonObject("patch").getInteger("count"));
        EventStream stream = EventStream.open(site, "late");
        assertEquals("snapshot", stream.next().name());
        assertTrue(site.get("/api/boards").bodyAsString().contains("\"title\":\"Late\""));
    }

    @Test
    void boardOfAnotherMachineHasItsSourceInEveryAddress() {
        BoardInfo info = new BoardInfo(
                new BoardId("web1", "test"),
                "Web 1",
                "test",
                1,
                false,
                KeptNumbers.NONE,
                false,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                BoardHealth.LIVE);
        TestBoard remote = new TestBoard(info);
        Wait.on(vertx.deployVerticle(remote));
        await("/api/boards/web1/test", 200);
        remote.count(9);
        Wait.Deadline deadline = new Wait.Deadline("count 9");
        while (site.get("/api/boards/web1/test")
                        .bodyAsJsonObject()
                        .getJsonObject("state")
                        .getInteger("count")
                != 9) {
            deadline.check();
        }
        assertEquals(0, site.state().getInteger("count"), "the board of the same name is another");
        EventStream stream = EventStream.open(site, "web1/test");
        assertEquals(9, stream.next().data().getJsonObject("state").getInteger("count"));
        assertEquals(404, site.get("/api/boards/web2/test").statusCode());
    }

    @Test
    void viewerOfABoardThatLeftGetsItAgainWhenItComesBack() {
        BridgeClient client = site.watcher();
        assertEquals(1, site.board.nextViewers());
        site.board.close();
        await("/api/boards/test", 404);
        TestBoard again = new TestBoard(BoardInfo.of("test", "Again"));
        Wait.on(vertx.deployVerticle(again));
        await("/api/boards/test", 200);
        again.count(5);
        JsonObject change = client.nextChange();
        while (change.getJsonObject("patch").getInteger("count", 0) != 5) {
            change = client.nextChange();
        }
        client.unregister(Site.CHANGES);
        assertEquals(0, again.nextViewers());
    }

    @Test
    void directoryIsABoardThatListsItself() {
        JsonObject directory = site.get("/api/boards/boards").bodyAsJsonObject().getJsonObject("state");
        assertEquals("Boards", directory.getJsonObject("boards").getString("title"));
        assertTrue(directory.getJsonObject("test").getJsonObject("actions").containsKey("count"));
        assertFalse(directory.containsKey("nobody"));
    }
}
