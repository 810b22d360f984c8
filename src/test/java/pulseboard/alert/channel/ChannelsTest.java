package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with settings is said in one line that shows no secret. */
@ExtendWith(VertxExtension.class)
class ChannelsTest {

    private ChannelMaker maker;

    @BeforeEach
    void start(Vertx vertx, @TempDir Path folder) {
        maker = new ChannelMaker(vertx, folder);
    }

    private static JsonObject webhook() {
        return JsonObject.of("kind", "webhook", "url", "https://hooks.example/x");
    }

    @Test
    void kindIsOneThatThereIs() {
        assertEquals(
                "channels.ops.kind must be one of " + String.join(", ", Channels.kinds()),
                maker.mistake(JsonObject.of("kind", "pigeon")));
        assertEquals("channels.ops.kind is missing, such as kind: webhook", maker.mistake(new JsonObject()));
    }

    @Test
    void unknownKeyNamesTheNearest() {
        assertEquals(
                "channels.ops.ulr is unknown; did you mean url?",
                maker.mistake(JsonObject.of("kind", "webhook", "ulr", "https://hooks.example/x")));
    }

    @Test
    void missingKeySaysWhatItLooksLike() {
        assertEquals(
                "channels.ops.url is missing, such as https://example.net/path; when it is a secret, the file that holds it as urlFile",
                maker.mistake(JsonObject.of("kind", "webhook")));
    }

    @Test
    void secretInTheFileIsRefusedAndNotShown() {
        assertEquals(
                "channels.ops.token is a secret, which has no place here: write it into a file of its own (mode 0600)"
                        + " and name that as tokenFile, or an environment variable that holds it as tokenEnv",
                maker.mistake(webhook().put("token", "hunter2")));
    }

    @Test
    void addressesAreAddresses() {
        for (String url : new String[] {
            "hooks.example", "ftp://hooks.example/", "https://me:hunter2@hooks.example/", "https:///x", "https://a b/"
        }) {
            assertEquals(
                    "channels.ops.url must be an address such as https://example.net/path; a name and a password have keys of their own",
                    maker.mistake(webhook().put("url", url)));
        }
    }

    @Test
    void headersAreHeaders() {
        assertEquals(
                "channels.ops.headers cannot have Host, which is no name of a header or is set by Pulseboard",
                maker.mistake(webhook().put("headers", JsonObject.of("Host", "x"))));
        assertEquals(
                "channels.ops.headers.X-A must be a text of one line",
                maker.mistake(webhook().put("headers", JsonObject.of("X-A", "b\r\nHost: c"))));
        assertEquals(
                "channels.ops.headers must hold no secrets: name the file of a token as tokenFile",
                maker.mistake(webhook().put("headers", JsonObject.of("authorization", "Bearer hunter2"))));
    }

    @Test
    void exceptionsAreAddresses() {
        assertEquals(
                "channels.ops.allow must list addresses or networks such as 127.0.0.1 or 10.0.0.0/8, not localhost",
                maker.mistake(webhook().put("allow", JsonArray.of("127.0.0.1", "localhost"))));
    }

    @Test
    void oneSecretIsInOnePlace() {
        assertEquals(
                "channels.ops.secretFile and secretEnv are both set; one of them is enough",
                maker.mistake(webhook().put("secretFile", "/a").put("secretEnv", "B")));
    }
}
