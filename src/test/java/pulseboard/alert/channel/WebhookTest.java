package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.SelfSigned;

@ExtendWith(VertxExtension.class)
class WebhookTest {

    @TempDir
    Path folder;

    private Vertx vertx;
    private ChannelMaker maker;
    private Receiver receiver;

    @BeforeEach
    void start(Vertx vertx) {
        this.vertx = vertx;
        maker = new ChannelMaker(vertx, folder);
        receiver = Receiver.start(vertx);
    }

    private JsonObject settings() {
        return JsonObject.of("kind", "webhook", "url", receiver.address() + "/hook?room=7", "allow", "127.0.0.1");
    }

    @Test
    void messageComesAsJsonWithKeyAndSignature() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse\n");
        String answer = maker.of(settings().put("secretFile", secret.toString()))
                .send(Messages.firing())
                .await();
        assertEquals("200 OK: ok", answer);
        Receiver.Received one = receiver.one();
        assertEquals(
                "POST /hook?room=7",
                one.request().method() + " " + one.request().uri());
        assertEquals(Messages.firing(), Message.of(one.json()));
        assertEquals(1, one.json().getInteger("version"));
        assertEquals("m-1", one.header("Idempotency-Key"));
        assertEquals("application/json", one.header("Content-Type"));
        assertEquals(
                Webhook.signature("correct horse", Messages.AT / 1000, one.body()),
                one.header("X-Pulseboard-Signature"));
    }

    /** RFC 4231 has no such case, so this one was made with: printf '1.{}' | openssl dgst -sha256 -hmac key. */
    @Test
    void signatureIsThatOfOtherPrograms() {
        assertEquals(
                "t=1,v1=1ba6b8171186efc613e8bcc0cbdab2748f24984d7c5a84faa2637afa0e40d224",
                Webhook.signature("key", 1, "{}"));
    }

    @Test
    void bodyIsAsTheSettingsWantIt() {
        JsonObject body = JsonObject.of("text", "{{icon}} {{subject html 40}}", "urgent", false);
        maker.of(settings().put("body", body)).send(Messages.hostile()).await();
        assertEquals(
                JsonObject.of("text", "🔴 {{subject}} @everyone &lt;!channel&gt; …", "urgent", false),
                receiver.one().json());
        assertEquals(
                "channels.ops.body has a place for sbject, which is none of body, hashtag, host, icon, id, kind, level, link, subject, tag, time",
                maker.mistake(settings().put("body", JsonObject.of("text", "{{sbject}}"))));
        assertEquals(
                "channels.ops.body has a place {{subject loud}}, which is not as {{subject}} or {{subject html 250}}",
                maker.mistake(settings().put("body", JsonObject.of("text", "{{subject loud}}"))));
        assertEquals(
                "channels.ops.body must be names and values",
                maker.mistake(settings().put("body", "x")));
    }

    @Test
    void secretIsReadAtEachSending() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "one");
        Channel channel = maker.of(settings().put("tokenFile", secret.toString()));
        channel.send(Messages.firing()).await();
        Files.writeString(secret, "two");
        channel.send(Messages.firing()).await();
        assertEquals("Bearer one", receiver.received.get(0).header("Authorization"));
        assertEquals("Bearer two", receiver.received.get(1).header("Authorization"));
    }

    @Test
    void secretsAreNotToldWhateverTheOtherSideAnswers() {
        maker.variables.put("TOKEN", "s3cr3t-tok/en");
        receiver.answer = request -> request.response()
                .setStatusCode(500)
                .end("bad " + request.getHeader("Authorization") + " s3cr3t-tok\\/en " + request.uri());
        maker.variables.put("URL", receiver.address() + "/services/T0P5ECRET?key=hidden77");
        JsonObject settings =
                JsonObject.of("kind", "webhook", "urlEnv", "URL", "tokenEnv", "TOKEN", "allow", "127.0.0.1");
        ChannelFailure failure = ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
        assertEquals(
                "127.0.0.1:" + receiver.port() + " answered 500 Internal Server Error: bad Bearer … … …?…",
                failure.getMessage());
        assertFalse(failure.isForGood());
    }

    @Test
    void missingSecretSaysWhatToMend() {
        ChannelFailure none = ChannelMaker.failure(
                maker.of(settings().put("tokenFile", folder.resolve("none").toString()))
                        .send(Messages.firing()));
        assertEquals(
                "channels.ops.tokenFile: " + folder.resolve("none")
                        + " cannot be read (NoSuchFileException); it must be a file that the user of Pulseboard can read",
                none.getMessage());
        ChannelFailure unset = ChannelMaker.failure(
                maker.of(settings().put("tokenEnv", "NOPE")).send(Messages.firing()));
        assertEquals("channels.ops.tokenEnv: the environment variable NOPE is not set", unset.getMessage());
        assertEquals(0, receiver.received.size());
    }

    @Test
    void refusalOfTheMessageIsForGoodAndTroubleIsNot() {
        receiver.answers(422, "no such room");
        ChannelFailure refused = ChannelMaker.failure(maker.of(settings()).send(Messages.firing()));
        assertTrue(refused.isForGood());
        assertTrue(ChannelMaker.told(refused).endsWith(": no such room"), refused.getMessage());
        receiver.answers(401, "who are you");
        assertFalse(ChannelMaker.failure(maker.of(settings()).send(Messages.firing()))
                .isForGood());
    }

    @Test
    void retryAfterIsHeard() {
        receiver.answer = request -> request.response()
                .setStatusCode(429)
                .putHeader("Retry-After", "77")
                .end();
        ChannelFailure failure = ChannelMaker.failure(maker.of(settings()).send(Messages.firing()));
        assertEquals(77, failure.retryAfterSeconds());
        assertEquals(30, Refusals.retryAfterSeconds("Sat, 29 Nov 2025 07:07:10 GMT", Messages.AT));
        assertEquals(0, Refusals.retryAfterSeconds("soon", Messages.AT));
        assertEquals(86_400, Refusals.retryAfterSeconds("999999999", Messages.AT));
    }

    /** Of these 303 is the one that a client would follow with a POST. */
    @ParameterizedTest
    @ValueSource(ints = {302, 303, 307})
    void redirectIsNotFollowed(int status) {
        Receiver other = Receiver.start(vertx);
        receiver.answer = request -> request.response()
                .setStatusCode(status)
                .putHeader("Location", other.address())
                .end();
        ChannelFailure failure = ChannelMaker.failure(maker.of(settings()).send(Messages.firing()));
        assertTrue(ChannelMaker.told(failure).contains("redirects are not followed"), ChannelMaker.told(failure));
        assertEquals(0, other.received.size());
    }

    @Test
    void longAnswerIsNotReadToItsEnd() {
        receiver.answer = request -> {
            request.response().setChunked(true).write("x".repeat(Http.ANSWER_BYTES + 1)); // And never ends.
        };
        String answer = maker.of(settings()).send(Messages.firing()).await();
        assertEquals(Texts.ANSWER_CHARACTERS, answer.length());
    }

    @Test
    void answerThatDripsIsGivenUp() {
        receiver.answer = request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(500, id -> request.response().write("."));
        };
        ChannelFailure failure = ChannelMaker.failure(maker.of(settings()).send(Messages.firing()));
        assertTrue(ChannelMaker.told(failure).endsWith("no answer within 10 s"), failure.getMessage());
    }

    @Test
    void addressesOfThisMachineAreRefusedUnlessListed() {
        for (String host :
                new String[] {"127.0.0.1", "localhost", "[::1]", "2130706433", "0.0.0.0", "169.254.169.254"}) {
            JsonObject settings = JsonObject.of("kind", "webhook", "url", "http://" + host + ":" + receiver.port());
            ChannelFailure failure = ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
            assertTrue(
                    ChannelMaker.told(failure).contains("nothing is sent unless it is listed"), failure.getMessage());
        }
        assertEquals(0, receiver.received.size());
    }

    @Test
    void nameThatLeadsToThisMachineIsRefused() throws Exception {
        maker.names.put("rebound.example", InetAddress.getLoopbackAddress());
        JsonObject settings =
                JsonObject.of("kind", "webhook", "url", "http://rebound.example:" + receiver.port() + "/");
        ChannelFailure failure = ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
        assertEquals(
                "rebound.example:" + receiver.port()
                        + ": 127.0.0.1 is an address of this machine, where nothing is sent"
                        + " unless it is listed, as in allow: [127.0.0.1]",
                failure.getMessage());
        assertEquals(0, receiver.received.size());
    }

    /** The name is known to nobody else, so a second look-up would fail. */
    @Test
    void connectionGoesToTheAddressThatWasChecked() throws Exception {
        maker.names.put("pinned.example", InetAddress.getLoopbackAddress());
        JsonObject settings = settings().put("url", "http://pinned.example:" + receiver.port() + "/");
        maker.of(settings).send(Messages.firing()).await();
        assertEquals("pinned.example:" + receiver.port(), receiver.one().header("Host"));
    }

    @Test
    void certificateIsCheckedByTheFileThatIsNamed() throws Exception {
        SelfSigned own = SelfSigned.in(folder, "127.0.0.1");
        Receiver secure = Receiver.start(
                vertx,
                new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(own.certificate().toString())
                                .addKeyPath(own.key().toString())));
        JsonObject settings = settings().put("url", "https://127.0.0.1:" + secure.port());
        ChannelFailure untrusted = ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
        assertTrue(ChannelMaker.told(untrusted).contains("caFile"), untrusted.getMessage());
        settings.put("caFile", own.certificate().toString());
        assertEquals("200 OK: ok", maker.of(settings).send(Messages.firing()).await());
        maker.names.put("other.example", InetAddress.getLoopbackAddress());
        settings.put("url", "https://other.example:" + secure.port());
        ChannelMaker.failure(maker.of(settings).send(Messages.firing()));
        assertEquals(1, secure.received.size());
    }
}
