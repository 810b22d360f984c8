package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The list of machines, of which one or more are linked by hand. */
class FleetTest extends LinkedMachine {

    private final HttpClient http = HttpClient.newHttpClient();

    private JsonObject row(String host) throws IOException, InterruptedException {
        return site.state("fleet").getJsonObject("hosts", new JsonObject()).getJsonObject(host, new JsonObject());
    }

    private void awaitState(String host, String state) throws Exception {
        Until.isTrue(host + " is " + state, () -> state.equals(row(host).getString("state")));
    }

    private JsonObject act(String action, JsonObject body) throws Exception {
        HttpResponse<String> answer = site.post("api/boards/fleet/actions/" + action, body.encode());
        assertEquals(200, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    private HttpResponse<String> join(String code, String name) throws Exception {
        JsonObject body = JsonObject.of("code", code, "name", name, "machine", "");
        return http.send(
                HttpRequest.newBuilder(URI.create(site.address() + "api/agents/enrol"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A host board with a busy CPU. */
    private static void hello(LinkSite.Peer machine, double busyPercent) {
        machine.hello("host")
                .snapshot("host", "e1", 1, JsonObject.of("cpu", JsonObject.of("busyPercent", busyPercent)));
    }

    @Test
    void machineIsInTheListWithItsFiguresAndLosesThemWhenItIsShutOut() throws Exception {
        hello(web1, 42.0);
        Until.isTrue("figures", () -> Double.valueOf(42).equals(row("web1").getDouble("cpuBusyPercent")));
        assertEquals("live", row("web1").getString("state"));
        act("move", JsonObject.of("machine", "web1", "group", "home"));
        act("tag", JsonObject.of("machine", "web1", "tags", JsonObject.of("role", "db")));
        Until.isTrue("group", () -> "home".equals(row("web1").getString("group")));
        act("refuse", JsonObject.of("machine", "web1"));
        assertEquals(4403, web1.closeCode());
        awaitState("web1", "refused");
        assertFalse(row("web1").containsKey("cpuBusyPercent"));
        Until.isTrue("its boards left", () -> site.info("web1/host").isEmpty());
    }

    @Test
    void clockThatIsAnHourAheadIsShownAndMovesNothing() throws Exception {
        long before = System.currentTimeMillis();
        JsonObject hello = LinkSite.Peer.hello(JsonObject.of("host", LinkSite.Peer.board("host")));
        web1.send(hello.put("at", before + 3_600_000).put("page", "https://web1.example/"));
        JsonObject state = JsonObject.of("cpu", JsonObject.of("busyPercent", 1.0));
        web1.send(JsonObject.of("type", "snapshot", "board", "host", "epoch", "e1", "seq", 1, "state", state)
                .put("at", before + 3_600_000));
        awaitState("web1", "live");
        long skew = row("web1").getLong("clockSkewMilliseconds");
        assertTrue(skew > 3_500_000 && skew <= 3_600_000, "skew " + skew);
        assertEquals("https://web1.example/", row("web1").getString("page"));
        assertTrue(row("web1").getLong("since") <= System.currentTimeMillis());
        long at = new JsonObject(site.get("api/boards/web1/host").body()).getLong("at");
        assertTrue(at <= System.currentTimeMillis(), "it is told at this clock's time, not at " + at);
    }

    @Test
    void machineThatSaysGoodbyeIsLeavingAndOneThatVanishesIsLate() throws Exception {
        LinkSite.Peer web2 = site.link(site.token("publish:web2"));
        hello(web1, 1);
        hello(web2, 2);
        awaitState("web1", "live");
        awaitState("web2", "live");
        web1.send(JsonObject.of("type", "bye", "reason", "stopping")).close();
        awaitState("web1", "leaving");
        web2.close();
        awaitState("web2", "late");
        assertTrue(row("web2").containsKey("since"));
    }

    @Test
    void machineThatWasGoneBeforeARestartIsKnownAfterIt() throws Exception {
        hello(web1, 1);
        awaitState("web1", "live");
        act("rename", JsonObject.of("machine", "web1", "name", "The web"));
        web1.close();
        Until.isTrue(
                "written down",
                () -> Files.readString(folder.resolve("fleet.json")).matches("(?s).*\"heardAt\" : [1-9].*"));
        site.close();
        site = LinkSite.ofAgents(folder);
        assertEquals("The web", row("web1").getString("name"));
        assertEquals("unknown", row("web1").getString("state"), "it has a minute to come back");
    }

    @Test
    void codeLetsAMachineInAndItsTokenWritesItsOwnBoardsAlone() throws Exception {
        JsonObject invited = act("invite", JsonObject.of("group", "home"));
        HttpResponse<String> answer = join(invited.getString("code"), "db1");
        assertEquals(200, answer.statusCode(), answer.body());
        String token = new JsonObject(answer.body()).getString("token");
        LinkSite.Peer db1 = site.link(token);
        hello(db1, 3);
        awaitState("db1", "live");
        assertEquals("home", row("db1").getString("group"));
        assertFalse(site.info("db1/host").isEmpty());
        for (String path : List.of("api/boards/host", "api/boards/db1/host", "api/boards/fleet", "api/boards/boards")) {
            int status = site.get(path, "Authorization", "Bearer " + token).statusCode();
            assertTrue(status == 403 || status == 404, path + " " + status);
        }
        JsonObject self = new JsonObject(
                site.get("api/agents/self", "Authorization", "Bearer " + token).body());
        assertEquals(JsonObject.of("id", "db1", "state", "live"), self);
        assertEquals(
                "code_used",
                new JsonObject(join(invited.getString("code"), "db2").body()).getString("error"));
        act("remove", JsonObject.of("machine", "db1"));
        assertNotEquals(0, db1.closeCode());
        assertEquals(
                401,
                site.get("api/agents/self", "Authorization", "Bearer " + token).statusCode());
    }

    @Test
    void wrongCodesAreDelayed() throws Exception {
        int status = 0;
        for (int attempt = 0; attempt < 20 && status != 429; attempt++) {
            status = join("K7QD-9M2X-P4TR", "x").statusCode();
            assertTrue(status == 403 || status == 429, "status " + status);
        }
        assertEquals(429, status);
        String good = act("invite", new JsonObject()).getString("code");
        assertEquals(429, join(good, "x").statusCode(), "nobody learns now whether a code is good");
    }

    @Test
    void tokenForAGroupSeesItsMachinesAndNoOthersOnAnyPath() throws Exception {
        LinkSite.Peer web2 = site.link(site.token("publish:web2"));
        hello(web1, 1);
        hello(web2, 2);
        awaitState("web1", "live");
        awaitState("web2", "live");
        act("move", JsonObject.of("machine", "web1", "group", "home"));
        String token = site.token("read:group.home");
        String[] who = {"Authorization", "Bearer " + token};
        Until.isTrue(
                "the group is known",
                () -> site.get("api/boards/web1/host", who).statusCode() == 200);
        for (String path : List.of("", "/stream", "/facts", "/history", "/series", "/actions/x", "/anything")) {
            HttpResponse<String> hidden = site.get("api/boards/web2/host" + path, who);
            HttpResponse<String> missing = site.get("api/boards/web9/host" + path, who);
            assertEquals(404, hidden.statusCode(), path + hidden.body());
            assertEquals(missing.body(), hidden.body(), path);
        }
        JsonObject hosts = new JsonObject(site.get("api/hosts", who).body());
        assertEquals(1, hosts.getInteger("hostCount"), hosts::encode);
        assertEquals("web1", hosts.getJsonArray("hosts").getJsonObject(0).getString("id"));
        String boards = site.get("api/boards", who).body();
        assertTrue(boards.contains("web1/host") && !boards.contains("web2"), boards);
        assertFalse(site.get("api/openapi.json", who).body().contains("web2"));
        String list = site.get("api/boards/fleet", who).body();
        assertTrue(list.contains("web1") && !list.contains("web2"), list);
        act("move", JsonObject.of("machine", "web1", "group", "berlin"));
        Until.isTrue(
                "out of the group", () -> site.get("api/boards/web1/host", who).statusCode() == 404);
    }

    /** What is hidden is refused in the words of what does not exist, and what one may no longer see comes no longer. */
    @Test
    void bridgeShowsWhoMaySeeOneGroupNothingElse() throws Exception {
        LinkSite.Peer web2 = site.link(site.token("publish:web2"));
        hello(web1, 1);
        hello(web2, 2);
        awaitState("web1", "live");
        awaitState("web2", "live");
        act("move", JsonObject.of("machine", "web1", "group", "home"));
        String token = site.token("read:group.home");
        Until.isTrue(
                "the group is known",
                () -> site.get("api/boards/web1/host", "Authorization", "Bearer " + token)
                                .statusCode()
                        == 200);
        BusViewer viewer = new BusViewer(URI.create(site.address()), token);
        JsonObject missing = null;
        for (String board : List.of("web9/host", "web2/host")) {
            viewer.register("board." + board + ".changes");
            viewer.ask("board." + board + ".snapshot");
            JsonObject refused = JsonObject.of("register", viewer.heard(), "ask", viewer.heard());
            missing = missing == null ? refused : missing;
            assertEquals(missing, refused, board);
        }
        for (String board : List.of("fleet", "host", "boards")) {
            viewer.ask("board." + board + ".snapshot");
            JsonObject answer = viewer.heard();
            assertFalse(answer.encode().contains("web2"), answer::encode);
        }
        viewer.ask("board.web1/host.snapshot");
        assertTrue(viewer.heard().encode().contains("busyPercent"));
    }

    @Test
    void listIsFilteredSortedAndPaged() throws Exception {
        for (int host = 2; host < 6; host++) {
            hello(site.link(site.token("publish:web" + host)), host);
        }
        hello(web1, 9);
        Until.isTrue("all", () -> ids("sort=cpuBusyPercent").size() == 5);
        assertEquals(new JsonArray(List.of("web1", "web5", "web4", "web3", "web2")), ids("sort=cpuBusyPercent"));
        assertEquals(new JsonArray(List.of("web2", "web3")), ids("limit=2&after=web1"));
        assertEquals(new JsonArray(List.of("web3")), ids("q=EB3"));
        assertEquals(new JsonArray(), ids("state=offline"));
        assertEquals(400, site.get("api/hosts?limit=0").statusCode());
    }

    private JsonArray ids(String query) throws IOException, InterruptedException {
        JsonArray ids = new JsonArray();
        new JsonObject(site.get("api/hosts?" + query).body())
                .getJsonArray("hosts")
                .forEach(host -> ids.add(((JsonObject) host).getString("id")));
        return ids;
    }

    @Test
    void twoMachinesWithOneTokenAreShownAsSuch() throws Exception {
        hello(web1, 1);
        awaitState("web1", "live");
        String token = site.token("publish:web1");
        for (int time = 0; time < 3; time++) {
            hello(site.link(token), time);
        }
        Until.isTrue("twin", () -> row("web1").getBoolean("twin", false));
    }
}
