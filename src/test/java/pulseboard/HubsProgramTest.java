package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hubs, agents and a NATS server, each a process of its own; agents join by commands, as people do it. */
@Tag("system")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HubsProgramTest {

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private NatsServer nats;

    @SuppressWarnings("NullAway.Init")
    private Program a;

    @SuppressWarnings("NullAway.Init")
    private Program b;

    @SuppressWarnings("NullAway.Init")
    private URI atA;

    @SuppressWarnings("NullAway.Init")
    private URI atB;

    @BeforeEach
    void start() throws Exception {
        nats = new NatsServer(folder.resolve("nats"), "");
        a = Program.start(environment("a"), "--port", "0");
        b = Program.start(environment("b"), "--port", "0");
        atA = a.awaitAddress();
        atB = b.awaitAddress();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        nats.close();
    }

    private Map<String, String> environment(String hub) throws IOException {
        Map<String, String> environment = HubSettings.of(folder, hub, nats.address());
        environment.put("XDG_STATE_HOME", folder.resolve(hub).toString());
        return environment;
    }

    /** By the command line of one hub: what that prints is good at both. */
    private String code() throws Exception {
        try (Program command = Program.start(environment("b"), "fleet", "invite", "--address", atB.toString())) {
            Program.End end = command.awaitEnd();
            assertEquals(0, end.code(), end.errors().toString());
            return end.out().get(end.out().size() - 1).replaceFirst(".* ", "");
        }
    }

    private Program agent(String name, URI first, URI second) throws Exception {
        Path machine = Files.createDirectory(folder.resolve(name));
        return Program.start(
                Map.of("XDG_STATE_HOME", machine.toString()),
                "agent",
                "--hub",
                first + "," + second,
                "--join",
                code(),
                "--name",
                name);
    }

    private JsonObject row(URI hub, String host) throws IOException, InterruptedException {
        return state(hub, "fleet").getJsonObject("hosts", new JsonObject()).getJsonObject(host, new JsonObject());
    }

    private JsonObject state(URI hub, String board) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(hub.resolve("/api/boards/" + board)).build(),
                HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonObject("state", new JsonObject())
                : new JsonObject();
    }

    private void awaitLive(URI hub, String host, String node) throws Exception {
        Until.isTrue(host + " is live by " + node, () -> {
            JsonObject row = row(hub, host);
            return "live".equals(row.getString("state")) && node.equals(row.getString("node"));
        });
    }

    private String readToken() throws Exception {
        try (Program command = Program.start(environment("a"), "token", "add", "viewer", "--scope", "read:*")) {
            Program.End end = command.awaitEnd();
            assertEquals(0, end.code(), end.errors().toString());
            return end.out().stream()
                    .filter(line -> line.matches("\\S{30,}"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(end.out().toString()));
        }
    }

    @Test
    void agentsOfAHubThatIsKilledLiveAtTheOtherAndWhoWatchesThereMissesNothing() throws Exception {
        String token = readToken();
        try (Program web = agent("web", atA, atB);
                Program db = agent("db", atB, atA)) {
            for (URI hub : List.of(atA, atB)) {
                awaitLive(hub, "web", "a");
                awaitLive(hub, "db", "b");
            }
            Until.isTrue("its page is at b", () -> state(atB, "web/host").containsKey("cpu"));
            BusViewer viewer = new BusViewer(atB, token);
            viewer.register("board.web/host.changes");
            String before = viewer.heardUntil(body -> body.containsKey("patch")).getString("epoch");
            a.signal("KILL");
            awaitLive(atB, "web", "b");
            JsonObject first = viewer.heardUntil(body -> !before.equals(body.getString("epoch")));
            viewer.ask("board.web/host.snapshot");
            JsonObject whole = viewer.heardUntil(body -> body.containsKey("state"));
            assertEquals(first.getString("epoch"), whole.getString("epoch"));
            assertTrue(whole.getJsonObject("state").containsKey("cpu"), whole::encode);
            JsonObject next = viewer.heardUntil(body ->
                    body.containsKey("patch") && !body.getJsonObject("patch").isEmpty());
            assertTrue(next.getLong("seq") > first.getLong("seq"), next::encode);
            assertTrue(web.isAlive() && db.isAlive());
        }
    }

    /** The agent notices after 25 s that nothing comes. */
    @Test
    @Tag("long")
    void hubThatStoodStillIsHeardAgainInBothDirections() throws Exception {
        try (Program web = agent("web", atA, atB);
                Program db = agent("db", atB, atA)) {
            for (URI hub : List.of(atA, atB)) {
                awaitLive(hub, "web", "a");
                awaitLive(hub, "db", "b");
            }
            a.signal("STOP");
            awaitLive(atB, "web", "b");
            a.signal("CONT");
            for (URI hub : List.of(atA, atB)) {
                awaitLive(hub, "web", "b");
                awaitLive(hub, "db", "b");
            }
            assertTrue(web.isAlive() && db.isAlive());
        }
    }
}
