package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;

@ExtendWith(VertxExtension.class)
class AuthenticationHandlerTest {

    @TempDir
    private Path folder;

    private static final List<String> DOORS = List.of(
            "/api/host",
            "/api/boards",
            "/api/boards/test",
            "/api/boards/test/stream",
            "/api/tokens",
            "/api/nothing",
            "/eventbus/info",
            "/eventbus/websocket",
            "/eventbus/000/abc/websocket");

    private static final List<String> POSTS = List.of(
            "/eventbus/000/abc/xhr", "/eventbus/000/abc/xhr_streaming", "/eventbus/000/abc/xhr_send", "/api/tokens");

    @Test
    void strangersComeThroughNoDoor(Vertx vertx) throws IOException {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        for (String path : DOORS) {
            assertEquals("401 login_required", GuardedSite.error(guarded.site.get(path)), path);
        }
        for (String path : POSTS) {
            assertEquals(
                    "401 login_required",
                    GuardedSite.error(
                            Wait.on(guarded.site.request(HttpMethod.POST, path).send())),
                    path);
        }
    }

    @Test
    void pageOfAnotherSiteCannotHaveItAskAsForAnImage(Vertx vertx) {
        Site site = new Site(vertx, Site.configWithOrigins("https://a.example"));
        for (String path : List.of("/api/boards", "/api/boards/test", "/metrics", "/eventbus/info", "/badge/cpu.svg")) {
            assertEquals("403 origin_refused", GuardedSite.error(site.get(path, "Sec-Fetch-Site", "cross-site")), path);
        }
        assertEquals(200, site.get("/", "Sec-Fetch-Site", "cross-site").statusCode(), "a link to the page");
        for (String from : List.of("same-origin", "same-site", "none")) {
            assertEquals(
                    200, site.get("/api/boards/test", "Sec-Fetch-Site", from).statusCode(), from);
        }
        var allowed = site.request(HttpMethod.GET, "/api/boards/test")
                .putHeader("Sec-Fetch-Site", "cross-site")
                .putHeader("Origin", "https://a.example");
        assertEquals(200, Wait.on(allowed.send()).statusCode());
    }

    @Test
    void noSpellingOfAPathIsAnotherDoor(Vertx vertx) throws IOException {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        for (String path : List.of(
                "//api/boards/test",
                "/api//boards/test",
                "/./api/boards/test",
                "/x/../api/boards/test",
                "/%61pi/boards/test",
                "/api/boards/test/",
                "/api/health/../boards/test",
                "/api/session/../boards/test",
                "/eventbus//websocket")) {
            var response = guarded.site.get(path);
            assertTrue(response.statusCode() == 401 || response.statusCode() == 404, path + response.statusCode());
        }
    }

    @Test
    void strangersMaySeeThatItIsUpAndNoMore(Vertx vertx) throws IOException {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        assertEquals(
                JsonObject.of("status", "up"), guarded.site.get("/api/health").bodyAsJsonObject());
        assertEquals(200, guarded.site.get("/").statusCode());
        assertEquals(200, guarded.site.get("/openapi.yaml").statusCode());
        var known = Wait.on(guarded.request(HttpMethod.GET, "/api/health", guarded.token("read:*"))
                .send());
        assertTrue(known.bodyAsJsonObject().containsKey("verticles"));
    }

    @Test
    void strangersGetNoWebSocket(Vertx vertx) throws IOException {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        UpgradeRejectedException refused = assertThrows(UpgradeRejectedException.class, () -> guarded.site.rawClient());
        assertEquals(401, refused.getStatus());
    }

    @Test
    void wrongTokenIsNotTakenForNoToken(Vertx vertx) throws IOException {
        Access access = new Access(AuthConfig.DEFAULT, new AccountsFile(folder), System::currentTimeMillis);
        access.load();
        Site site = new Site(vertx, Site.config(), access);
        assertEquals(200, site.get("/api/boards").statusCode());
        var response = Wait.on(site.request(HttpMethod.GET, "/api/boards")
                .putHeader("Authorization", "Bearer pulseboard_wrong")
                .send());
        assertEquals("401 token_invalid", GuardedSite.error(response));
    }

    @Test
    void thisMachineNeedsNoTokenUntilThereIsAUserButAProxyDoes(Vertx vertx) throws IOException {
        Access access = new Access(AuthConfig.DEFAULT, new AccountsFile(folder), System::currentTimeMillis);
        access.load();
        Site site = new Site(vertx, Site.config(), access);
        assertEquals(200, site.get("/api/boards").statusCode());
        for (String header :
                List.of("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")) {
            var forwarded = Wait.on(site.request(HttpMethod.GET, "/api/boards")
                    .putHeader(header, "127.0.0.1")
                    .send());
            assertEquals("401 login_required", GuardedSite.error(forwarded), header);
        }
    }

    @Test
    void trustedProxyTellsWhetherItIsThisMachine(Vertx vertx) throws IOException {
        Access access = new Access(AuthConfig.DEFAULT, new AccountsFile(folder), System::currentTimeMillis);
        access.load();
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.1"), access);
        assertEquals(200, forwardedFor(site, "127.0.0.1"));
        assertEquals(401, forwardedFor(site, "192.0.2.1"));
        assertEquals(401, forwardedFor(site, "127.0.0.1, 192.0.2.1"));
        for (String nobody :
                List.of("192.0.2.1:5678", "unknown", "[2001:db8::1]", "fe80::1%eth0", "", "unknown, 127.0.0.1")) {
            assertEquals(401, forwardedFor(site, nobody), nobody);
        }
        for (String header : List.of("X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "Via")) {
            var unnamed = site.request(HttpMethod.GET, "/api/boards").putHeader(header, "localhost");
            assertEquals(401, Wait.on(unnamed.send()).statusCode(), header);
        }
    }

    private static int forwardedFor(Site site, String clients) {
        return Wait.on(site.request(HttpMethod.GET, "/api/boards")
                        .putHeader("X-Forwarded-For", clients)
                        .send())
                .statusCode();
    }

    @Test
    void nameFromATrustedProxyIsBelievedAndFromNobodyElse(Vertx vertx) throws IOException {
        AuthConfig auth = new AuthConfig("", 30, "X-Remote-User", "viewer");
        GuardedSite behind = new GuardedSite(vertx, folder, Site.configWithProxies("127.0.0.1"), auth);
        GuardedSite bare = new GuardedSite(vertx, folder, Site.config(), auth);
        for (GuardedSite each : List.of(behind, bare)) {
            var response = Wait.on(each.site
                    .request(HttpMethod.GET, "/api/session")
                    .putHeader("X-Remote-User", "otto")
                    .send());
            assertEquals(each == behind ? 200 : 401, response.statusCode());
            assertEquals(
                    each == behind ? "proxy:otto" : null,
                    response.bodyAsJsonObject().getString("name"));
        }
    }

    @Test
    void cookieActsOnlyForAPageThatSaysWhereItIs(Vertx vertx) throws IOException {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        String session = guarded.session("anna");
        var body = JsonObject.of("label", "wall").put("scopes", List.of("read:*"));
        var own = guarded.fromPage(HttpMethod.POST, "/api/tokens", session);
        assertEquals(201, Wait.on(own.sendJsonObject(body)).statusCode());
        var foreign =
                guarded.fromPage(HttpMethod.POST, "/api/tokens", session).putHeader("Origin", "http://evil.example");
        assertEquals("403 origin_refused", GuardedSite.error(Wait.on(foreign.sendJsonObject(body))));
        var silent = guarded.fromPage(HttpMethod.POST, "/api/tokens", session);
        silent.headers().remove("Origin");
        assertEquals("403 origin_missing", GuardedSite.error(Wait.on(silent.sendJsonObject(body))));
        assertEquals(Set.of("session", "wall"), labels(guarded));
    }

    private static Set<String> labels(GuardedSite guarded) {
        return guarded.access.accounts().tokens().values().stream()
                .map(token -> token.label())
                .collect(java.util.stream.Collectors.toSet());
    }
}
