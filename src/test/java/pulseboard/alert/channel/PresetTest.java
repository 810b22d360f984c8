package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each service gets, against what its documents want: recorded by hand in the test's resources. */
@ExtendWith(VertxExtension.class)
class PresetTest {

    private ChannelMaker maker;
    private Receiver receiver;

    static Set<String> services() {
        return Preset.NAMES;
    }

    @BeforeEach
    void start(Vertx vertx, @TempDir Path folder) {
        maker = new ChannelMaker(vertx, folder);
        receiver = Receiver.start(vertx);
        maker.variables.put("TOKEN", "t0ken/secret");
        maker.variables.put("URL", receiver.address() + "/services/T0/B0/s3cr3t");
    }

    private JsonObject settings(String service) {
        JsonObject settings = JsonObject.of("kind", service, "allow", "127.0.0.1");
        Preset.named(service).keys().values().forEach(key -> {
            if (key.isSecret()) {
                settings.put(key.name() + "Env", key.isAddress() ? "URL" : "TOKEN");
            } else {
                settings.put(
                        key.name(),
                        key.isAddress() ? receiver.address() : key.example().replace("'", ""));
            }
        });
        return settings;
    }

    private Channel channel(String service) {
        return maker.of(settings(service));
    }

    private static JsonObject recorded(String service) throws Exception {
        String since = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z")
                .format(Instant.ofEpochMilli(Messages.AT - 60_000).atZone(ZoneId.systemDefault()));
        return new JsonObject(Files.readString(Path.of("src/test/resources/recorded/channels/" + service + ".json"))
                .replace("SINCE", since)
                .replace("MARKED", since.replaceAll("([-:+])", "\\\\\\\\$1")));
    }

    @ParameterizedTest
    @MethodSource("services")
    void serviceGetsWhatItsDocumentsWant(String service) throws Exception {
        String answer = channel(service).send(Messages.firing()).await();
        assertEquals("200 OK: ok", answer);
        JsonObject recorded = recorded(service);
        Receiver.Received one = receiver.one();
        assertEquals(
                recorded.getString("request"),
                one.request().method() + " " + one.request().uri());
        assertEquals(recorded.getJsonObject("body").encodePrettily(), one.json().encodePrettily());
        assertEquals("application/json", one.header("Content-Type"));
        recorded.getJsonObject("headers").forEach(entry -> assertEquals(entry.getValue(), one.header(entry.getKey())));
    }

    @ParameterizedTest
    @MethodSource("services")
    void hostileTextStaysTextWithinTheLimits(String service) {
        channel(service).send(Messages.firing()).await();
        List<Message.Item> many =
                Collections.nCopies(200, Messages.hostile().items().get(0));
        Message hostile = new Message(
                "m-1", "firing", "critical", "web1", Messages.HOSTILE, many, Messages.AT, "https://mon.example/");
        channel(service)
                .send(Preset.named(service).isPerItem() ? Messages.hostile() : hostile)
                .await();
        JsonObject firing = receiver.received.get(0).json();
        JsonObject body = receiver.received.get(1).json();
        assertEquals(shape(firing), shape(body));
        String text = body.encode();
        assertTrue(text.contains(service.equals("discord") ? "\\\\{\\\\{subject\\\\}\\\\}" : "{{subject}}"), text);
        assertFalse(text.contains("\\r") || text.contains("\u2028") || text.contains("\u202e"), text);
        assertTrue(text.contains("…"), text);
        assertWithinLimits(service, body);
    }

    /** Names and types, without the values. */
    private static Object shape(Object value) {
        if (value instanceof JsonObject object) {
            JsonObject shape = new JsonObject();
            object.forEach(entry -> shape.put(entry.getKey(), shape(entry.getValue())));
            return shape;
        }
        return value instanceof JsonArray array
                ? new JsonArray(array.stream().map(PresetTest::shape).toList())
                : value.getClass().getSimpleName();
    }

    private static void assertWithinLimits(String service, JsonObject body) {
        int bytes = body.encode().getBytes(StandardCharsets.UTF_8).length;
        switch (service) {
            case "ntfy" -> assertTrue(body.getString("message").getBytes(StandardCharsets.UTF_8).length <= 4096);
            case "slack" -> assertTrue(body.getString("text").length() <= 4000);
            case "telegram" -> assertTrue(body.getString("text").length() <= 4096);
            case "pagerduty" ->
                assertTrue(body.getJsonObject("payload").getString("summary").length() <= 1024);
            case "teams" -> assertTrue(bytes <= 28 << 10, () -> bytes + " bytes");
            case "matrix" -> assertTrue(bytes <= 65_536 - 4096, () -> bytes + " bytes");
            case "discord" -> assertDiscord(body.getJsonArray("embeds").getJsonObject(0));
            default -> assertTrue(bytes <= 64 << 10);
        }
    }

    private static void assertDiscord(JsonObject embed) {
        assertTrue(embed.getString("title").length() <= 256);
        assertTrue(embed.getString("description").length() <= 4096);
    }

    @Test
    void marksOfEachServiceAreTakenFromTheText() {
        for (String service : List.of("slack", "discord", "matrix")) {
            channel(service).send(Messages.hostile()).await();
        }
        String slack = receiver.received.get(0).json().getString("text");
        assertTrue(slack.contains("@everyone &lt;!channel&gt; &lt;b&gt;bold&lt;/b&gt;"), slack);
        assertFalse(slack.contains("<"), slack);
        JsonObject discord = receiver.received.get(1).json();
        String title = discord.getJsonArray("embeds").getJsonObject(0).getString("title");
        assertTrue(
                title.contains("\\@everyone \\<\\!channel\\> \\<b\\>bold\\</b\\> \\*x\\* \\[a\\]\\(http\\://evil"),
                title);
        String matrix = receiver.received.get(2).json().getString("formatted_body");
        assertFalse(matrix.contains("<b>"), matrix);
        assertTrue(matrix.contains("&lt;b&gt;bold&lt;/b&gt;"), matrix);
    }

    @Test
    void pagerDutyGetsOneEventForEachAlertAndItsEnd() {
        Message both = new Message(
                "m-2",
                "digest",
                "critical",
                "web1",
                "two",
                List.of(
                        Messages.item("aa", "one", "firing"),
                        Messages.item("bb", "two", "resolved"),
                        Messages.item("cc", "three", "acknowledged")),
                Messages.AT,
                "");
        channel("pagerduty").send(both).await();
        assertEquals(
                List.of("trigger pulseboard-web1-aa", "resolve pulseboard-web1-bb", "acknowledge pulseboard-web1-cc"),
                receiver.received.stream()
                        .map(Receiver.Received::json)
                        .map(each -> each.getString("event_action") + " " + each.getString("dedup_key"))
                        .toList());
        assertFalse(receiver.received.get(0).json().containsKey("links"));
    }

    @ParameterizedTest
    @MethodSource("services")
    void testLooksLikeOne(String service) {
        channel(service).send(Messages.test()).await();
        String text = receiver.one().body();
        assertTrue(text.contains("Test of Pulseboard on web1"), text);
        assertTrue(text.contains("Nothing is wrong"), text);
    }

    @ParameterizedTest
    @MethodSource("services")
    void refusalTellsNoSecret(String service) {
        String secret = settings(service).containsKey("urlEnv") ? "s3cr3t" : "t0ken/secret";
        receiver.answer = request -> request.response()
                .setStatusCode(403)
                .end("no: " + request.uri() + " " + request.getHeader("Authorization") + " " + secret);
        ChannelFailure failure = ChannelMaker.failure(channel(service).send(Messages.firing()));
        String told = ChannelMaker.told(failure);
        assertTrue(told.startsWith("127.0.0.1:" + receiver.port() + " answered 403 Forbidden: no: "), told);
        assertFalse(told.contains("s3cr3t") || told.contains("t0ken"), told);
    }

    @Test
    void timeToWaitIsReadFromTheText() {
        receiver.answers(429, "{\"ok\":false,\"parameters\":{\"retry_after\":31}}");
        assertEquals(
                31,
                ChannelMaker.failure(channel("telegram").send(Messages.firing()))
                        .retryAfterSeconds());
        receiver.answers(429, "{\"errcode\":\"M_LIMIT_EXCEEDED\",\"retry_after_ms\":2001}");
        assertEquals(
                3,
                ChannelMaker.failure(channel("matrix").send(Messages.firing())).retryAfterSeconds());
        receiver.answers(429, "{\"retry_after\":64.57}");
        assertEquals(
                65,
                ChannelMaker.failure(channel("discord").send(Messages.firing())).retryAfterSeconds());
    }

    @Test
    void secretThatIsNoAddressIsNotShown() {
        maker.variables.put("URL", "hunter2 is no address");
        assertEquals(
                "channels.ops.urlEnv: what it holds is no address such as https://example.net/path",
                ChannelMaker.failure(channel("slack").send(Messages.firing())).getMessage());
    }

    @Test
    void addressesThatAreSecretsHaveNoPlaceInTheSettings() {
        assertTrue(maker.mistake(JsonObject.of("kind", "slack", "url", "https://hooks.slack.com/services/x"))
                .startsWith("channels.ops.url is a secret, which has no place here"));
        assertEquals(
                "channels.ops.topic is missing, such as topic: alerts-of-mine",
                maker.mistake(JsonObject.of("kind", "ntfy")));
    }
}
