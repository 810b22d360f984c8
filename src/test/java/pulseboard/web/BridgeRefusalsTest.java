package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** After each refusal the socket must still work and another viewer must still be fed. */
@ExtendWith(VertxExtension.class)
class BridgeRefusalsTest {

    private static final String SECRET = "secret.address";

    private final CapturedLog log = new CapturedLog();
    private final AtomicBoolean secretWasReached = new AtomicBoolean();
    private Site site;
    private BridgeClient other;
    private BridgeClient client;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
        vertx.eventBus().consumer(SECRET, message -> secretWasReached.set(true));
        other = site.watcher();
        client = site.watcher();
    }

    @AfterEach
    void bothViewersAreStillFed() {
        client.snapshot();
        site.board.count(99);
        client.awaitCount(99);
        other.awaitCount(99);
        assertFalse(secretWasReached.get());
        log.close();
    }

    private static JsonObject message(String type, String address) {
        return new JsonObject().put("type", type).put("address", address).put("body", new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "board.test.snapshot",
                SECRET,
                "board.test.facts",
                "",
                "*",
                "board.other.changes",
                "board.test.viewers",
                "board.test.actions"
            })
    void onlyChangesOfKnownBoardsCanBeRegistered(String address) {
        client.register(address);
        assertEquals("access_denied", client.nextError());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "board.test.changes",
                SECRET,
                "board.test.facts",
                "",
                "board.other.snapshot",
                "board.test.viewers",
                "board.test.actions"
            })
    void onlySnapshotsOfKnownBoardsCanBeSentTo(String address) {
        client.send(message("send", address).put("replyAddress", "r"));
        assertEquals("access_denied", client.nextError());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "board.test.changes",
                "board.test.snapshot",
                SECRET,
                "",
                "board.test.viewers",
                "board.test.actions"
            })
    void nothingCanBePublished(String address) {
        client.send(message("publish", address));
        assertEquals("rejected", client.nextError());
    }

    @Test
    void addressOfSomebodyElsesReplyCannotBeSentTo() {
        client.requestSnapshot();
        other.send(message("send", "reply-2"));
        assertEquals("access_denied", other.nextError());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "[1,2]", "1", "\"text\"", "true", "\u0000", "{\"type\":\"ping\""})
    void frameThatIsNoJsonObjectIsInvalid(String frame) {
        client.sendText(frame);
        assertEquals("invalid_json", client.nextError());
    }

    @Test
    void deepOrHugeValuesAreInvalid() {
        client.sendText("{\"body\":" + "[".repeat(5000) + "]".repeat(5000) + "}");
        assertEquals("invalid_json", client.nextError());
        client.sendText("{\"body\":" + "9".repeat(10_000) + "}");
        assertEquals("invalid_json", client.nextError());
    }

    @Test
    void binaryFramesAreTakenLikeTextAndRefusedLikeText() {
        client.sendBytes(new byte[] {(byte) 0xff, 0, (byte) 0xfe});
        assertEquals("invalid_json", client.nextError());
        client.sendBytes(message("register", SECRET).encode().getBytes(StandardCharsets.UTF_8));
        assertEquals("access_denied", client.nextError());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                | missing_type",
                "{\"type\":null}                                   | missing_type",
                "{\"type\":1}                                      | missing_address",
                "{\"type\":{}}                                     | missing_address",
                "{\"type\":\"send\"}                               | missing_address",
                "{\"type\":\"register\",\"address\":null}          | missing_address",
                "{\"type\":\"send\",\"address\":{}}                | access_denied",
                "{\"type\":\"send\",\"address\":[1]}               | access_denied",
                "{\"type\":\"register\",\"address\":{}}            | access_denied",
                "{\"type\":\"register\",\"address\":7}             | access_denied",
                "{\"type\":\"unregister\",\"address\":7}           | access_denied",
                "{\"type\":\"publish\",\"address\":1,\"headers\":{\"a\":null}} | rejected",
                "{\"type\":\"PING\",\"address\":\"a\"}             | invalid_type",
            })
    void wrongMembersAreToldByName(String frame, String error) {
        client.sendText(frame);
        assertEquals(error, client.nextError());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"headers\":\"x\"",
                "\"headers\":{\"a\":null}",
                "\"headers\":[1]",
                "\"headers\":{\"a\":{\"b\":1}}",
                "\"body\":null",
                "\"body\":123456789012345678901234567890",
                "\"body\":1e999",
                "\"body\":[[[null]]]",
                "\"body\":{\"replyAddress\":{}}",
            })
    void whateverElseARequestCarriesItGetsItsSnapshot(String member) {
        client.sendText(
                "{\"type\":\"send\",\"address\":\"" + Site.SNAPSHOT + "\",\"replyAddress\":\"mine\"," + member + "}");
        JsonObject reply = client.next();
        assertEquals("mine", reply.getString("address"), reply::encode);
        assertTrue(reply.getJsonObject("body").containsKey("state"));
    }

    @Test
    void longReplyAddressIsRefused() {
        client.send(message("send", Site.SNAPSHOT).put("replyAddress", "x".repeat(37)));
        assertEquals("invalid_reply_address", client.nextError());
    }

    @Test
    void longAddressIsRefused() {
        client.register("x".repeat(300));
        assertEquals("max_address_length_reached", client.nextError());
    }

    @Test
    void requestWithoutReplyAddressIsHarmless() {
        client.send(message("send", Site.SNAPSHOT));
    }

    @Test
    void unregisteringWhatIsNotRegisteredIsHarmless() {
        BridgeClient idle = site.rawClient();
        idle.unregister(Site.CHANGES);
        idle.unregister(Site.CHANGES);
        idle.watch();
        site.board.count(5);
        idle.awaitCount(5);
    }

    @Test
    void framesThatSockJsItselfCannotReadLeaveTheOthersFed() {
        for (String frame : new String[] {"[null]", "x", "{}", "[1]", "[[\"a\"]]", "[\"a\",[\"b\"]]"}) {
            BridgeClient framed = site.framedClient();
            framed.sendAsIs(frame);
            Wait.on(framed.closed());
        }
        for (String frame : new String[] {"[\"a\",null,\"b\"]", "[\"\\x\"]", "\"a\""}) {
            BridgeClient framed = site.framedClient();
            framed.sendAsIs(frame);
            framed.sendAsIs(new JsonArray()
                    .add(message("register", Site.CHANGES).encode())
                    .encode());
            framed.snapshot();
        }
    }
}
