package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are no browser's. */
@ExtendWith(VertxExtension.class)
class StrangeRequestsTest {

    private Site site;

    @BeforeEach
    void start(Vertx vertx) {
        site = new Site(vertx, Site.configWithProxies("127.0.0.1"));
    }

    private String status(String... lines) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            return socket.request(lines)
                    .substring("HTTP/1.1 ".length())
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/boards", "/api/session", "/none", "/eventbus/info", "/openapi.yaml"})
    void whatCannotBeExpectedIsRefusedWithoutALine(String path) throws IOException {
        try (CapturedLog log = new CapturedLog()) {
            for (String method : List.of("GET ", "POST ")) {
                assertEquals(
                        "417 Expectation Failed",
                        status(method + path + " HTTP/1.1", "Host: localhost", "Expect: tea", "Content-Length: 0"));
            }
            assertEquals(List.of(), log.lines(Level.ERROR));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET / HTTP/1.1,                       'Host: localhost|Host: other.example'",
        "GET / HTTP/1.1,                       'Host: localhost|Host: localhost'",
        "GET / HTTP/1.1,                       'Host: other.example|Host: localhost'",
        "GET http://other.example/ HTTP/1.1,   'Host: localhost'",
        "GET https://a@other.example HTTP/1.1, 'Host: localhost'",
    })
    void requestThatNamesTwoHostsIsRefused(String start, String hosts) throws IOException {
        assertEquals("400 Bad Request", status((start + "|" + hosts).split("\\|")));
    }

    @Test
    void absoluteTargetOfTheSameHostIsTaken() throws IOException {
        assertEquals("200 OK", status("GET http://localhost/api/boards HTTP/1.1", "Host: LOCALHOST"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "http://localhost", "local/host", "localhost:99999", "[::1", ",", "a:b:c"})
    void forwardedHostThatIsNoNameIsNotOurs(String host) throws IOException {
        assertEquals(
                "403 Forbidden", status("GET /api/boards HTTP/1.1", "Host: localhost", "X-Forwarded-Host: " + host));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/boards", "/api/none", "/none", "/openapi.yaml", "/eventbus/info", "/widget/cpu"})
    void everyAnswerStaysWithPagesOfItsOwnOrigin(String path) {
        HttpResponse<Buffer> answer = site.get(path);
        assertEquals("same-origin", answer.getHeader("Cross-Origin-Resource-Policy"));
        assertEquals("same-origin", answer.getHeader("Cross-Origin-Opener-Policy"));
        assertEquals(null, answer.getHeader("Strict-Transport-Security"), "not without TLS");
    }

    @Test
    void faultOfOurOwnIsLoggedOnceInTenSeconds() {
        try (CapturedLog log = new CapturedLog()) {
            long[] nanos = {0};
            Warnings warnings = new Warnings(() -> nanos[0]);
            for (int i = 0; i < 100; i++) {
                warnings.broke("GET /\u001b[2J", new IllegalStateException("fault"));
            }
            nanos[0] = 11_000_000_000L;
            warnings.broke("GET /", null);
            assertEquals(
                    List.of(
                            "ERROR pulseboard.web.Warnings - GET /?[2J failed (0 more since the last such line)",
                            "ERROR pulseboard.web.Warnings - GET / failed (99 more since the last such line)"),
                    log.lines(Level.ERROR));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/session", "/api/tokens", "/eventbus/000/broken/xhr_send"})
    void brokenChunksAreNoRequest(String path) throws IOException {
        String answer = status(
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "Origin: http://localhost",
                "Content-Type: application/json",
                "Transfer-Encoding: chunked",
                "",
                "zz",
                "{}",
                "0",
                "");
        assertTrue(answer.startsWith("400 "), answer);
    }
}
