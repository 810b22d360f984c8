package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody who is let in for one board sees of another: nothing. */
@ExtendWith(VertxExtension.class)
class ScopeTest {

    @TempDir
    private Path folder;

    private GuardedSite guarded;
    private String narrow;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
        narrow = guarded.token("read:board.other", "act:*");
    }

    private String ask(String path) {
        return GuardedSite.error(
                Wait.on(guarded.request(HttpMethod.GET, path, narrow).send()));
    }

    @Test
    void restTellsNothingOfAnotherBoard() {
        assertEquals("403 forbidden", ask("/api/boards/test"));
        assertEquals("403 forbidden", ask("/api/boards/test/stream"));
        assertEquals("403 forbidden", ask("/api/host"));
        assertEquals("404 unknown_board", ask("/api/boards/nothing"));
        var list =
                Wait.on(guarded.request(HttpMethod.GET, "/api/boards", narrow).send());
        assertEquals(new JsonObject("{\"boards\":[]}"), list.bodyAsJsonObject());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void socketCannotRegisterForAnotherBoard(boolean framed) throws IOException {
        BridgeClient client = framed ? guarded.framed(narrow) : guarded.raw(narrow);
        client.register(Site.CHANGES);
        assertEquals("rejected", client.nextError());
        client.requestSnapshot();
        assertEquals("rejected", client.nextError());
        BridgeClient allowed = guarded.raw(guarded.token("read:board.test"));
        Replica replica = allowed.watch();
        guarded.site.board.count(7);
        allowed.follow(replica, "count", 7);
        // What reached the one that may has not reached the other: its next message is the answer to this.
        client.register("board.nothing.changes");
        assertEquals("access_denied", client.next().getString("body"));
    }

    @Test
    void nobodyPublishesWhateverTheyMay() throws IOException {
        BridgeClient client = guarded.raw(guarded.session("anna"));
        for (String type : List.of("publish", "send")) {
            client.send(JsonObject.of("type", type, "address", Site.CHANGES, "body", new JsonObject()));
            assertEquals(type.equals("send") ? "access_denied" : "rejected", client.nextError(), type);
        }
    }

    @Test
    void sessionOfXhrBelongsToWhoBeganIt() throws IOException {
        String path = Site.newSession();
        String wide = guarded.token("read:*");
        assertEquals(
                "o\n",
                Wait.on(guarded.request(HttpMethod.POST, path + "/xhr", wide).send())
                        .bodyAsString());
        for (String kind : List.of("/xhr", "/xhr_streaming", "/xhr_send")) {
            var thief = guarded.request(HttpMethod.POST, path + kind, narrow).send();
            assertEquals("403 forbidden", GuardedSite.error(Wait.on(thief)), kind);
        }
        String form = "param0=" + path.substring(path.lastIndexOf('/') + 1);
        for (String query : List.of("?" + form, "?P%41RAM0" + form.substring(6), "")) {
            var mine = guarded.request(HttpMethod.POST, Site.newSession() + "/xhr" + query, narrow)
                    .putHeader("Content-Type", "application/x-www-form-urlencoded")
                    .sendBuffer(io.vertx.core.buffer.Buffer.buffer(form));
            // A session of its own begins, whatever is said of another.
            assertEquals("o\n", Wait.on(mine).bodyAsString(), query);
        }
        var owner = guarded.request(HttpMethod.POST, path + "/xhr_send", wide)
                .sendBuffer(io.vertx.core.buffer.Buffer.buffer("[\"{\\\"type\\\":\\\"ping\\\"}\"]"));
        assertEquals(204, Wait.on(owner).statusCode());
        assertTrue(guarded.access.byToken(wide).isPresent());
    }
}
