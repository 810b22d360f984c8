package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a board does when it is told to, and who may tell it. */
@ExtendWith(VertxExtension.class)
class ActionRoutesTest {

    private static final String ACTIONS = "/api/boards/" + Site.BOARD + "/actions/";

    @TempDir
    private Path folder;

    private GuardedSite guarded;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
    }

    private HttpResponse<Buffer> act(String token, String action, String body) {
        return Wait.on(guarded.request(HttpMethod.POST, ACTIONS + action, token).sendBuffer(Buffer.buffer(body)));
    }

    @Test
    void actionIsDoneAndAnswered() throws IOException {
        HttpResponse<Buffer> answer = act(guarded.token("act:board.test"), "count", "{\"to\":7}");
        assertEquals(200, answer.statusCode(), answer.bodyAsString());
        assertEquals(JsonObject.of("counted", 7), answer.bodyAsJsonObject());
        String reader = guarded.token("read:*");
        JsonObject board = Wait.on(guarded.request(HttpMethod.GET, "/api/boards/test", reader)
                        .send())
                .bodyAsJsonObject();
        assertEquals(7, board.getJsonObject("state").getInteger("count"));
    }

    @ParameterizedTest
    @CsvSource({
        "count, '{}', 400 bad_parameter",
        "count, '{\"to\":\"7\"}', 400 bad_parameter",
        "count, '{\"to\":7.5}', 400 bad_parameter",
        "count, '{\"to\":7,\"and\":1}', 400 bad_parameter",
        "count, '[7]', 400 bad_parameter",
        "count, 'seven', 400 bad_parameter",
        "refuse, '', 409 not_now",
        "fail, '{}', 500 internal_error",
        "dance, '{}', 404 unknown_action",
        "reset, '{}', 403 forbidden",
    })
    void whatCannotBeDoneIsRefusedWithAWord(String action, String body, String answer) throws IOException {
        assertEquals(answer, GuardedSite.error(act(guarded.token("act:*", "read:*"), action, body)));
    }

    @ParameterizedTest
    @CsvSource({"read:*", "read:board.test", "act:board.other"})
    void whoMayNotActDoesNothing(String scope) throws IOException {
        assertEquals("403 forbidden", GuardedSite.error(act(guarded.token(scope), "count", "{\"to\":7}")));
        assertEquals("403 forbidden", GuardedSite.error(act(guarded.token(scope), "dance", "{}")));
    }

    @Test
    void strangerAndUnknownBoardAreRefused() throws IOException {
        HttpResponse<Buffer> stranger =
                Wait.on(guarded.site.request(HttpMethod.POST, ACTIONS + "count").send());
        assertEquals("401 login_required", GuardedSite.error(stranger));
        String token = guarded.token("act:*");
        for (String board : new String[] {"nobody", "web1/test"}) {
            HttpResponse<Buffer> unknown =
                    Wait.on(guarded.request(HttpMethod.POST, "/api/boards/" + board + "/actions/count", token)
                            .send());
            assertEquals("404 unknown_board", GuardedSite.error(unknown));
        }
    }

    @Test
    void adminMayDoWhatIsForAdmins() throws IOException {
        HttpResponse<Buffer> answer =
                Wait.on(guarded.fromPage(HttpMethod.POST, ACTIONS + "reset", guarded.session("anna"))
                        .send());
        assertEquals(JsonObject.of("counted", 0), answer.bodyAsJsonObject());
        HttpResponse<Buffer> viewer =
                Wait.on(guarded.fromPage(HttpMethod.POST, ACTIONS + "count", guarded.session("vera"))
                        .send());
        assertEquals("403 forbidden", GuardedSite.error(viewer));
    }

    /** It is about what is theirs, so it takes no more than to see the board. */
    @Test
    void viewerMayDoWhatIsForOneself() throws IOException {
        HttpResponse<Buffer> answer =
                Wait.on(guarded.fromPage(HttpMethod.POST, ACTIONS + "greet", guarded.session("vera"))
                        .send());
        assertEquals(JsonObject.of("hello", "vera"), answer.bodyAsJsonObject());
        assertEquals("403 forbidden", GuardedSite.error(act(guarded.token("read:board.other"), "greet", "{}")));
        assertEquals("403 forbidden", GuardedSite.error(act(guarded.token("act:board.other"), "greet", "{}")));
    }

    @Test
    void everyTryIsALineOfTheAuditLogWithoutWhatWasSent() throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            String token = guarded.token("act:*");
            act(token, "count", "{\"to\":7}");
            act(token, "refuse", "{}");
            act(token, "count", "{}");
            act(token, "dance", "{}");
            act(guarded.token("read:*"), "da\"nce", "{}");
            String lines = String.join("\n", log.messages("pulseboard.audit"));
            assertTrue(lines.contains("acted action=\"test/count\" outcome=done name="), lines);
            assertTrue(lines.contains("acted action=\"test/refuse\" outcome=not_now name="), lines);
            assertTrue(lines.contains("acted action=\"test/count\" outcome=bad_parameter name="), lines);
            assertTrue(lines.contains("acted action=\"test/dance\" outcome=unknown_action name="), lines);
            assertTrue(lines.contains("outcome=forbidden"), lines);
            assertTrue(!lines.contains("to\\\":7"), lines);
        }
    }

    @Test
    void eachActionIsDescribed() throws IOException {
        String token = guarded.token("read:*");
        JsonObject paths = Wait.on(guarded.request(HttpMethod.GET, "/api/openapi.json", token)
                        .send())
                .bodyAsJsonObject()
                .getJsonObject("paths");
        JsonObject count = paths.getJsonObject(ACTIONS + "count").getJsonObject("post");
        assertEquals("Sets the count", count.getString("summary"));
        assertEquals(
                "integer",
                count.getJsonObject("requestBody")
                        .getJsonObject("content")
                        .getJsonObject("application/json")
                        .getJsonObject("schema")
                        .getJsonObject("properties")
                        .getJsonObject("to")
                        .getString("type"));
        assertTrue(paths.containsKey("/api/boards/test/names/{name}"));
        String other = guarded.token("read:board.other");
        assertTrue(!Wait.on(guarded.request(HttpMethod.GET, "/api/openapi.json", other)
                        .send())
                .bodyAsString()
                .contains("Sets the count"));
    }
}
