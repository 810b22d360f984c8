package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(VertxExtension.class)
class OriginsTest {

    private static final String FRIEND = "https://friend.example";
    private static final Pattern READER = Pattern.compile("(?i)access-control-allow-origin: (.*)");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    /** A request of every kind there is, each with the status it is answered with when its origin is allowed. */
    private static final List<String> DOORS = List.of(
            "101 GET /eventbus/websocket",
            "101 GET /eventbus/000/SESSION/websocket",
            "200 POST /eventbus/000/SESSION/xhr_streaming",
            "200 POST /eventbus/000/SESSION/xhr",
            "204 OPTIONS /eventbus/000/SESSION/xhr_send",
            "404 POST /eventbus/000/SESSION/xhr_send",
            "200 GET /eventbus/info",
            "200 GET /api/boards",
            "200 GET /api/boards/test",
            "200 GET /api/boards/test/stream",
            "200 GET /api/health",
            "200 GET /openapi.yaml",
            "404 GET /nothing");

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx, Site.configWithOrigins(FRIEND));
    }

    /** The status, a space, and the body if its length was told. */
    private String ask(String request, String host, String... headers) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String upgrade = request.endsWith("/websocket") ? PlainSocket.UPGRADE : "X-None: 0";
            String head = socket.request(
                    request.replace("SESSION", UUID.randomUUID().toString()) + " HTTP/1.1",
                    "Host: " + host,
                    upgrade,
                    "Content-Length: 0",
                    String.join("\r\n", headers));
            Matcher length = LENGTH.matcher(head);
            return head.substring(9, 13) + (length.find() ? socket.read(Integer.parseInt(length.group(1))) : "");
        }
    }

    private void assertAllowed(String host, String... headers) throws IOException {
        for (String door : DOORS) {
            assertEquals(
                    door.substring(0, 3), ask(door.substring(4), host, headers).substring(0, 3), door);
        }
    }

    private void assertRefused(String host, String origin) throws IOException {
        for (String door : DOORS) {
            String answer = ask(door.substring(4), host, "Origin: " + origin);
            assertTrue(answer.startsWith("403 "), () -> door + ": " + answer);
            assertEquals("origin_refused", new JsonObject(answer.substring(4)).getString("error"), door);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "http://localhost:81",
                "http://localhost.evil.example",
                "http://evil.example/localhost",
                "http://localhost@evil.example",
                "http://evil.example#localhost",
                "https://friend.example.evil.example",
                "http://friend.example",
                "https://friend.example:444",
                "file://",
                "//localhost",
                "localhost",
                "http://localhost:x",
                "http://[::1",
                "%",
            })
    void foreignOriginIsRefusedAtEveryDoor(String origin) throws IOException {
        assertRefused("localhost", origin);
    }

    @Test
    void requestWithoutOriginIsAllowed() throws IOException {
        assertAllowed("localhost", "X-Nothing: 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "localhost:8080", "pulse.example", "[::1]:8080", "my_container:8080", "10.0.0.1"})
    void ownOriginIsAllowedUnderEveryName(String host) throws IOException {
        assertAllowed(host, "Origin: http://" + host);
        assertAllowed(host, "Origin: https://" + host);
        assertAllowed(host, "Origin: http://" + host.toUpperCase(Locale.ROOT));
    }

    @Test
    void portThatIsLeftOutIsTheUsualOne() throws IOException {
        assertAllowed("a.example:80", "Origin: http://a.example");
        assertAllowed("a.example", "Origin: http://a.example:80");
        assertAllowed("a.example:443", "Origin: https://a.example");
        assertRefused("a.example:8080", "http://a.example");
        assertRefused("a.example", "http://a.example:8080");
    }

    @Test
    void originOfTheSettingIsAllowed() throws IOException {
        assertAllowed("localhost", "Origin: " + FRIEND);
    }

    @Test
    void allowedOriginMayReadTheAnswerAndNobodyElseMay() throws IOException {
        for (String path : List.of("/api/boards", "/nothing", "/eventbus/info", "/api/boards/test/stream")) {
            assertEquals(FRIEND, allowedReader(path, FRIEND), path);
            assertEquals("", allowedReader(path, "https://evil.example"), path);
        }
        assertEquals("", allowedReader("/api/boards", "http://localhost"));
    }

    /** The origin that the answer says may read it, which is none or one. */
    private String allowedReader(String path, String origin) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String head = socket.request("GET " + path + " HTTP/1.1", "Host: localhost", "Origin: " + origin);
            Matcher allowed = READER.matcher(head);
            String reader = allowed.find() ? allowed.group(1) : "";
            assertFalse(allowed.find(), head);
            assertEquals(!reader.isEmpty(), head.toLowerCase(Locale.ROOT).contains("vary: origin"), head);
            return reader;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /eventbus/iframe.html",
                "GET /eventbus/iframe-1.6.1.html",
                "GET /eventbus//iframe.html",
                "GET /eventbus/./iframe.html",
                "GET /eventbus/%69frame.html",
                "GET /eventbus/000/a/eventsource",
                "GET /eventbus/000/a/htmlfile?c=x",
                "GET /eventbus/000/a/jsonp?c=x",
            })
    void transportsThatRunForeignScriptsAreOff(String request) throws IOException {
        String answer = ask(request, "localhost");
        assertTrue(answer.startsWith("404 {\"error\":\"not_found\""), answer);
    }

    @Test
    void jsonpCannotSend() throws IOException {
        String answer = ask("POST /eventbus/000/a/jsonp_send", "localhost");
        assertTrue(answer.startsWith("404 ") || answer.startsWith("405 "), answer);
    }
}
