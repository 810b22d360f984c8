package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.feed.Addresses;

@ExtendWith(VertxExtension.class)
class BoardRoutesTest {

    private Vertx vertx;
    private Site site;

    @BeforeEach
    void start(Vertx started) {
        vertx = started;
        site = new Site(vertx);
        vertx.eventBus().consumer(Addresses.facts(Site.HOME), request -> request.reply(JsonObject.of("name", "here")));
    }

    private static void assertError(int status, String error, HttpResponse<Buffer> answer) {
        assertEquals(status, answer.statusCode());
        assertEquals("application/json", answer.getHeader("Content-Type"));
        JsonObject body = answer.bodyAsJsonObject();
        assertEquals(List.of("error", "message"), List.copyOf(body.fieldNames()));
        assertEquals(error, body.getString("error"));
    }

    private static void assertSecure(HttpResponse<Buffer> answer) {
        assertEquals("nosniff", answer.getHeader("X-Content-Type-Options"));
        assertEquals("no-referrer", answer.getHeader("Referrer-Policy"));
        String policy = answer.getHeader("Content-Security-Policy");
        assertNotNull(policy);
        assertTrue(policy.startsWith("default-src 'self';"), policy);
        assertTrue(policy.contains("frame-ancestors 'self'"), policy);
        assertNull(answer.getHeader("Server"));
    }

    private JsonObject json(String path) {
        HttpResponse<Buffer> answer = site.get(path);
        assertEquals(200, answer.statusCode());
        assertEquals("application/json", answer.getHeader("Content-Type"));
        assertEquals("no-store", answer.getHeader("Cache-Control"));
        return answer.bodyAsJsonObject();
    }

    @Test
    void factsAreWhatTheHostSays() {
        assertEquals(JsonObject.of("name", "here"), json("/api/host"));
    }

    @Test
    void boardsAreListedWithPathsAndAddressesThatWork() {
        JsonArray boards = json("/api/boards").getJsonArray("boards");
        assertEquals(1, boards.size());
        JsonObject board = boards.getJsonObject(0);
        assertEquals("test", board.getString("name"));
        assertEquals(Site.CHANGES, board.getString("changes"));
        assertEquals(Site.SNAPSHOT, board.getString("snapshot"));
        assertTrue(json("/" + board.getString("state")).containsKey("state"));
        assertEquals(
                "admin", board.getJsonObject("actions").getJsonObject("reset").getString("role"));
        assertEquals("names", board.getJsonArray("resources").getJsonObject(0).getString("path"));
        String stream = "/" + board.getString("stream");
        assertEquals(200, Wait.on(site.request(HttpMethod.HEAD, stream).send()).statusCode());
    }

    @Test
    void snapshotIsTheSameByRestAndByBus() {
        site.board.count(3);
        JsonObject byBus = site.rawClient().snapshot();
        JsonObject byRest = json("/api/boards/test");
        assertEquals(byBus.getString("epoch"), byRest.getString("epoch"));
        assertEquals(byBus.getJsonObject("state"), byRest.getJsonObject("state"));
    }

    @Test
    void snapshotMovesOnWithTheBoard() {
        long before = json("/api/boards/test").getLong("seq");
        site.board.count(1);
        // Not at once: whoever asks within a moment gets the same.
        Wait.Deadline deadline = new Wait.Deadline("newer snapshot");
        while (json("/api/boards/test").getLong("seq") == before) {
            deadline.check();
        }
        assertEquals(JsonObject.of("count", 1), site.state());
    }

    @Test
    void healthIsUpWhileEveryBoardAnswers() {
        JsonObject health = json("/api/health");
        assertEquals("up", health.getString("status"));
        JsonObject board = health.getJsonObject("verticles").getJsonObject("test");
        assertEquals("up", board.getString("state"));
        assertTrue(board.getLong("at") <= json("/api/boards/test").getLong("at"));
    }

    @Test
    void boardThatIsGoneIsUnavailableAndHealthSaysSo() {
        site.stopBoard();
        assertError(503, "board_unavailable", site.get("/api/boards/test"));
        HttpResponse<Buffer> health = site.get("/api/health");
        assertEquals(503, health.statusCode());
        assertEquals("degraded", health.bodyAsJsonObject().getString("status"));
        JsonObject verticles = health.bodyAsJsonObject().getJsonObject("verticles");
        assertEquals("down", verticles.getJsonObject("test").getString("state"));
        assertEquals("up", verticles.getJsonObject("web").getString("state"));
    }

    @Test
    void boardThatComesBackIsUpAgain() {
        site.stopBoard();
        assertEquals(503, site.get("/api/health").statusCode());
        Wait.on(vertx.deployVerticle(new TestBoard(Site.BOARD)));
        assertEquals("up", json("/api/health").getString("status"));
    }

    @Test
    void openApiIsServedAsItLiesInTheJar() throws Exception {
        HttpResponse<Buffer> answer = site.get("/openapi.yaml");
        assertEquals("application/yaml", answer.getHeader("Content-Type"));
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/openapi.yaml"), "openapi.yaml")) {
            assertEquals(new String(file.readAllBytes(), StandardCharsets.UTF_8), answer.bodyAsString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/api",
                "/api/",
                "/api/nothing",
                "/api/boards/test/nothing",
                "/.git/config",
                "/%2e%2e/%2e%2e/etc/passwd"
            })
    void unknownPathIsNotFound(String path) {
        HttpResponse<Buffer> answer = site.get(path);
        assertError(404, "not_found", answer);
        assertSecure(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/boards/nobody", "/api/boards/nobody/stream", "/api/boards/Test", "/api/boards/test.changes"
            })
    void unknownBoardIsToldSo(String path) {
        assertError(404, "unknown_board", site.get(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/host",
                "/api/boards",
                "/api/boards/test",
                "/api/boards/test/stream",
                "/api/health",
                "/openapi.yaml",
                "/",
            })
    void everyPathTakesGetAndHeadOnly(String path) {
        HttpResponse<Buffer> head = Wait.on(site.request(HttpMethod.HEAD, path).send());
        assertEquals(200, head.statusCode());
        assertNull(head.body());
        assertSecure(head);
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")) {
            HttpResponse<Buffer> answer =
                    Wait.on(site.request(HttpMethod.valueOf(method), path).send());
            assertError(405, "method_not_allowed", answer);
            assertEquals("GET, HEAD", answer.getHeader("Allow"));
            assertSecure(answer);
        }
    }

    @Test
    void wrongMethodOnTheBridgeIsRefusedToo() {
        HttpResponse<Buffer> info =
                Wait.on(site.request(HttpMethod.DELETE, "/eventbus/info").send());
        assertError(405, "method_not_allowed", info);
        assertEquals("GET, OPTIONS", info.getHeader("Allow"));
        HttpResponse<Buffer> xhr =
                Wait.on(site.request(HttpMethod.DELETE, "/eventbus/0/1/xhr").send());
        assertError(405, "method_not_allowed", xhr);
        assertEquals("OPTIONS, POST", xhr.getHeader("Allow"));
    }

    @Test
    void bodyThatIsTooLargeIsRefused() {
        HttpResponse<Buffer> answer = Wait.on(site.request(HttpMethod.POST, "/eventbus/000/large/xhr_send")
                .sendBuffer(Buffer.buffer(new byte[20_000])));
        assertError(413, "too_large", answer);
    }

    @Test
    void pageIsRevalidatedEachTime() {
        HttpResponse<Buffer> page = site.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.getHeader("Content-Type").startsWith("text/html"));
        assertEquals("no-cache", page.getHeader("Cache-Control"));
        assertSecure(page);
        HttpResponse<Buffer> again = Wait.on(site.request(HttpMethod.GET, "/")
                .putHeader("If-None-Match", page.getHeader("ETag"))
                .send());
        assertEquals(304, again.statusCode());
    }

    @Test
    void whatThePageLoadsIsKeptForEver() {
        Matcher assets = Pattern.compile("(?:href|src)=\"((assets-[0-9a-f]{16})/[^\"]+)\"")
                .matcher(site.get("/").bodyAsString());
        int count = 0;
        while (assets.find()) {
            HttpResponse<Buffer> asset = site.get("/" + assets.group(1));
            assertEquals(200, asset.statusCode(), assets.group(1));
            assertEquals("max-age=31536000, immutable", asset.getHeader("Cache-Control"));
            assertSecure(asset);
            HttpResponse<Buffer> other =
                    site.get("/" + assets.group(1).replace(assets.group(2), "assets-0000000000000000"));
            assertError(404, "not_found", other);
            assertEquals("no-cache", other.getHeader("Cache-Control"));
            count++;
        }
        assertTrue(count >= 4, "the page names only " + count);
    }
}
