package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random frames and requests by somebody who may see one board and not the other: nothing of the other comes out, nothing
 * ends in an error of the server, and others are served meanwhile and afterwards. The seed is in each message.
 */
@Tag("long")
@ExtendWith(VertxExtension.class)
class FuzzTest {

    private static final String SECRET = "of-the-other-board";
    private static final int FRAMES = 100_000;
    private static final int FRAMES_OF_ONE_SOCKET = 2_000;
    private static final int REQUESTS = 2_000;

    private static final List<String> WORDS = List.of(
            "type",
            "address",
            "replyAddress",
            "body",
            "headers",
            "register",
            "unregister",
            "send",
            "publish",
            "ping",
            "err",
            "rec",
            "message",
            "failureCode",
            "",
            "null",
            "__proto__",
            "\u0000",
            "\ud800",
            "a".repeat(300),
            "board.test.changes",
            "board.test.snapshot",
            "board.test.quiet",
            "board.test.viewers",
            "board.test.shared",
            "board.other.changes",
            "host.facts",
            "host.facts ",
            "board.test.changes\u0000",
            "BOARD.TEST.CHANGES",
            "board..changes",
            "vertx.event");

    private static final List<String> REAL = List.of(
            "/api/boards/test",
            "/api/boards/test/stream",
            "/api/boards",
            "/api/session",
            "/api/tokens",
            "/api/health",
            "/api/host",
            "/eventbus/info",
            "/eventbus/000/SESSION/xhr",
            "/index.html");

    private static final List<String> PARTS = List.of(
            "api",
            "boards",
            "test",
            "other",
            "stream",
            "session",
            "tokens",
            "health",
            "host",
            "eventbus",
            "websocket",
            "info",
            "000",
            "xhr",
            "xhr_send",
            "xhr_streaming",
            "..",
            ".",
            "",
            "%2e%2e",
            "%2f",
            "%00",
            "*",
            "login",
            "oidc",
            "callback",
            "index.html",
            "openapi.yaml",
            "assets-",
            "iframe.html",
            "htmlfile",
            "jsonp",
            "a".repeat(500),
            "\u00ff",
            ";",
            "?a=b");

    @TempDir
    private Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private GuardedSite guarded;
    private String narrow;

    @BeforeEach
    void start(Vertx vertx) throws IOException {
        guarded = new GuardedSite(vertx, folder);
        narrow = guarded.token("read:board.other", "act:*");
        guarded.site.board.publish(JsonObject.of("count", 1, "text", SECRET));
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 2 ? 4 : 6)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextBoolean();
            case 2, 3 -> any(WORDS);
            case 4 -> List.of(value(depth + 1));
            default -> object(depth + 1);
        };
    }

    private JsonObject object(int depth) {
        JsonObject object = new JsonObject();
        for (int i = random.nextInt(5); i > 0; i--) {
            object.put(any(WORDS), value(depth));
        }
        return object;
    }

    /** Mostly almost right: what is plainly wrong gets nowhere. */
    private String frame() {
        if (random.nextInt(10) == 0) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        JsonObject frame = object(0);
        if (random.nextInt(4) > 0) {
            frame.put("type", any(List.of("register", "send", "publish", "unregister", "ping")))
                    .put("address", any(WORDS))
                    .put("replyAddress", any(WORDS));
        }
        String text = frame.encode();
        return random.nextInt(10) == 0 ? text.substring(0, random.nextInt(text.length())) : text;
    }

    @Test
    void framesBringOutNothingAndHurtNobody() throws IOException {
        BridgeClient honest = guarded.raw(guarded.token("read:board.test"));
        Replica replica = honest.watch();
        for (int sent = 0; sent < FRAMES; sent += FRAMES_OF_ONE_SOCKET) {
            String received = pour(sent % (2 * FRAMES_OF_ONE_SOCKET) == 0);
            assertFalse(received.contains(SECRET), () -> "seed " + seed + ": " + received);
            guarded.site.board.publish(JsonObject.of("count", sent, "text", SECRET));
            honest.follow(replica, "count", sent);
        }
        assertEquals(SECRET, replica.state().getString("text"));
    }

    /** Sends many frames on one socket, or on as many as it takes, and returns all that comes back until the last is handled. */
    private String pour(boolean framed) throws IOException {
        StringBuilder received = new StringBuilder();
        String path = framed ? Site.newSession() + "/websocket" : Site.RAW;
        try (PlainSocket socket = PlainSocket.upgraded(guarded.site.port, path, "Authorization: Bearer " + narrow)) {
            Thread reader = new Thread(() -> received.append(socket.readFramesToEnd()));
            reader.start();
            try {
                for (int i = 0; i < FRAMES_OF_ONE_SOCKET; i++) {
                    String frame = frame();
                    socket.sendText(
                            framed && random.nextInt(20) > 0
                                    ? JsonObject.of("a", List.of(frame))
                                            .getJsonArray("a")
                                            .encode()
                                    : frame);
                }
                socket.sendFrame(PlainSocket.CLOSE | PlainSocket.FINAL, new byte[0]);
            } catch (SocketException e) {
                // It had enough of us, which it may.
            }
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return received.toString();
    }

    /** Often a real path, as it is or with something in or behind it. */
    private String path() {
        StringBuilder path = new StringBuilder(random.nextBoolean() ? any(REAL) : "");
        if (!path.isEmpty() && random.nextInt(3) == 0) {
            path.insert(random.nextInt(path.length()), any(PARTS));
        }
        for (int i = random.nextInt(path.isEmpty() ? 5 : 2); i > 0; i--) {
            path.append('/').append(any(PARTS));
        }
        return path.indexOf("/") == 0 ? path.toString() : "/" + path;
    }

    private String request() {
        String body = random.nextBoolean() ? "" : frame();
        String method = random.nextBoolean()
                ? "GET"
                : any(List.of("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"));
        return method + " " + path() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + narrow
                + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + body;
    }

    @Test
    void requestsBringOutNothingAndNoErrors() throws IOException {
        for (int i = 0; i < REQUESTS; i++) {
            String request = request();
            try (PlainSocket socket = new PlainSocket(guarded.site.port)) {
                socket.send(request);
                String answer = socket.read(12);
                assertTrue(
                        answer.matches("HTTP/1\\.[01] [1234]\\d\\d"),
                        () -> "seed " + seed + ": " + request + "\n" + answer);
                if (!request.contains("xhr")) {
                    assertFalse(socket.readFramesToEnd().contains(SECRET), () -> "seed " + seed + ": " + request);
                }
            }
        }
        assertEquals(1, guarded.raw(guarded.token("read:*")).watch().state().getInteger("count"));
    }
}
