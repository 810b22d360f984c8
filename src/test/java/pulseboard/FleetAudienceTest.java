package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulseboard.auth.NewToken;
import pulseboard.auth.Role;
import pulseboard.auth.User;

/** The list of machines for a user who may see one group of them: web1 is in it, web2 is not. */
class FleetAudienceTest extends LinkedMachine {

    private final HttpClient http = HttpClient.newHttpClient();
    private String viewer = "";
    private String admin = "";

    @BeforeEach
    void haveTwoMachinesAndAUserOfOneGroup() throws Exception {
        LinkSite.Peer web2 = site.link(site.token("publish:web2"));
        for (LinkSite.Peer machine : List.of(web1, web2)) {
            machine.hello("host").snapshot("host", "e1", 1, JsonObject.of("cpu", JsonObject.of("busyPercent", 5.0)));
        }
        viewer = user("vera", new User(Role.VIEWER, "none", 1, Set.of("home")));
        admin = user("root", new User(Role.ADMIN, "none", 1));
        Until.isTrue("web1 is in home", () -> move("web1", "home") == 200);
        Until.isTrue("she sees it", () -> hosts(seen("fleet")).equals(Set.of("web1")));
    }

    private String user(String name, User user) throws Exception {
        NewToken token = NewToken.of("own", name, Set.of(), Long.MAX_VALUE);
        site.access.update(accounts -> token.addTo(accounts.with(name, user)));
        return token.secret();
    }

    /** As soon as the machine is in the list. */
    private int move(String machine, String group) throws Exception {
        JsonObject body = JsonObject.of("machine", machine, "group", group);
        HttpRequest request = HttpRequest.newBuilder(URI.create(site.address() + "api/boards/fleet/actions/move"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return site.get(path, "Authorization", "Bearer " + viewer);
    }

    private JsonObject seen(String board) throws Exception {
        HttpResponse<String> answer = get("api/boards/" + board);
        return answer.statusCode() == 200 ? new JsonObject(answer.body()).getJsonObject("state") : new JsonObject();
    }

    private static Set<String> hosts(JsonObject fleet) {
        return fleet.getJsonObject("hosts", new JsonObject()).fieldNames();
    }

    @Test
    void whatOneMayNotSeeIsInNoRowNoCountAndNoSeries() throws Exception {
        JsonObject fleet = seen("fleet");
        assertEquals(1, fleet.getJsonObject("hub").getInteger("hostCount"), fleet::encode);
        assertFalse(fleet.getJsonObject("hub").containsKey("nodes"));
        String boards = get("api/boards").body();
        assertTrue(boards.contains("\"fleet\"") && boards.contains("web1/host"), boards);
        assertFalse(boards.contains("web2"), boards);
        String history = "api/boards/fleet/history?from=-60s&series=hosts.";
        Until.isTrue("of web1", () -> get(history + "web1.cpuBusyPercent").statusCode() == 200);
        for (String series : List.of("web2.cpuBusyPercent", "*.cpuBusyPercent", "host.cpuBusyPercent")) {
            String hidden = get(history + series).body();
            assertEquals(get(history + "web9.cpuBusyPercent").body(), hidden, series);
            assertEquals(
                    404,
                    get(history + "web1.cpuBusyPercent&series=hosts." + series).statusCode(),
                    series);
        }
        for (String path : List.of("series", "history", "history.csv", "history.ndjson")) {
            assertEquals(404, get("api/boards/fleet/" + path).statusCode(), path);
        }
        for (String board : List.of("boards", "alerts")) { // What is judged here is of all machines.
            assertEquals(403, get("api/boards/" + board).statusCode(), board);
        }
    }

    @Test
    void listIsLiveAndForgetsAMachineThatLeavesTheGroup() throws Exception {
        BusViewer bus = new BusViewer(URI.create(site.address()), viewer);
        bus.register("board.fleet.changes");
        bus.ask("board.fleet.snapshot");
        JsonObject first = bus.heardUntil(body -> body.containsKey("state"));
        assertEquals(Set.of("web1"), hosts(first.getJsonObject("state")));
        assertEquals(200, move("web2", "home"));
        JsonObject came = bus.heardUntil(body -> hosts(patch(body)).contains("web2"));
        assertEquals(first.getString("epoch"), came.getString("epoch"));
        assertEquals(200, move("web1", "berlin"));
        JsonObject gone = bus.heardUntil(body -> hosts(patch(body)).contains("web1"));
        assertEquals(null, patch(gone).getJsonObject("hosts").getValue("web1"), gone::encode);
        assertFalse(gone.encode().contains("berlin"), gone::encode);
        assertEquals(Set.of("web2"), hosts(seen("fleet")));
        bus.ask("board.fleet.series");
        JsonObject refused = bus.heard();
        while (!"err".equals(refused.getString("type"))) {
            refused = bus.heard();
        }
        assertEquals("rejected", refused.getString("body"), refused::encode);
    }

    private static JsonObject patch(JsonObject body) {
        return body.getJsonObject("patch", new JsonObject());
    }
}
