package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** Who may tell the board {@code uploads} what, in the real program with its worker. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsRolesTest {

    private static final String ADJUST = "adjust-account";

    private static final Map<String, JsonObject> ACTIONS = Map.of(
            "start",
            uploader(),
            "stop",
            uploader(),
            "pause",
            uploader(),
            "resume",
            uploader(),
            "list",
            uploader(),
            "skip-stage",
            uploader(),
            "limit",
            uploader().put("bytesPerSecond", 1_000_000),
            "suspend-account",
            new JsonObject().put("account", "dav").put("hours", 1),
            "resume-account",
            new JsonObject().put("account", "dav"),
            ADJUST,
            new JsonObject().put("account", "dav").put("bytes", 5).put("why", "a test"));

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static JsonObject uploader() {
        return new JsonObject().put("uploader", "media");
    }

    private Map<String, String> environment() {
        return Map.of(
                "LC_ALL",
                "C.UTF-8",
                "PULSEBOARD_AUTH_FOLDER",
                folder.resolve("users").toString());
    }

    private String token(String name, String... scopes) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("token", "add", name),
                        Stream.of(scopes).flatMap(scope -> Stream.of("--scope", scope)))
                .toList();
        try (Program add = Program.start(environment(), command.toArray(String[]::new))) {
            Program.End end = add.awaitEnd();
            assertEquals(0, end.code(), end::toString);
            return end.out().get(0);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String token) throws Exception {
        return http.send(
                request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
    }

    private int act(URI address, String token, String action) throws Exception {
        String body = Objects.requireNonNull(ACTIONS.get(action), action).encode();
        return send(
                        HttpRequest.newBuilder(address.resolve("api/boards/uploads/actions/" + action))
                                .POST(HttpRequest.BodyPublishers.ofString(body)),
                        token)
                .statusCode();
    }

    private JsonObject state(URI address, String token) throws Exception {
        String board = send(HttpRequest.newBuilder(address.resolve("api/boards/uploads")), token)
                .body();
        return new JsonObject(board).getJsonObject("state", new JsonObject());
    }

    @Test
    void viewersSeeOperatorsDoAndOnlyAdministratorsCorrect() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.writeString(site.source().resolve("a file"), "what is in it");
        String settings =
                site.settings(RcloneTools.NEWEST, "[dav]\ntype = memory\n").toString();
        String viewer = token("vera", "read:*");
        String elsewhere = token("uwe", "read:*", "act:board.s3");
        String operator = token("otto", "read:*", "act:board.uploads");
        try (Program program = Program.start(environment(), "--port", "0", "--config", settings)) {
            URI address = program.awaitAddress();
            Until.isTrue("it is listed", () -> state(address, viewer).encode().contains("\"listedAt\""));
            for (String action : ACTIONS.keySet()) {
                assertEquals(403, act(address, viewer, action), action);
                assertEquals(403, act(address, elsewhere, action), action);
            }
            assertEquals(403, act(address, operator, ADJUST));
            assertTrue(!state(address, viewer).encode().contains("suspendedUntil"));
            assertEquals(200, act(address, operator, "limit"));
            assertEquals(200, act(address, operator, "suspend-account"));
            Until.isTrue("it rests", () -> state(address, viewer).encode().contains("suspendedUntil"));
            assertEquals(200, act(address, operator, "resume-account"));
            assertEquals(200, act(address, operator, "start"));
            Until.isTrue("it is done", () -> state(address, viewer).encode().contains("\"phase\":\"done\""));
            program.terminate();
            Program.End end = program.awaitEnd();
            String log = String.join("\n", end.out()) + "\n" + String.join("\n", end.errors());
            for (String action : ACTIONS.keySet()) {
                assertTrue(log.contains("action=\"uploads/" + action + "\" outcome=forbidden name=\"vera\""), log);
            }
            assertTrue(log.contains("action=\"uploads/start\" outcome=done name=\"otto\""), log);
        }
    }
}
