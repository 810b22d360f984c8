package pulseboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulseboard.auth.AccountsFile;

/** What a Pulseboard takes from another machine by a link, and what it does not. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkTest extends LinkedMachine {

    private static final int BAD_MESSAGE = 1007;
    private static final int TOKEN_REFUSED = 4401;
    private static final int REPLACED = 4409;

    @Test
    void boardIsShownAndItsChangesKeepTheirNumbers() throws Exception {
        begin();
        count(8, 2);
        awaitCount(2);
        JsonObject snapshot = new JsonObject(site.get("api/boards/web1/toy").body());
        assertEquals("e1", snapshot.getString("epoch"));
        assertEquals(8, snapshot.getLong("seq"));
        assertTrue(snapshot.getLong("at") > 1, "by the clock of this machine");
        JsonObject listed = (JsonObject) new JsonObject(site.get("api/boards").body())
                .getJsonArray("boards").stream()
                        .filter(each -> ((JsonObject) each).getString("name").equals("web1/toy"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(JsonObject.of("state", "live"), listed.getJsonObject("health"));
    }

    @Test
    void holeHasTheBoardSentAnew() throws Exception {
        begin();
        count(9, 3);
        assertEquals("toy", web1.next("watch").getString("board"));
        web1.snapshot("toy", "e2", 0, JsonObject.of("count", 5));
        awaitCount(5);
        web1.change("toy", "e2", 1, JsonObject.of("count", 6));
        awaitCount(6);
    }

    @Test
    void boardOfAMachineThatIsGoneStaysAndSaysSinceWhen() throws Exception {
        begin();
        web1.close();
        Until.isTrue("it is offline", () -> site.isOffline("web1/toy"));
        JsonObject health = site.info("web1/toy").getJsonObject("health");
        assertEquals("link_lost", health.getString("reason"));
        assertTrue(health.getLong("since") > 0);
        assertEquals(1, site.state("web1/toy").getInteger("count"));
        assertEquals(200, site.get("api/health").statusCode(), "what is wrong elsewhere is no fault of this program");

        web1 = site.link(site.token("publish:web1"));
        begin();
        Until.isTrue("it is live again", () -> !site.isOffline("web1/toy"));
    }

    @Test
    void machineThatSaysGoodbyeIsNoFailure() throws Exception {
        begin();
        web1.send(JsonObject.of("type", "bye", "reason", "stopping")).close();
        Until.isTrue("it is offline", () -> site.isOffline("web1/toy"));
        assertEquals("stopping", site.info("web1/toy").getJsonObject("health").getString("reason"));
    }

    @Test
    void boardThatIsWithdrawnOrNotGreetedWithLeaves() throws Exception {
        web1.hello("toy", "toys");
        Until.isTrue("both are there", () -> !site.info("web1/toys").isEmpty());
        web1.send(JsonObject.of("type", "withdraw", "board", "toys"));
        Until.isTrue("one has left", () -> site.info("web1/toys").isEmpty());
        assertFalse(site.info("web1/toy").isEmpty());
        web1.close();
        web1 = site.link(site.token("publish:web1"));
        web1.hello("other");
        Until.isTrue("the other has left, too", () -> site.info("web1/toy").isEmpty());
    }

    @Test
    void boardThatLeftMayComeBackAtOnce() throws Exception {
        begin();
        web1.send(JsonObject.of("type", "withdraw", "board", "toy"))
                .send(JsonObject.of("type", "announce", "board", "toy", "info", LinkSite.Peer.board("Again")));
        assertEquals("toy", web1.next("watch").getString("board"));
        web1.snapshot("toy", "e3", 0, JsonObject.of("count", 9));
        awaitCount(9);
        assertEquals("Again", site.info("web1/toy").getString("title"));
    }

    @Test
    void whatAnAgentWouldHaveDoneHereIsLeftOut() throws Exception {
        JsonObject info = LinkSite.Peer.board("Toy")
                .put("loggedByMinute", true)
                .put("kept", JsonObject.of("patterns", JsonArray.of("**"), "mostSeries", 1_000_000))
                .put("actions", JsonObject.of("add", JsonObject.of("description", "Adds", "role", "operator")))
                .put(
                        "resources",
                        JsonArray.of(JsonObject.of("method", "GET", "path", "text", "description", "A text")));
        web1.send(LinkSite.Peer.hello(JsonObject.of("toy", info)));
        Until.isTrue("it is there", () -> !site.info("web1/toy").isEmpty());
        JsonObject told = site.info("web1/toy");
        assertEquals(new JsonObject(), told.getJsonObject("actions"));
        assertEquals(new JsonArray(), told.getJsonArray("resources"));
        assertEquals(false, told.getBoolean("loggedByMinute"));
        assertTrue(told.getJsonObject("kept").getInteger("mostSeries") <= 1_000);
        assertEquals(404, site.post("api/boards/web1/toy/actions/add", "{}").statusCode());
        assertFalse(web1.hasHeard("action"));
    }

    @Test
    void whatCostsSomethingIsWatchedOnlyWhileSomebodyLooks() throws Exception {
        web1.send(LinkSite.Peer.hello(
                JsonObject.of("toy", LinkSite.Peer.board("Toy").put("sampled", "on demand"))));
        Until.isTrue("it is there", () -> !site.info("web1/toy").isEmpty());
        assertFalse(web1.hasHeard("watch"));
        LinkSite.Peer asked = web1;
        Thread answer = new Thread(() -> answer(asked));
        answer.start();
        assertEquals(3, site.state("web1/toy").getInteger("count"));
        answer.join();
        Socket viewer = new Socket(InetAddress.getLoopbackAddress(), site.port);
        viewer.getOutputStream()
                .write("GET /api/boards/web1/toy/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        assertEquals("toy", web1.next("watch").getString("board"));
        viewer.close();
        assertEquals("toy", web1.next("unwatch").getString("board"));
    }

    private static void answer(LinkSite.Peer peer) {
        try {
            JsonObject asked = peer.next("get");
            peer.send(JsonObject.of("type", "snapshot", "board", "toy", "id", asked.getLong("id"))
                    .put("epoch", "e0")
                    .put("seq", 0)
                    .put("at", 1L)
                    .put("state", JsonObject.of("count", 3)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void historyKeepsWhatTheBoardSays() throws Exception {
        web1.send(LinkSite.Peer.hello(JsonObject.of(
                "toy", LinkSite.Peer.board("Toy").put("kept", JsonObject.of("patterns", JsonArray.of("count"))))));
        web1.next("watch");
        web1.snapshot("toy", "e1", 7, JsonObject.of("count", 41));
        Until.isTrue(
                "the count is in the history",
                () -> new JsonObject(site.get("api/boards/web1/toy/history?from=-9s&points=9")
                                .body())
                        .getJsonObject("series", new JsonObject())
                        .getJsonObject("count", new JsonObject())
                        .getJsonArray("max", new JsonArray())
                        .contains(41));
    }

    @Test
    void newerLinkOfAMachineReplacesTheOlder() throws Exception {
        begin();
        LinkSite.Peer newer = site.link(site.token("publish:web1"));
        assertEquals(REPLACED, web1.closeCode());
        web1 = newer;
        begin();
        Until.isTrue("it is live", () -> !site.isOffline("web1/toy"));
    }

    @Test
    void machineWhoseTokenIsRevokedIsCutOffAndItsBoardsLeave() throws Exception {
        begin();
        String id = site.access.accounts().tokens().keySet().iterator().next();
        new AccountsFile(folder).update(accounts -> accounts.withoutToken(id)); // As the command line does.
        assertEquals(TOKEN_REFUSED, web1.closeCode());
        Until.isTrue("its boards have left", () -> site.info("web1/toy").isEmpty());
        assertEquals(404, site.get("api/boards/web1/toy").statusCode());
    }

    /** A request may have a body, and that may come when the token has ended. */
    @Test
    void tokenThatIsRevokedWhileTheLinkIsMadeIsNotGoodAnyMore() throws Exception {
        begin();
        String token = site.token("publish:web2");
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), site.port)) {
            slow.getOutputStream()
                    .write(("GET /api/agents/link HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
                                    + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                    + "Sec-WebSocket-Protocol: pulseboard.agent.1\r\nContent-Length: 1\r\n"
                                    + "Authorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(US_ASCII));
            assertEquals(
                    426,
                    site.get("api/agents/link", "Authorization", "Bearer " + token)
                            .statusCode());
            String id = site.access.accounts().tokens().entrySet().stream()
                    .filter(each -> each.getValue().scopes().contains("publish:web2"))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow();
            new AccountsFile(folder).update(accounts -> accounts.withoutToken(id));
            Until.isTrue(
                    "the token is refused",
                    () -> site.get("api/agents/link", "Authorization", "Bearer " + token)
                                    .statusCode()
                            == 401);
            slow.getOutputStream().write('x');
            byte[] answer = new byte[4_096];
            int length = 0;
            for (int more = 0; more >= 0 && !hasCloseFrame(answer, length); ) {
                more = slow.getInputStream().read(answer, length, answer.length - length);
                length += Math.max(0, more);
            }
            assertTrue(hasCloseFrame(answer, length), new String(answer, 0, length, US_ASCII));
        }
    }

    /** That says that the token is refused: RFC 6455, section 5.5.1. */
    private static boolean hasCloseFrame(byte[] bytes, int length) {
        for (int at = 0; at + 3 < length; at++) {
            if ((bytes[at] & 0xff) == 0x88
                    && (((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff)) == TOKEN_REFUSED) {
                return true;
            }
        }
        return false;
    }

    @Test
    void machineSpeaksForItselfAlone() throws Exception {
        LinkSite.Peer web2 = site.link(site.token("publish:web2"));
        begin();
        web2.hello("toy");
        web2.next("watch");
        web2.snapshot("toy", "e1", 7, JsonObject.of("count", 100));
        Until.isTrue("web2 is there", () -> site.state("web2/toy").containsKey("count"));
        // Whatever else it names itself or its boards by.
        web2.send(
                JsonObject.of("type", "change", "board", "web1/toy", "source", "web1", "epoch", "e1", "seq", 8, "at", 1)
                        .put("patch", JsonObject.of("count", 66)));
        web2.send(JsonObject.of("type", "announce", "board", "web1/toy", "info", LinkSite.Peer.board("Mine")));
        assertEquals(BAD_MESSAGE, web2.closeCode());
        assertEquals(1, site.state("web1/toy").getInteger("count"));
        assertEquals("toy", site.info("web1/toy").getString("title"));
    }

    @Test
    void tokenOfALinkAllowsNothingElse() throws Exception {
        begin();
        String token = site.token("publish:web3");
        String[] shown = {"Authorization", "Bearer " + token};
        assertEquals(404, site.get("api/boards/web1/toy", shown).statusCode());
        assertEquals(403, site.get("api/boards/boards", shown).statusCode());
        assertEquals("{\"boards\":[]}", site.get("api/boards", shown).body());
        HttpResponse<String> metrics = site.get("metrics", shown);
        assertNotEquals(200, metrics.statusCode());
    }

    @Test
    void handshakeIsRefusedInWords() throws Exception {
        String publish = "Bearer " + site.token("publish:web3");
        assertEquals("forbidden", error(site.get("api/agents/link"), 403));
        String reading = "Bearer " + site.token("read:*");
        assertEquals("forbidden", error(site.get("api/agents/link", "Authorization", reading), 403));
        assertEquals("token_invalid", error(site.get("api/agents/link", "Authorization", "Bearer no"), 401));
        assertEquals("upgrade_required", error(site.get("api/agents/link", "Authorization", publish), 426));
        assertEquals(404, site.get("api/work/link", "Authorization", publish).statusCode());
        try (LinkSite none = new LinkSite(folder.resolve("none"), Map.of(), List.of())) {
            assertEquals(404, none.get("api/agents/link").statusCode());
        }
    }

    private static String error(HttpResponse<String> answer, int status) {
        assertEquals(status, answer.statusCode(), answer.body());
        return new JsonObject(answer.body()).getString("error");
    }
}
