package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that stops tells every viewer so, on each transport, and is held up by nobody. */
@ExtendWith(VertxExtension.class)
class CloseReasonTest {

    private static final String FRAMED_GOODBYE =
            "a" + JsonArray.of("{\"type\":\"err\",\"body\":\"restarting\"}").encode();
    private static final String REGISTER =
            JsonObject.of("type", "register", "address", Site.CHANGES).encode();

    private final CapturedLog log = new CapturedLog();
    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private void assertGoneQuietly() throws IOException {
        // Mostly it is refused; the operating system may take one more, which then hears nothing.
        try (PlainSocket late = new PlainSocket(site.port)) {
            late.send("GET /api/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("", late.readToEnd());
        } catch (SocketException refused) {
            // Which is right.
        }
        assertEquals(List.of(), log.lines(Level.WARN));
    }

    @Test
    void rawWebSocketIsToldAndClosedWithServiceRestart() throws IOException {
        BridgeClient client = site.watcher();
        site.stopWeb();
        assertEquals("restarting", client.nextError());
        assertEquals("1012 Service Restart", client.closeReason());
        assertGoneQuietly();
    }

    @Test
    void framedWebSocketIsToldAndClosedAsSockJsDoes() throws IOException {
        try (PlainSocket socket = PlainSocket.upgraded(site.port, Site.newSession() + "/websocket")) {
            assertEquals("o", socket.readFrame());
            site.stopWeb();
            assertEquals(FRAMED_GOODBYE, socket.readFrame());
            assertEquals("c[3000,\"Go away!\"]", socket.readFrame());
            assertTrue(socket.readToEnd().length() > 0, "a close frame");
        }
        assertGoneQuietly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/xhr", "/xhr_streaming"})
    void xhrViewerIsToldAndItsRequestEnds(String transport) throws IOException {
        String post = "POST " + Site.newSession() + transport + " HTTP/1.1";
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String rest = "";
            socket.request(post, "Host: localhost", "Content-Length: 0", "Connection: close");
            if (transport.equals("/xhr")) { // The first poll only opens.
                assertTrue(socket.readToEnd().contains("o\n"));
                try (PlainSocket poll = new PlainSocket(site.port)) {
                    poll.send(post + "\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
                    site.rawClient().snapshot(); // The poll has been taken by now, as it came first.
                    site.stopWeb();
                    rest = poll.readToEnd();
                }
            } else {
                site.stopWeb();
                rest = socket.readToEnd();
                assertTrue(rest.contains("c[3000,\"Go away!\"]\n"), rest);
            }
            assertTrue(rest.contains(FRAMED_GOODBYE + "\n"), rest);
            assertTrue(rest.endsWith("\r\n0\r\n\r\n"), "complete: " + rest);
        }
        assertGoneQuietly();
    }

    @Test
    void streamEndsWithAnEventThatSaysWhyAndWhenToComeBack() throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            socket.request("GET /api/boards/test/stream HTTP/1.1", "Host: localhost");
            site.stopWeb();
            String rest = socket.readToEnd();
            Matcher last = Pattern.compile("\nretry: (\\d+)\nevent: restarting\ndata: \\{}\n\n\r\n0\r\n\r\n$")
                    .matcher(rest);
            assertTrue(last.find(), rest);
            int retry = Integer.parseInt(last.group(1));
            assertTrue(2000 <= retry && retry < 4000, "retry after " + retry + " ms");
        }
        assertGoneQuietly();
    }

    /** Nothing can be written to any of them, so that the server waits in vain until its time is over. */
    @Test
    void readersThatStallDoNotHoldUpTheEnd() throws IOException {
        List<PlainSocket> stalled = new ArrayList<>();
        try {
            PlainSocket raw = PlainSocket.upgradedWithSmallBuffer(site.port, Site.RAW);
            stalled.add(raw);
            raw.sendText(REGISTER);
            PlainSocket framed = PlainSocket.upgradedWithSmallBuffer(site.port, Site.newSession() + "/websocket");
            stalled.add(framed);
            framed.sendText(JsonArray.of(REGISTER).encode());
            PlainSocket stream = PlainSocket.withSmallBuffer(site.port);
            stalled.add(stream);
            stream.request("GET /api/boards/test/stream HTTP/1.1", "Host: localhost");
            for (int viewers = 1; viewers <= stalled.size(); viewers++) {
                assertEquals(viewers, site.board.nextViewers());
            }
            for (int i = 0; i < 1000; i++) { // More than the kernel keeps for a connection.
                site.board.publish(
                        JsonObject.of("text", Integer.toString(i % 10).repeat(16_384)));
            }
            site.stopWeb();
            assertGoneQuietly();
        } finally {
            for (PlainSocket socket : stalled) {
                socket.close();
            }
        }
    }
}
