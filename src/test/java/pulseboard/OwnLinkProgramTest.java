package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine with a page, a job and alerts of its own joins another one, which shows all that and can do nothing there. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OwnLinkProgramTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path settings;

    /** With a rule that fires wherever there is memory. */
    @BeforeEach
    void haveAMachineOfItsOwn() throws IOException {
        settings = Files.createDirectory(folder.resolve("machine")).resolve("pulseboard.yaml");
        Files.writeString(settings, "alerts:\n  publicUrl: https://web1.example/monitor/\n");
        Path rules = Files.createDirectory(settings.resolveSibling("alerts.d"));
        Files.writeString(
                rules.resolve("always.yaml"),
                "rules:\n  - name: always\n    watch: host:memory.usedPercent\n    alarm: {above: 0}\n");
    }

    private Map<String, String> ofTheHub() {
        return Map.of("XDG_STATE_HOME", folder.resolve("hub").toString(), "PULSEBOARD_FLEET_ACCEPT", "true");
    }

    private Map<String, String> ofTheMachine() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    /** The settings of a job that only this program knows. */
    private Map<String, String> withAJob() {
        Map<String, String> all = new HashMap<>(ofTheMachine());
        all.put("PULSEBOARD_TOY_MOST", "10");
        return all;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject state(URI server, String board) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(server.resolve("/api/boards/" + board)));
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonObject("state", new JsonObject())
                : new JsonObject();
    }

    private JsonObject row(URI hub) throws IOException, InterruptedException {
        return state(hub, "fleet").getJsonObject("hosts", new JsonObject()).getJsonObject("web1", new JsonObject());
    }

    private Program.End command(Map<String, String> environment, String... words) throws Exception {
        try (Program command = Program.start(environment, words)) {
            return command.awaitEnd();
        }
    }

    private void join(URI hub) throws Exception {
        List<String> invited = command(ofTheHub(), "fleet", "invite", "--address", hub.toString())
                .out();
        String code = invited.get(invited.size() - 1).replaceFirst(".* ", "");
        Program.End joined = command(
                ofTheMachine(), "join", "--config", settings.toString(), "--name", "web1", hub.toString(), code);
        assertEquals(0, joined.code(), joined.errors().toString());
    }

    @Test
    void jobsAndAlertsOfAMachineAreSeenAtTheHubAndNothingIsDoneFromThere() throws Exception {
        String file = settings.toString();
        try (Program hub = Program.start(ofTheHub(), "--port", "0");
                Program machine =
                        Program.startMain("pulseboard.ToyProgram", withAJob(), "--config", file, "--port", "0")) {
            URI there = hub.awaitAddress();
            URI own = machine.awaitAddress();
            join(there); // It runs already, and finds out.
            Until.isTrue("its job", () -> state(there, "web1/toy").containsKey("count"));
            Until.isTrue("its alerts", () -> state(there, "web1/alerts").containsKey("verdict"));
            Until.isTrue("are counted", () -> row(there).getInteger("criticalCount", 0) > 0);
            assertEquals("https://web1.example/monitor/", row(there).getString("page"));
            assertTrue(state(there, "web1/fleet").isEmpty(), "what it shows of others is no board of its own");
            assertNothingIsDone(there);
            assertProcessesGoOnWhenTheOwnPageIsClosed(there, own);
            Program.End agent = command(ofTheMachine(), "agent", "--config", file);
            assertEquals(0, agent.code(), agent.errors().toString());
            assertTrue(agent.out().toString().contains("there is nothing to do for an agent"), agent.out()::toString);
            assertEquals(0, command(ofTheMachine(), "leave", "--config", file).code());
            Until.isTrue("gone", () -> row(there).isEmpty());
            assertFalse(state(own, "toy").isEmpty());
        }
    }

    private void assertNothingIsDone(URI hub) throws Exception {
        JsonObject info = state(hub, "boards").getJsonObject("web1/toy");
        assertEquals(new JsonObject(), info.getJsonObject("actions"), "nothing to press");
        HttpResponse<String> refused = send(HttpRequest.newBuilder(hub.resolve("/api/boards/web1/toy/actions/add"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":4}")));
        assertEquals(404, refused.statusCode(), refused.body());
        assertEquals(0, state(hub, "web1/toy").getInteger("count"));
    }

    /** Both who look have them sampled; the one who leaves must not end it for the other. */
    private static void assertProcessesGoOnWhenTheOwnPageIsClosed(URI hub, URI own) throws Exception {
        StreamViewer viewer = new StreamViewer(hub, "web1/processes");
        viewer.awaitState(state -> state.containsKey("processes"));
        BusViewer page = new BusViewer(own);
        page.register("board.processes.changes");
        page.unregister("board.processes.changes");
        for (int change = 0; change < 3; change++) {
            JsonObject next = viewer.next();
            assertFalse(next.encode().contains("sampled only while"), next::encode);
        }
    }
}
