package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.auth.AccountsFile;
import pulseboard.auth.AuthConfig;

/** A proxy that is trusted says who asks; the same words from anybody else say nothing. */
@ExtendWith(VertxExtension.class)
class UserHeaderTest {

    private static final String FAR_AWAY = "203.0.113.7";

    @TempDir
    private Path folder;

    private HttpResponse<Buffer> session(Site site, String header, String user) {
        return Wait.on(site.request(HttpMethod.GET, "/api/session")
                .putHeader("X-Forwarded-For", FAR_AWAY)
                .putHeader(header, user)
                .send());
    }

    private Site site(Vertx vertx, String trusted, AuthConfig config) {
        Access access = new Access(config, new AccountsFile(folder), System::currentTimeMillis);
        return new Site(vertx, Site.configWithProxies(trusted), access);
    }

    private static AuthConfig config(String header, String role) {
        return new AuthConfig("", 30, header, role);
    }

    @Test
    void userOfATrustedProxyIsInWithTheRoleOfTheSetting(Vertx vertx) {
        Site site = site(vertx, "127.0.0.1", config("X-Remote-User", "operator"));
        JsonObject who = session(site, "X-Remote-User", " bob ").bodyAsJsonObject();
        assertEquals("proxy:bob", who.getString("name"));
        assertEquals(JsonArray.of("act:*", "read:*"), who.getJsonArray("scopes"));
    }

    @Test
    void headerOfAnybodyElseCountsForNothing(Vertx vertx) {
        Site site = site(vertx, "192.0.2.1", config("X-Remote-User", "admin"));
        assertEquals(401, session(site, "X-Remote-User", "bob").statusCode());
        assertEquals(
                401,
                Wait.on(site.request(HttpMethod.GET, "/api/boards/test")
                                .putHeader("X-Remote-User", "bob")
                                .send())
                        .statusCode());
    }

    @Test
    void otherHeadersOfATrustedProxyNameNobody(Vertx vertx) {
        Site site = site(vertx, "127.0.0.1", config("X-Remote-User", "viewer"));
        assertEquals(401, session(site, "Remote-User", "bob").statusCode());
        assertEquals(401, session(site, "X-Remote-User", "  ").statusCode());
    }

    @Test
    void withoutTheSettingNoHeaderNamesAnybody(Vertx vertx) {
        Site site = site(vertx, "127.0.0.1", config("", "viewer"));
        assertEquals(401, session(site, "X-Remote-User", "bob").statusCode());
    }

    @Test
    void whomTheProxyDoesNotNameIsNobodyEvenFromThisMachine(Vertx vertx) {
        Site site = site(vertx, "127.0.0.1", config("X-Remote-User", "viewer"));
        assertEquals(401, site.get("/api/session").statusCode());
    }
}
