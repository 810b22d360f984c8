package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.OidcConfig;

/** What lies between a provider and us: its keys, its addresses, TLS, and nothing at all. */
@Tag("long")
@ExtendWith(VertxExtension.class)
class OidcConnectionTest {

    private final CapturedLog log = new CapturedLog();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path certificates;

    @TempDir
    private Path folder;

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private SignInWithProvider browser(Vertx vertx, TestProvider provider, String caFile) {
        return new SignInWithProvider(vertx, SignInWithProvider.config(provider.issuer, caFile), folder);
    }

    private void assertIn(SignInWithProvider browser) {
        assertEquals(
                "../../",
                browser.signIn().getHeader("Location"),
                () -> log.lines(Level.WARN).toString());
    }

    private void assertOneLine(String reason) {
        List<String> lines = log.lines(Level.WARN);
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains(reason), lines::toString);
    }

    private void assertCannotBegin(String reason, SignInWithProvider browser) {
        HttpResponse<Buffer> answer = browser.begin();
        assertEquals(302, answer.statusCode());
        assertEquals("../#login=failed", answer.getHeader("Location"));
        assertOneLine(reason);
    }

    @Test
    void newKeyIsLookedUpAndTheOldOneIsNoLongerTaken(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        SignInWithProvider browser = browser(vertx, provider, "");
        assertIn(browser);
        var old = provider.key;
        provider.key = TestProvider.newKey("second");
        provider.published = provider.key;
        assertIn(browser);
        provider.key = old;
        assertEquals("../../#login=failed", browser.signIn().getHeader("Location"));
    }

    @Test
    void providerThatGoesDownIsOneClearLine(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        SignInWithProvider browser = browser(vertx, provider, "");
        HttpResponse<Buffer> begun = browser.begin();
        String back = browser.visit(begun);
        provider.stop();
        assertEquals("../../#login=failed", browser.comeBack(begun, back).getHeader("Location"));
        assertOneLine(provider.issuer + "/token cannot be read: Connection refused");
    }

    @Test
    void providerThatIsNotThereAtTheBeginningIsOneClearLine(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.stop();
        assertCannotBegin("/.well-known/openid-configuration cannot be read", browser(vertx, provider, ""));
    }

    @Test
    void providerThatCallsItselfOtherwiseIsRefused(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.metadata = JsonObject.of("issuer", "https://evil.example");
        assertCannotBegin("calls itself https://evil.example", browser(vertx, provider, ""));
    }

    @Test
    void browsersAreNotSentToWhereOthersCanListen(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.metadata = JsonObject.of("authorization_endpoint", "http://elsewhere.example/authorize");
        assertCannotBegin("authorization_endpoint must be an https address", browser(vertx, provider, ""));
    }

    @Test
    void secretIsNotSentToWhereOthersCanListen(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.metadata = JsonObject.of("token_endpoint", "http://elsewhere.example/token");
        browser(vertx, provider, "").signIn();
        assertOneLine("token_endpoint must be an https address");
    }

    @Test
    void redirectsAreNotFollowed(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        TestProvider other = new TestProvider(vertx);
        provider.token = request -> request.response()
                .setStatusCode(307)
                .putHeader("Location", other.issuer + "/token")
                .end();
        assertEquals(
                "../../#login=failed", browser(vertx, provider, "").signIn().getHeader("Location"));
        assertEquals(List.of(), other.forms);
    }

    @Test
    void endlessAnswerIsCutOff(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.token = request -> {
            request.response().setChunked(true).putHeader("Content-Type", "application/json");
            vertx.setPeriodic(1, id -> request.response().write(" ".repeat(64 * 1024)));
        };
        assertEquals(
                "../../#login=failed", browser(vertx, provider, "").signIn().getHeader("Location"));
        assertOneLine("is longer than 524288 bytes");
    }

    @Test
    void answerThatNeverEndsIsWaitedForSomeSecondsOnly(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx);
        provider.token = request -> {
            request.response().setChunked(true).putHeader("Content-Type", "application/json");
            vertx.setPeriodic(100, id -> request.response().write(" "));
        };
        assertEquals(
                "../../#login=failed", browser(vertx, provider, "").signIn().getHeader("Location"));
        assertOneLine("does not answer in time");
    }

    @Test
    void ownCertificateAuthorityIsTrustedWhenTheSettingNamesIt(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx, tls());
        assertIn(browser(vertx, provider, certificates.resolve("ca.pem").toString()));
    }

    @Test
    void unknownCertificateAuthorityIsRefused(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx, tls());
        assertCannotBegin("unable to find valid certification path", browser(vertx, provider, ""));
    }

    @Test
    void certificateOfAnotherHostIsRefused(Vertx vertx) {
        TestProvider provider = new TestProvider(vertx, tls());
        String otherName = provider.issuer.replace("127.0.0.1", "localhost");
        OidcConfig config = SignInWithProvider.config(
                otherName, certificates.resolve("ca.pem").toString());
        assertCannotBegin("No name matching localhost found", new SignInWithProvider(vertx, config, folder));
    }

    private static HttpServerOptions tls() {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions()
                        .setPath(certificates.resolve("server.p12").toString())
                        .setPassword("secret")
                        .setAlias("server"));
    }

    /** A certificate for this machine's address, and no name, from an authority whose own is in {@code ca.pem}. */
    @BeforeAll
    static void makeCertificates() throws Exception {
        keytool("-genkeypair -alias ca -dname CN=ca -ext bc:critical=ca:true -keyalg EC", "ca");
        keytool("-exportcert -rfc -alias ca -file ca.pem", "ca");
        keytool("-genkeypair -alias server -dname CN=server -keyalg EC", "server");
        keytool("-certreq -alias server -file server.csr", "server");
        keytool("-gencert -rfc -alias ca -infile server.csr -outfile server.pem -ext san=ip:127.0.0.1", "ca");
        keytool("-importcert -noprompt -alias ca -file ca.pem", "server");
        keytool("-importcert -alias server -file server.pem", "server");
    }

    private static void keytool(String arguments, String store) throws IOException, InterruptedException {
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String command = tool + " " + arguments + " -storepass secret -keystore " + store + ".p12";
        Process process = new ProcessBuilder(command.split(" ", -1))
                .directory(certificates.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(Wait.SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0, output);
    }
}
