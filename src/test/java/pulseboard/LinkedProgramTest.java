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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two programs, as people start them: one shows what the other samples, or does. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinkedProgramTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private HttpResponse<String> get(URI server, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonObject state(URI server, String board) throws IOException, InterruptedException {
        HttpResponse<String> answer = get(server, "/api/boards/" + board);
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getJsonObject("state", new JsonObject())
                : new JsonObject();
    }

    private boolean isOffline(URI server, String board) throws IOException, InterruptedException {
        return "offline"
                .equals(state(server, "boards")
                        .getJsonObject(board, new JsonObject())
                        .getJsonObject("health", new JsonObject())
                        .getString("state"));
    }

    private Program hub(Map<String, String> more) throws IOException {
        return Program.start(
                with(more, "XDG_STATE_HOME", folder.toString(), "PULSEBOARD_FLEET_ACCEPT", "true"), "--port", "0");
    }

    private static Map<String, String> with(Map<String, String> some, String... more) {
        Map<String, String> all = new HashMap<>(some);
        for (int index = 0; index < more.length; index += 2) {
            all.put(more[index], more[index + 1]);
        }
        return all;
    }

    private Path token() throws Exception {
        try (Program command = Program.start(
                Map.of("XDG_STATE_HOME", folder.toString()), "token", "add", "web1", "--scope", "publish:web1")) {
            Program.End end = command.awaitEnd();
            assertEquals(0, end.code(), end.errors().toString());
            return Files.writeString(folder.resolve("token"), end.out().get(0) + "\n");
        }
    }

    @Test
    void machineIsOnTheOthersPageAndIsMissedWhenItIsGone() throws Exception {
        Path token = token();
        try (Program hub = hub(Map.of())) {
            URI server = hub.awaitAddress();
            try (Program agent =
                    Program.start(Map.of(), "agent", "--hub", server.toString(), "--token-file", token.toString())) {
                Until.isTrue(
                        "its host board is there",
                        () -> state(server, "web1/host").containsKey("cpu"));
                assertEquals(200, get(server, "/api/boards/web1/host/facts").statusCode());
                assertTrue(get(server, "/api/boards/web1/host/facts").body().contains("\"name\""));
                assertTopShows("web1", server);
                StreamViewer viewer = new StreamViewer(server, "web1/processes");
                // Sampled there because somebody watches here.
                viewer.awaitState(state -> state.containsKey("processes"));
                agent.signal("KILL");
                Until.isTrue("it is missed", () -> isOffline(server, "web1/host"));
            }
            assertFalse(state(server, "web1/host").isEmpty(), "its last figures stay");
            assertTopSaysOffline(server);
            try (Program again =
                    Program.start(Map.of(), "agent", "--hub", server.toString(), "--token-file", token.toString())) {
                Until.isTrue("it is back", () -> !isOffline(server, "web1/host"));
                again.terminate();
                Until.isTrue("it said goodbye", () -> isOffline(server, "web1/host"));
                assertEquals(
                        "stopping",
                        state(server, "boards")
                                .getJsonObject("web1/host")
                                .getJsonObject("health")
                                .getString("reason"));
            }
        }
    }

    private static void assertTopShows(String machine, URI server) throws Exception {
        Program.End one = Program.run("top", "--json", "--once", "--machine", machine, server.toString());
        assertEquals(0, one.code(), one.errors().toString());
        assertTrue(one.out().get(0).contains("\"busyPercent\""), one.out().get(0));
        Program.End none = Program.run("top", "--once", "--machine", "web9", server.toString());
        assertEquals(1, none.code());
        String said = none.out() + " " + none.errors();
        assertTrue(said.contains("no machine web9 is linked there"), said);
        assertEquals(
                2,
                Program.run("top", "--once", "--machine", "../host", server.toString())
                        .code());
    }

    /** Its last figures are still there, and must not be taken for those of now. */
    private static void assertTopSaysOffline(URI server) throws Exception {
        Program.End one = Program.run("top", "--once", "--machine", "web1", server.toString());
        assertEquals(1, one.code(), one.out().toString());
        assertTrue(
                one.errors().toString().contains("web1 is offline since 20"),
                one.errors().toString());
        try (Program lines = Program.start(Map.of(), "top", "--json", "--machine", "web1", server.toString())) {
            lines.awaitLine("\"live\":false,\"reason\":\"web1 is offline since 20");
        }
    }

    @Test
    void agentGoesOnWhenTheOtherIsStartedAgain() throws Exception {
        Path token = token();
        try (Program first = hub(Map.of())) {
            URI server = first.awaitAddress();
            String port = Integer.toString(server.getPort());
            try (Program agent =
                    Program.start(Map.of(), "agent", "--hub", server.toString(), "--token-file", token.toString())) {
                Until.isTrue("it is there", () -> state(server, "web1/host").containsKey("cpu"));
                first.terminate();
                first.awaitEnd();
                try (Program second = Program.start(
                        Map.of("XDG_STATE_HOME", folder.toString(), "PULSEBOARD_FLEET_ACCEPT", "true"),
                        "--port",
                        port)) {
                    second.awaitAddress();
                    Until.isTrue(
                            "it is there again",
                            () -> state(server, "web1/host").containsKey("cpu"));
                    assertTrue(agent.isAlive());
                }
            }
        }
    }

    @Test
    void mistakesAreOneLineThatSaysTheFix() throws Exception {
        assertMistake("agent: say which Pulseboard is to show this machine", 2, Map.of(), "agent");
        assertMistake("agent: there is no token", 2, Map.of(), "agent", "--hub", "https://hub.example/");
        Map<String, String> token = Map.of("PULSEBOARD_TOKEN", "pulseboard_x");
        assertMistake("is not encrypted", 2, token, "agent", "--hub", "http://hub.example/");
        assertMistake("is not an address", 2, token, "agent", "--hub", "ftp://hub.example/");
        try (Program hub = hub(Map.of())) {
            String server = hub.awaitAddress().toString();
            assertMistake("does not take the link: the token is wrong", 1, token, "agent", "--hub", server);
        }
        Path good = token();
        try (Program none = Program.start(Map.of("XDG_STATE_HOME", folder.toString()), "--port", "0")) {
            String server = none.awaitAddress().toString();
            assertMistake("fleet.accept: true", 1, Map.of(), "agent", "--hub", server, "--token-file", good.toString());
        }
        Program.End nothing = Program.run("work");
        assertEquals(0, nothing.code());
        assertTrue(
                nothing.out().toString().contains("there is no job in the settings"),
                nothing.out().toString());
    }

    private static void assertMistake(String says, int code, Map<String, String> environment, String... arguments)
            throws Exception {
        try (Program program = Program.start(environment, arguments)) {
            Program.End end = program.awaitEnd();
            List<String> ours = end.errors().stream()
                    .filter(line -> line.startsWith("pulseboard: "))
                    .toList();
            assertEquals(1, ours.size(), end.errors().toString());
            assertTrue(ours.get(0).contains(says), ours.get(0));
            assertEquals(code, end.code());
        }
    }

    private Optional<ProcessHandle> worker() throws IOException {
        Path noted = folder.resolve("pulseboard").resolve("work.pid");
        return Files.exists(noted)
                ? ProcessHandle.of(Long.parseLong(Files.readString(noted).split(" ", 2)[0]))
                        .filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    @Test
    void jobIsStartedBesideTheProgramStartedAgainWhenItDiesAndEndedWithIt() throws Exception {
        Map<String, String> job = Map.of("XDG_STATE_HOME", folder.toString(), "PULSEBOARD_TOY_MOST", "10");
        try (Program program = Program.startMain("pulseboard.ToyProgram", job, "--port", "0")) {
            URI server = program.awaitAddress();
            Until.isTrue("the job is there", () -> state(server, "toy").containsKey("count"));
            HttpResponse<String> done = http.send(
                    HttpRequest.newBuilder(server.resolve("/api/boards/toy/actions/add"))
                            .POST(HttpRequest.BodyPublishers.ofString("{\"by\":4}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals("{\"count\":4}", done.body());
            assertEquals("count 4", get(server, "/api/boards/toy/text").body());

            ProcessHandle first = worker().orElseThrow();
            assertTrue(first.destroyForcibly());
            Until.isTrue(
                    "another one runs",
                    () -> worker().filter(other -> other.pid() != first.pid()).isPresent());
            Until.isTrue(
                    "and is linked",
                    () -> !isOffline(server, "toy")
                            && Integer.valueOf(0).equals(state(server, "toy").getInteger("count")));

            ProcessHandle second = worker().orElseThrow();
            program.terminate();
            program.awaitEnd();
            assertFalse(second.isAlive(), "the worker ended with it");
        }
    }

    @Test
    void jobOfAKilledProgramIsFoundByTheNext() throws Exception {
        Map<String, String> job = Map.of("XDG_STATE_HOME", folder.toString(), "PULSEBOARD_TOY_MOST", "10");
        try (Program program = Program.startMain("pulseboard.ToyProgram", job, "--port", "0")) {
            URI server = program.awaitAddress();
            Until.isTrue("the job is there", () -> state(server, "toy").containsKey("count"));
            ProcessHandle left = worker().orElseThrow();
            try {
                program.signal("KILL");
                program.awaitEndUnread(); // The job has its output open.
                assertTrue(left.isAlive());
                try (Program next =
                        Program.startMain("pulseboard.ToyProgram", job, "--port", Integer.toString(server.getPort()))) {
                    next.awaitAddress();
                    Until.isTrue(
                            "it is linked to the next",
                            () -> state(server, "toy").containsKey("count"));
                    assertEquals(left.pid(), worker().orElseThrow().pid());
                    next.terminate();
                    next.awaitEnd();
                }
                assertFalse(left.isAlive());
            } finally {
                left.destroyForcibly();
            }
        }
    }
}
