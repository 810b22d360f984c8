package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.PlainJWT;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in with a provider by which everything may be wrong. */
@ExtendWith(VertxExtension.class)
class OidcTest {

    private final CapturedLog log = new CapturedLog();
    private TestProvider provider;
    private SignInWithProvider browser;

    @TempDir
    private Path folder;

    @BeforeEach
    void start(Vertx vertx) {
        provider = new TestProvider(vertx);
        browser = new SignInWithProvider(vertx, SignInWithProvider.config(provider.issuer, ""), folder);
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private JsonObject signedIn() {
        HttpResponse<Buffer> answer = browser.signIn();
        assertEquals(
                "../../",
                answer.getHeader("Location"),
                () -> log.lines(Level.WARN).toString());
        return browser.session(answer).bodyAsJsonObject();
    }

    private void assertRefused(String kind, String reason, HttpResponse<Buffer> answer) {
        assertEquals(302, answer.statusCode());
        assertEquals("../../#login=" + kind, answer.getHeader("Location"));
        assertEquals("", SignInWithProvider.cookie(answer, "pulseboard_" + browser.site.port));
        assertEquals(401, browser.session(answer).statusCode());
        List<String> lines = log.lines(Level.WARN);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains(reason), lines::toString);
        assertFalse(lines.get(0).contains(TestProvider.SECRET), lines::toString);
    }

    private void assertTokenRefused(String reason) {
        assertRefused("failed", reason, browser.signIn());
    }

    @Test
    void personOfAGroupGetsIn() {
        HttpResponse<Buffer> answer = browser.signIn();
        assertEquals(
                "../../",
                answer.getHeader("Location"),
                () -> log.lines(Level.WARN).toString());
        String cookie = answer.cookies().stream()
                .filter(each -> each.startsWith("pulseboard_" + browser.site.port))
                .collect(Collectors.joining());
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
        JsonObject session = browser.session(answer).bodyAsJsonObject();
        assertEquals("oidc:alice", session.getString("name"));
        assertEquals(JsonArray.of("read:*"), session.getJsonArray("scopes"));
        assertTrue(session.getBoolean("canSignOut"));
    }

    @Test
    void strangersAreToldOfTheButton() {
        JsonObject told = browser.site.get("/api/session").bodyAsJsonObject();
        assertEquals(JsonObject.of("name", "Example ID", "start", "login/oidc"), told.getJsonObject("oidc"));
        assertEquals("sign in with Example ID", told.getString("message"));
    }

    @Test
    void withAProviderThisMachineHasToSignInToo() {
        assertEquals(401, browser.site.get("/api/boards/test").statusCode());
    }

    @Test
    void withoutAProviderThereIsNoSuchPath(Vertx vertx) {
        Site site = new Site(vertx);
        assertEquals(404, site.get("/login/oidc").statusCode());
        assertEquals(404, site.get("/login/oidc/callback?code=a&state=b").statusCode());
    }

    @Test
    void browserIsSentBackToThePublicUrlWhateverItSaysOfTheHost() {
        HttpResponse<Buffer> begun = Wait.on(browser.site
                .request(HttpMethod.GET, "/login/oidc")
                .putHeader("Host", "evil.localhost")
                .putHeader("X-Forwarded-Host", "evil.localhost")
                .followRedirects(false)
                .send());
        String location = String.valueOf(begun.getHeader("Location"));
        assertTrue(
                location.contains("redirect_uri=http%3A%2F%2Fmonitor.example%2Fsub%2Flogin%2Foidc%2Fcallback&"),
                location);
    }

    @Test
    void publicUrlIsAnAddressOfThisServer() {
        assertEquals(
                401,
                Wait.on(browser.site
                                .request(HttpMethod.GET, "/api/session")
                                .putHeader("Host", "monitor.example")
                                .send())
                        .statusCode());
        assertEquals(
                403,
                Wait.on(browser.site
                                .request(HttpMethod.GET, "/api/session")
                                .putHeader("Host", "other.example")
                                .send())
                        .statusCode());
    }

    @Test
    void cookieOfTheFlowIsForThisBrowserAndSoonGone() {
        String cookie = String.join("", browser.begin().cookies());
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Lax"), cookie);
        assertTrue(cookie.contains("Max-Age=600"), cookie);
    }

    @Test
    void codeIsChangedWithSecretAndVerifierAndNothingTwice() {
        Set<String> seen = Set.of("state", "nonce", "code_challenge").stream()
                .map(name -> browser.begin().getHeader("Location").replaceAll(".*[?&]" + name + "=([^&]*).*", "$1"))
                .collect(Collectors.toSet());
        assertEquals(3, seen.size());
        assertTrue(seen.stream().allMatch(value -> value.length() >= 43), seen::toString);
        signedIn();
        signedIn();
        assertEquals(2, Set.copyOf(verifiers()).size());
        assertTrue(verifiers().stream().allMatch(each -> each.length() >= 43));
    }

    private List<String> verifiers() {
        return provider.forms.stream().map(form -> form.get("code_verifier")).toList();
    }

    @Test
    void publicClientShowsNoSecret(Vertx vertx, @TempDir Path other) {
        provider.token = request -> {
            provider.forms.add(request.formAttributes());
            provider.authorizations.add(String.valueOf(request.getHeader("Authorization")));
            TestProvider.json(request, 400, JsonObject.of("error", "invalid_request"));
        };
        new SignInWithProvider(vertx, SignInWithProvider.config(provider.issuer, "", ""), other).signIn();
        assertEquals(List.of("null"), provider.authorizations);
        assertEquals(TestProvider.CLIENT, provider.forms.get(0).get("client_id"));
    }

    @Test
    void providerThatTakesSecretsOnlyInTheFormGetsThemThere() {
        provider.metadata = JsonObject.of("token_endpoint_auth_methods_supported", JsonArray.of("client_secret_post"));
        browser.signIn();
        assertEquals(List.of("null"), provider.authorizations);
        assertEquals(TestProvider.SECRET, provider.forms.get(0).get("client_secret"));
    }

    @Test
    void wrongSignatureIsRefused() {
        RSAKey forged = TestProvider.newKey("first");
        provider.signing = (claims, key) -> TestProvider.sign(claims, forged);
        assertTokenRefused("Invalid signature");
    }

    @Test
    void unsignedTokenIsRefused() {
        provider.signing = (claims, key) -> new PlainJWT(claims).serialize();
        assertTokenRefused("Signed ID token expected");
    }

    @Test
    void tokenSignedWithTheClientsSecretIsRefused() {
        byte[] secret = (TestProvider.SECRET + "-".repeat(32)).getBytes(StandardCharsets.UTF_8);
        provider.signing =
                (claims, key) -> TestProvider.sign(claims, "first", JWSAlgorithm.HS256, new MACSigner(secret));
        assertTokenRefused("no matching key");
    }

    @Test
    void tokenSignedWithThePublicKeyAsASecretIsRefused() {
        provider.signing = (claims, key) -> TestProvider.sign(
                claims,
                "first",
                JWSAlgorithm.HS256,
                new MACSigner(key.toRSAPublicKey().getEncoded()));
        assertTokenRefused("no matching key");
    }

    @Test
    void wrongNonceIsRefused() {
        provider.claims = claims -> claims.claim("nonce", "another").claim("groups", "staff");
        assertTokenRefused("Unexpected JWT nonce");
    }

    @Test
    void missingNonceIsRefused() {
        provider.claims = claims -> claims.claim("nonce", null).claim("groups", "staff");
        assertTokenRefused("nonce");
    }

    @Test
    void wrongAudienceIsRefused() {
        provider.claims = claims -> claims.audience("another").claim("groups", "staff");
        assertTokenRefused("audience");
    }

    @Test
    void tokenForAnotherClientTooIsRefused() {
        provider.claims = claims -> claims.audience(List.of(TestProvider.CLIENT, "another"))
                .claim("azp", "another")
                .claim("groups", "staff");
        assertTokenRefused("azp");
    }

    @Test
    void wrongIssuerIsRefused() {
        provider.claims = claims -> claims.issuer("https://evil.example").claim("groups", "staff");
        assertTokenRefused("Unexpected JWT issuer: https://evil.example");
    }

    @Test
    void expiredTokenIsRefused() {
        provider.claims = claims -> claims.claim("iat", Instant.now().getEpochSecond() - 900)
                .claim("exp", Instant.now().getEpochSecond() - 300)
                .claim("groups", "staff");
        assertTokenRefused("Expired JWT");
    }

    @Test
    void tokenOfTheFutureIsRefused() {
        provider.claims = claims ->
                claims.claim("iat", Instant.now().getEpochSecond() + 300).claim("groups", "staff");
        assertTokenRefused("issue time");
    }

    @Test
    void wrongStateIsRefusedAndNoCodeIsChanged() {
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun).replaceFirst("state=.*", "state=another");
        assertRefused("failed", "the state is not the one", browser.comeBack(begun, back));
        assertEquals(List.of(), provider.forms);
    }

    @Test
    void missingStateIsRefused() {
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun).replaceFirst("&state=.*", "");
        assertRefused("failed", "the state is not the one", browser.comeBack(begun, back));
    }

    @Test
    void sameAnswerIsGoodOnlyOnce() {
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun);
        assertEquals("../../", browser.comeBack(begun, back).getHeader("Location"));
        assertRefused("expired", "has ended already", browser.comeBack(begun, back));
        assertEquals(1, provider.forms.size());
    }

    @Test
    void codeThatWasUsedIsGoodForNoOtherSignIn() {
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun);
        browser.comeBack(begun, back);
        HttpResponse<Buffer> again = browser.begin();
        String used = browser.visit(again).replaceFirst("code=[^&]*", back.replaceFirst(".*(code=[^&]*).*", "$1"));
        assertRefused("failed", "takes the code not: invalid_grant", browser.comeBack(again, used));
    }

    @Test
    void answerInAnotherBrowserIsRefused() {
        HttpResponse<Buffer> mine = browser.begin();
        HttpResponse<Buffer> theirs = browser.begin();
        assertRefused("failed", "the state is not the one", browser.comeBack(mine, browser.visit(theirs)));
    }

    @Test
    void answerWithoutABeginningIsRefused() {
        String back = browser.visit(browser.begin());
        assertRefused("expired", "has begun none", browser.comeBackWith("a=b", back));
        assertEquals(List.of(), provider.forms);
    }

    @Test
    void whomTheProviderDeniesIsDenied() {
        HttpResponse<Buffer> begun = browser.begin();
        String state = browser.visit(begun).replaceFirst(".*state=", "");
        String path = "/login/oidc/callback?error=access_denied&error_description=no%0Aentry&state=" + state;
        assertRefused("denied", "access_denied: no", browser.comeBack(begun, path));
    }

    @Test
    void answerThatIsNoneIsRefused() {
        HttpResponse<Buffer> begun = browser.begin();
        assertRefused("failed", "", browser.comeBack(begun, "/login/oidc/callback?%ff=%00"));
    }

    @Test
    void answerOfAnotherProviderIsRefused() {
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun) + "&iss=https%3A%2F%2Fevil.example";
        assertRefused("failed", "comes from another provider: https://evil.example", browser.comeBack(begun, back));
    }

    @Test
    void codesAndStatesAreNotLogged() {
        log.setLevel("io.vertx.ext.web.handler.LoggerHandler", Level.INFO);
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun);
        browser.comeBack(begun, back);
        browser.site.get("/api/health"); // What came before has been logged.
        List<String> requests = log.messages("io.vertx.ext.web.handler.LoggerHandler");
        assertTrue(requests.stream().anyMatch(line -> line.contains("GET /login/oidc/callback")), requests::toString);
        assertFalse(String.join("", log.lines(Level.TRACE)).contains(back.replaceFirst(".*state=", "")));
        assertFalse(String.join("", log.lines(Level.TRACE)).contains(TestProvider.SECRET));
    }
}
