package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** Who may tell the board {@code uploads} what, in the real program with its worker. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

    @SuppressWarnings("NullAway.Init") // Set before each.
    private TestTokens tokens;

    @BeforeEach
    void noTokens() {
        tokens = new TestTokens(folder);
    }

    private static JsonObject uploader() {
        return new JsonObject().put("uploader", "media");
    }

    private int act(URI address, String token, String action) throws Exception {
        String body = Objects.requireNonNull(ACTIONS.get(action), action).encode();
        return tokens.send(
                        HttpRequest.newBuilder(address.resolve("api/boards/uploads/actions/" + action))
                                .POST(HttpRequest.BodyPublishers.ofString(body)),
                        token)
                .statusCode();
    }

    private JsonObject state(URI address, String token) throws Exception {
        String board = tokens.send(HttpRequest.newBuilder(address.resolve("api/boards/uploads")), token)
                .body();
        return new JsonObject(board).getJsonObject("state", new JsonObject());
    }

    @Test
    void viewersSeeOperatorsDoAndOnlyAdministratorsCorrect() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.writeString(site.source().resolve("a file"), "what is in it");
        String settings =
                site.settings(RcloneTools.NEWEST, "[dav]\ntype = memory\n").toString();
        String viewer = tokens.add("vera", "read:*");
        String elsewhere = tokens.add("uwe", "read:*", "act:board.s3");
        String operator = tokens.add("otto", "read:*", "act:board.uploads");
        try (Program program = Program.start(tokens.environment(), "--port", "0", "--config", settings)) {
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
            String log = TestTokens.log(end);
            for (String action : ACTIONS.keySet()) {
                assertTrue(log.contains("action=\"uploads/" + action + "\" outcome=forbidden name=\"vera\""), log);
            }
            assertTrue(log.contains("action=\"uploads/start\" outcome=done name=\"otto\""), log);
        }
    }
}
