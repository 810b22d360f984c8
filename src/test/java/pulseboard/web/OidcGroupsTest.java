package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import com.nimbusds.jwt.JWTClaimsSet;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what after signing in with a provider, and by which name. */
@ExtendWith(VertxExtension.class)
class OidcGroupsTest {

    private final CapturedLog log = new CapturedLog();
    private TestProvider provider;
    private SignInWithProvider browser;

    @BeforeEach
    void start(Vertx vertx, @TempDir Path folder) {
        provider = new TestProvider(vertx);
        browser = new SignInWithProvider(vertx, SignInWithProvider.config(provider.issuer, ""), folder);
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private JsonObject sessionWith(Consumer<JWTClaimsSet.Builder> claims) {
        provider.claims = claims;
        HttpResponse<Buffer> answer = browser.signIn();
        assertEquals(
                "../../",
                answer.getHeader("Location"),
                () -> log.lines(Level.WARN).toString());
        return browser.session(answer).bodyAsJsonObject();
    }

    private void assertScopes(List<String> scopes, Object groups) {
        assertEquals(
                new JsonArray(scopes),
                sessionWith(claims -> claims.claim("groups", groups)).getJsonArray("scopes"));
    }

    private void assertDenied(String reason) {
        assertEquals("../../#login=denied", browser.signIn().getHeader("Location"));
        List<String> lines = log.lines(Level.WARN);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains(reason), lines::toString);
    }

    @Test
    void groupsDecideWhatSomebodyMay() {
        assertScopes(List.of("read:*"), List.of("others", "staff"));
        assertScopes(List.of("act:*", "read:*"), List.of("operators"));
        assertScopes(List.of("act:*", "admin", "read:*"), List.of("admins"));
    }

    @Test
    void highestRoleOfSeveralGroupsCounts() {
        assertScopes(List.of("act:*", "admin", "read:*"), List.of("staff", "admins", "operators"));
    }

    @Test
    void oneGroupMayBeATextInsteadOfAList() {
        assertScopes(List.of("act:*", "read:*"), "operators");
    }

    @Test
    void whoIsInNoGroupOfOursIsDenied() {
        provider.claims = claims -> claims.claim("groups", List.of("Staff", "staff2", "*", ""));
        assertDenied("alice is in no group that may sign in");
    }

    @Test
    void whoHasNoGroupsIsDenied() {
        provider.claims = claims -> {};
        assertDenied("alice is in no group that may sign in; groups is []");
    }

    @Test
    void groupsThatAreNoTextsAreNoGroups() {
        provider.claims =
                claims -> claims.claim("groups", JsonObject.of("staff", true).getMap());
        assertDenied("groups is []");
    }

    @Test
    void nameIsTheSubjectWhenThereIsNoOther() {
        assertEquals(
                "oidc:1",
                sessionWith(claims -> claims.claim("groups", "staff").claim("preferred_username", null))
                        .getString("name"));
    }

    @Test
    void nameThatCannotBeShownIsNotTaken() {
        assertEquals(
                "oidc:1",
                sessionWith(claims -> claims.claim("groups", "staff").claim("preferred_username", "al\u202eice"))
                        .getString("name"));
    }

    @Test
    void nameOfOneOfOurUsersGivesNothingOfTheirs() {
        JsonObject session =
                sessionWith(claims -> claims.claim("groups", "staff").claim("preferred_username", "admin"));
        assertEquals("oidc:admin", session.getString("name"));
        assertEquals(JsonArray.of("read:*"), session.getJsonArray("scopes"));
    }

    @Test
    void whatTheTokenLacksIsAskedFor() {
        provider.metadata = JsonObject.of("userinfo_endpoint", provider.issuer + "/userinfo");
        provider.userInfo =
                JsonObject.of("sub", "1", "preferred_username", "not alice", "groups", JsonArray.of("admins"));
        JsonObject session = sessionWith(claims -> {});
        assertEquals("oidc:alice", session.getString("name"));
        assertEquals(JsonArray.of("act:*", "admin", "read:*"), session.getJsonArray("scopes"));
    }

    @Test
    void whatIsToldOfAnotherPersonIsRefused() {
        provider.metadata = JsonObject.of("userinfo_endpoint", provider.issuer + "/userinfo");
        provider.userInfo = JsonObject.of("sub", "2", "groups", JsonArray.of("admins"));
        provider.claims = claims -> {};
        assertEquals("../../#login=failed", browser.signIn().getHeader("Location"));
        assertTrue(String.join("", log.lines(Level.WARN)).contains("the user info another's"));
    }
}
