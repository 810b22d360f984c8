package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;
import pulseboard.auth.NewToken;

@ExtendWith(VertxExtension.class)
class AccessRoutesTest {

    @TempDir
    private Path folder;

    private GuardedSite guarded;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
    }

    private static String cookie(HttpResponse<Buffer> response) {
        return String.valueOf(response.getHeader("set-cookie"));
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path, String session) {
        return Wait.on(guarded.fromPage(method, path, session).send());
    }

    private HttpResponse<Buffer> send(HttpMethod method, String path, String session, JsonObject body) {
        return Wait.on(guarded.fromPage(method, path, session).sendJsonObject(body));
    }

    @Test
    void passwordOpensASessionInACookieThatNoScriptCanRead() {
        HttpResponse<Buffer> response = guarded.signIn("vera", GuardedSite.PASSWORD);
        assertEquals(200, response.statusCode());
        String cookie = cookie(response);
        assertTrue(
                cookie.contains("; HTTPOnly") && cookie.contains("; SameSite=Strict") && cookie.contains("; Path=/"),
                cookie);
        assertFalse(cookie.contains("Secure"), cookie);
        String session = cookie.replaceFirst("^pulseboard_" + guarded.site.port + "=([^;]*);.*", "$1");
        JsonObject who = send(HttpMethod.GET, "/api/session", session).bodyAsJsonObject();
        assertEquals("vera", who.getString("name"));
        assertEquals(List.of("read:*"), who.getJsonArray("scopes").getList());
        assertFalse(response.bodyAsString().contains(session));
    }

    @Test
    void cookieIsSecureBehindATrustedProxyThatSpeaksTls(Vertx vertx) throws IOException {
        GuardedSite behind =
                new GuardedSite(vertx, folder.resolve("b"), Site.configWithProxies("127.0.0.1"), AuthConfig.DEFAULT);
        for (GuardedSite each : List.of(behind, guarded)) {
            HttpResponse<Buffer> response = Wait.on(each.site
                    .request(HttpMethod.POST, "/api/session")
                    .putHeader("X-Forwarded-Proto", "https")
                    .sendJsonObject(JsonObject.of("name", "vera", "password", GuardedSite.PASSWORD)));
            assertEquals(each == behind, cookie(response).contains("; Secure"), cookie(response));
        }
    }

    @Test
    void wrongPasswordsAreSlowedDownAndThenNotLookedAt() {
        for (int i = 0; i < 3; i++) {
            assertEquals("401 wrong_name_or_password", GuardedSite.error(guarded.signIn("vera", "wrong password")));
        }
        HttpResponse<Buffer> refused = guarded.signIn("vera", GuardedSite.PASSWORD);
        assertEquals("429 too_many_attempts", GuardedSite.error(refused));
        assertTrue(Integer.parseInt(refused.getHeader("retry-after")) > 0);
    }

    @Test
    void manyAtOnceAreRefusedInsteadOfWaiting() throws IOException {
        List<PlainSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            PlainSocket socket = new PlainSocket(guarded.site.port);
            String body =
                    JsonObject.of("name", "n" + i, "password", "wrong password").encode();
            socket.send("POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            sockets.add(socket);
        }
        List<String> answers = new ArrayList<>();
        for (PlainSocket socket : sockets) {
            answers.add(socket.read(12).substring(9));
            socket.close();
        }
        assertTrue(answers.contains("503"), answers::toString);
        assertTrue(answers.contains("401"), answers::toString);
    }

    @Test
    void tokenTellsWhoseSessionItWouldReplace() throws IOException {
        String token = guarded.token("read:*");
        for (String session : List.of(guarded.session("anna"), token)) {
            var ask = guarded.fromPage(HttpMethod.GET, "/api/session", session)
                    .putHeader("Authorization", "Bearer " + token);
            String expected = session.equals(token) ? null : "anna";
            assertEquals(expected, Wait.on(ask.send()).bodyAsJsonObject().getString("replaces"));
        }
    }

    @Test
    void oneNetworkLeavesPlacesForOthers(Vertx vertx) throws IOException {
        GuardedSite behind =
                new GuardedSite(vertx, folder.resolve("b"), Site.configWithProxies("127.0.0.1"), AuthConfig.DEFAULT);
        List<Future<HttpResponse<Buffer>>> answers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            answers.add(signIn(behind, "n" + i, "wrong password", "2001:db8:0:1::" + i));
        }
        var rightful = signIn(behind, "vera", GuardedSite.PASSWORD, "2001:db8:0:2::1");
        assertEquals(200, Wait.on(rightful).statusCode());
        List<Integer> others = answers.stream()
                .map(each -> Wait.on(each).statusCode())
                .sorted()
                .toList();
        assertTrue(others.contains(401) && others.contains(503), others::toString);
    }

    private static Future<HttpResponse<Buffer>> signIn(GuardedSite site, String name, String password, String from) {
        return site.site
                .request(HttpMethod.POST, "/api/session")
                .putHeader("X-Forwarded-For", from)
                .sendJsonObject(JsonObject.of("name", name, "password", password));
    }

    @Test
    void whileNobodySignsInNoTokenIsMadeThatWouldOutliveThat(Vertx vertx) throws IOException {
        AccountsFile file = new AccountsFile(folder.resolve("empty"));
        Access access = new Access(AuthConfig.DEFAULT, file, System::currentTimeMillis);
        access.load();
        Site site = new Site(vertx, Site.config(), access);
        var make = site.request(HttpMethod.POST, "/api/tokens")
                .sendJsonObject(new JsonObject("{\"label\":\"x\",\"scopes\":[\"act:*\"]}"));
        assertEquals("403 forbidden", GuardedSite.error(Wait.on(make)));
        assertEquals(Map.of(), access.accounts().tokens());
        assertEquals(200, site.get("/api/tokens").statusCode());
    }

    @Test
    void cookieOfAnEncryptedPageCannotBeSetByOthers(Vertx vertx) throws IOException {
        GuardedSite behind =
                new GuardedSite(vertx, folder.resolve("b"), Site.configWithProxies("127.0.0.1"), AuthConfig.DEFAULT);
        var signedIn = Wait.on(behind.site
                .request(HttpMethod.POST, "/api/session")
                .putHeader("X-Forwarded-Proto", "https")
                .sendJsonObject(JsonObject.of("name", "vera", "password", GuardedSite.PASSWORD)));
        String name = "pulseboard_" + behind.site.port + "=";
        assertTrue(cookie(signedIn).startsWith("__Host-" + name), cookie(signedIn));
        String session = behind.session("vera");
        for (String prefix : List.of("__Host-", "")) {
            var ask = behind.site
                    .request(HttpMethod.GET, "/api/tokens")
                    .putHeader("X-Forwarded-Proto", "https")
                    .putHeader("Cookie", prefix + name + session);
            assertEquals(prefix.isEmpty() ? 401 : 200, Wait.on(ask.send()).statusCode(), prefix);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{}",
                "{\"name\":\"vera\"}",
                "{\"name\":1,\"password\":2}",
                "{\"name\":[\"vera\"],\"password\":{}}",
                "{\"name\":\"ve ra\",\"password\":\"correct horse battery\"}"
            })
    void whatIsNoNameAndPasswordIsTold(String body) {
        HttpResponse<Buffer> response = Wait.on(guarded.site
                .request(HttpMethod.POST, "/api/session")
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(body)));
        assertEquals("400 bad_request", GuardedSite.error(response));
    }

    @Test
    void formOfAnotherPageSignsNobodyIn() {
        HttpResponse<Buffer> response = Wait.on(guarded.site
                .request(HttpMethod.POST, "/api/session")
                .putHeader("Content-Type", "text/plain")
                .sendBuffer(JsonObject.of("name", "vera", "password", GuardedSite.PASSWORD)
                        .toBuffer()));
        assertEquals("400 bad_request", GuardedSite.error(response));
    }

    @Test
    void displayOnAWallKeepsItsTokenInACookie() throws IOException {
        String token = guarded.token("read:board.test");
        HttpResponse<Buffer> response =
                Wait.on(guarded.request(HttpMethod.POST, "/api/session", token).send());
        assertEquals(200, response.statusCode());
        assertTrue(
                cookie(response).startsWith("pulseboard_" + guarded.site.port + "=" + token + ";"), cookie(response));
        assertEquals(200, send(HttpMethod.GET, "/api/boards/test", token).statusCode());
        assertEquals(200, send(HttpMethod.DELETE, "/api/session", token).statusCode());
        assertTrue(guarded.access.byToken(token).isPresent());
    }

    @Test
    void signedOutIsOut() throws IOException {
        String session = guarded.session("vera");
        HttpResponse<Buffer> response = send(HttpMethod.DELETE, "/api/session", session);
        assertTrue(cookie(response).contains("=; Max-Age=0;"), cookie(response));
        assertEquals(401, send(HttpMethod.GET, "/api/session", session).statusCode());
    }

    @Test
    void tokenIsShownOnceListedWithoutSecretAndRevoked() throws IOException {
        String session = guarded.session("vera");
        JsonObject wanted = new JsonObject("{\"label\":\"wall\",\"scopes\":[\"read:board.test\"],\"days\":7}");
        HttpResponse<Buffer> made = send(HttpMethod.POST, "/api/tokens", session, wanted);
        assertEquals(201, made.statusCode());
        String secret = made.bodyAsJsonObject().getString("token");
        assertEquals(
                200,
                Wait.on(guarded.request(HttpMethod.GET, "/api/boards/test", secret)
                                .send())
                        .statusCode());
        HttpResponse<Buffer> list = send(HttpMethod.GET, "/api/tokens", session);
        assertFalse(list.bodyAsString().contains(secret) || list.bodyAsString().contains("hash"), list::bodyAsString);
        JsonObject wall = list.bodyAsJsonObject().getJsonArray("tokens").stream()
                .map(JsonObject.class::cast)
                .filter(token -> token.getString("label").equals("wall"))
                .findFirst()
                .orElseThrow();
        assertNotNull(wall.getLong("expiresAt"));
        assertEquals(
                200,
                send(HttpMethod.DELETE, "/api/tokens/" + wall.getString("id"), session)
                        .statusCode());
        assertEquals(
                "401 token_invalid",
                GuardedSite.error(Wait.on(guarded.request(HttpMethod.GET, "/api/boards/test", secret)
                        .send())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"label\":\"wall\",\"scopes\":[\"act:*\"]}",
                "{\"label\":\"wall\",\"scopes\":[\"admin\"]}",
                "{\"label\":\"wall\",\"scopes\":[]}",
                "{\"label\":\"wall\"}",
                "{\"label\":\"wall\",\"scopes\":\"read:*\"}",
                "{\"label\":\"wall\",\"scopes\":[[\"read:*\"]]}",
                "{\"label\":\"session\",\"scopes\":[\"read:*\"]}",
                "{\"scopes\":[\"read:*\"]}",
                "{\"label\":{},\"scopes\":[\"read:*\"]}",
                "{\"label\":\"wall\",\"scopes\":[null]}",
                "{\"label\":\"wall\",\"scopes\":[\"read:*\"],\"days\":null}",
                "{\"label\":\"wall\",\"scopes\":[\"read:*\"],\"days\":0}",
                "{\"label\":\"wall\",\"scopes\":[\"read:*\"],\"days\":\"many\"}",
                "{\"label\":\"wall\",\"scopes\":[\"read:*\"],\"days\":4294967297}",
                "{\"label\":\"wall\",\"scopes\":[\"read:*\"],\"days\":1.5}"
            })
    void viewerMakesNoTokenThatIsMoreOrNothing(String body) throws IOException {
        HttpResponse<Buffer> response =
                send(HttpMethod.POST, "/api/tokens", guarded.session("vera"), new JsonObject(body));
        assertEquals("400 bad_request", GuardedSite.error(response));
    }

    @Test
    void programMakesNoTokenAndRevokesNone() throws IOException {
        String program = guarded.token("read:*");
        var make = guarded.request(HttpMethod.POST, "/api/tokens", program)
                .sendJsonObject(new JsonObject("{\"label\":\"x\",\"scopes\":[\"read:*\"]}"));
        assertEquals("403 forbidden", GuardedSite.error(Wait.on(make)));
        String id = guarded.access.byToken(program).orElseThrow().tokenId();
        var revoke =
                guarded.request(HttpMethod.DELETE, "/api/tokens/" + id, program).send();
        assertEquals("404 unknown_token", GuardedSite.error(Wait.on(revoke)));
    }

    @Test
    void programSeesNoTokensButItsOwnWhateverItIsCalled() throws IOException {
        guarded.session("anna");
        NewToken named = NewToken.of("anna", null, java.util.Set.of("read:*"), Long.MAX_VALUE);
        guarded.access.add(named, "vera", "192.0.2.1");
        var list = Wait.on(
                guarded.request(HttpMethod.GET, "/api/tokens", named.secret()).send());
        assertEquals(1, list.bodyAsJsonObject().getJsonArray("tokens").size());
        assertTrue(
                list.bodyAsJsonObject().getJsonArray("tokens").getJsonObject(0).getBoolean("isThis"));
    }

    @Test
    void whatIsNoBearerTokenIsKeptInNoCookie() {
        for (String header : List.of("abc", "Basicabc", "Basic YWRtaW46eA==")) {
            var response = Wait.on(guarded.site
                    .request(HttpMethod.POST, "/api/session")
                    .putHeader("Authorization", header)
                    .sendJsonObject(JsonObject.of("name", "vera", "password", GuardedSite.PASSWORD)));
            assertEquals(200, response.statusCode(), header);
            assertFalse(cookie(response).contains("=" + header), cookie(response));
        }
    }

    @Test
    void onlyAnAdminSeesAndRevokesTheTokensOfOthers() throws IOException {
        String anna = guarded.session("anna");
        String vera = guarded.session("vera");
        String id = guarded.access.byToken(anna).orElseThrow().tokenId();
        assertEquals(
                1,
                send(HttpMethod.GET, "/api/tokens", vera)
                        .bodyAsJsonObject()
                        .getJsonArray("tokens")
                        .size());
        assertEquals(
                2,
                send(HttpMethod.GET, "/api/tokens", anna)
                        .bodyAsJsonObject()
                        .getJsonArray("tokens")
                        .size());
        assertEquals("404 unknown_token", GuardedSite.error(send(HttpMethod.DELETE, "/api/tokens/" + id, vera)));
        String other = String.valueOf(guarded.access.byToken(vera).orElseThrow().tokenId());
        assertEquals(200, send(HttpMethod.DELETE, "/api/tokens/" + other, anna).statusCode());
        assertEquals(401, send(HttpMethod.GET, "/api/tokens", vera).statusCode());
    }
}
