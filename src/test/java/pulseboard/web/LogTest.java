package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What strangers do never makes an ERROR, nor more than one line every ten seconds, nor a line that they can shape. */
@ExtendWith(VertxExtension.class)
class LogTest {

    private static final String ACCESS = "io.vertx.ext.web.handler.LoggerHandler";

    private final CapturedLog log = new CapturedLog();
    private final long started = System.nanoTime();
    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx);
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private void assertQuiet() {
        List<String> lines = log.lines(Level.WARN);
        long tenths = (System.nanoTime() - started) / 10_000_000_000L;
        assertTrue(lines.size() <= 1 + tenths, lines::toString);
        assertEquals(List.of(), log.lines(Level.ERROR));
        lines.forEach(line -> assertTrue(line.chars().noneMatch(Character::isISOControl), line));
    }

    @Test
    void refusedMessagesMakeOneLine() {
        BridgeClient client = site.rawClient();
        for (int i = 0; i < 100; i++) {
            for (String type : List.of("send", "publish", "register", "unregister", "no\nsuch")) {
                client.send(new JsonObject().put("type", type).put("address", "evil\n\r\u001b[2J" + i));
            }
            client.snapshot();
        }
        assertFalse(log.lines(Level.WARN).isEmpty());
        assertQuiet();
    }

    @Test
    void garbageFramesMakeNoErrors() {
        Random random = new Random(2);
        for (boolean framed : new boolean[] {false, true}) {
            BridgeClient client = framed ? site.framedClient() : site.rawClient();
            for (int i = 0; i < 1000; i++) {
                client.sendText(Garbage.frame(random));
                if (i % 50 == 0) {
                    client.snapshot();
                }
            }
        }
        assertQuiet();
    }

    @Test
    void framesThatMakeSockJsFailMakeNoErrors() {
        String session = Site.newSession();
        Wait.on(site.request(HttpMethod.POST, session + "/xhr").send());
        for (int i = 0; i < 20; i++) {
            for (String body : List.of("[null]", "[\"a\",null]", "[[\"a\"]]", "x", "", "{}", "1")) {
                Wait.on(site.request(HttpMethod.POST, session + "/xhr_send").sendBuffer(Buffer.buffer(body)));
            }
        }
        BridgeClient framed = site.framedClient();
        framed.sendAsIs("[\"a\",null,\"b\"]");
        framed.snapshot();
        assertQuiet();
    }

    @Test
    void brokenWebSocketFramesMakeNoErrors() throws IOException {
        for (String path : List.of(Site.RAW, "/eventbus/000/broken/websocket")) {
            for (int firstByte : new int[] {0x83, 0x80, 0xf1, 0x88, 0x8f}) {
                try (PlainSocket socket = PlainSocket.upgraded(site.port, path)) {
                    socket.sendFrame(firstByte, new byte[] {1});
                    socket.skipToEnd();
                }
            }
        }
        site.rawClient().snapshot();
        assertQuiet();
    }

    @Test
    void strangeRequestsMakeNoErrors() throws IOException {
        String host = "Host: localhost";
        String upgrade = "GET " + Site.RAW + " HTTP/1.1";
        for (String[] lines : new String[][] {
            {"GET /%zz HTTP/1.1", host},
            {"GET /%00%0a HTTP/1.1", host},
            {"GET /index.html HTTP/1.1", host, "Range: bytes=99999999-"},
            {"GET / HTTP/1.1", host, "Origin: //a"},
            {"GET / HTTP/1.1", host, "Origin: http://a:x"},
            {"GET / HTTP/1.1", host, "Origin: http://evil.example"},
            {"GET / HTTP/1.1", "Host: ;;;"},
            {"BREW / HTTP/1.1", host},
            {"GET /" + "x".repeat(10_000) + " HTTP/1.1", host},
            {upgrade, host, "Upgrade: websocket", "Connection: Upgrade"},
            {upgrade, host, "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 99"},
            {"POST /eventbus/1/2/xhr HTTP/1.1", host, "Content-Length: 99999999"},
            {"nonsense"},
        }) {
            try (PlainSocket socket = new PlainSocket(site.port)) {
                socket.request(lines);
            }
        }
        site.rawClient().snapshot();
        assertQuiet();
    }

    @Test
    void clientThatVanishesIsNotWorthALine() throws IOException {
        try (PlainSocket half = new PlainSocket(site.port)) {
            half.send("POST /eventbus/1/2/xhr HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n[");
        }
        String register = new JsonObject()
                .put("type", "register")
                .put("address", Site.CHANGES)
                .encode();
        vanish(Site.RAW, register);
        vanish(
                "/eventbus/000/vanishing/websocket",
                new JsonArray().add(register).encode());
        assertEquals(List.of(), log.lines(Level.WARN));
    }

    private void vanish(String path, String register) throws IOException {
        try (PlainSocket socket = PlainSocket.upgraded(site.port, path)) {
            socket.sendText(register);
            assertEquals(1, site.board.nextViewers());
            socket.reset();
            assertEquals(0, site.board.nextViewers());
        }
    }

    @Test
    void accessLogHasALineForEachRequest() {
        log.setLevel(ACCESS, Level.INFO);
        site.get("/api/boards?x=1");
        site.get("/nothing");
        site.rawClient().snapshot(); // What came before has been logged.
        List<String> lines = log.messages(ACCESS);
        assertEquals(2, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains("\"GET /api/boards?x=1 HTTP/1.1\" 200 "), lines.get(0));
        assertTrue(lines.get(1).contains("\"GET /nothing HTTP/1.1\" 404 "), lines.get(1));
    }

    @Test
    void consoleHasNoAccessLog() {
        site.get("/api/boards");
        site.rawClient().snapshot();
        assertEquals(List.of(), log.messages(ACCESS));
    }
}
