package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(VertxExtension.class)
class ProxiesTest {

    private static final String ACCESS = "io.vertx.ext.web.handler.LoggerHandler";

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void releaseLog() {
        log.close();
    }

    /** The status of the answer. */
    private static String ask(Site site, String... headers) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            return socket.request("GET /nothing HTTP/1.1", "Host: localhost", String.join("\r\n", headers))
                    .substring(9, 12);
        }
    }

    /** The line of the access log about a request with this header. */
    private String line(Site site, String... headers) throws IOException {
        log.setLevel(ACCESS, Level.INFO);
        ask(site, headers);
        site.rawClient().snapshot(); // What came before has been logged.
        return log.messages(ACCESS).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "203.0.113.7; 203.0.113.7",
                "203.0.113.7,10.1.2.3; 203.0.113.7",
                "10.9.9.9,203.0.113.7, 10.1.2.3 ; 203.0.113.7",
                "10.9.9.9; 10.9.9.9",
                "2001:db8::7; 2001:db8::7",
                "evil; 127.0.0.1",
                "203.0.113.7,evil; 127.0.0.1",
                "'203.0.113.7,'; 127.0.0.1",
            })
    void clientIsTheNearestOneThatIsNoProxy(String forwarded, String client, Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.1", "10.0.0.0/8"));
        String line = line(site, "X-Forwarded-For: " + forwarded);
        assertTrue(line.startsWith(client + " - - ["), line);
    }

    @Test
    void headerOfAnybodyElseCountsForNothing(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.2", "10.0.0.0/8", "::1"));
        String line = line(site, "X-Forwarded-For: 203.0.113.7");
        assertTrue(line.startsWith("127.0.0.1 - - ["), line);
        assertEquals("403", ask(site, "Origin: http://evil.example", "X-Forwarded-Host: evil.example"));
    }

    @Test
    void nobodyIsTrustedUnlessNamed(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        String line = line(site, "X-Forwarded-For: 203.0.113.7");
        assertTrue(line.startsWith("127.0.0.1 - - ["), line);
        assertEquals("403", ask(site, "Origin: http://evil.example", "X-Forwarded-Host: evil.example"));
    }

    @Test
    void hostThatTheProxyWasAskedForIsAnOwnOrigin(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.1"));
        String origin = "Origin: https://pulse.example";
        assertEquals("404", ask(site, origin, "X-Forwarded-Host: pulse.example"));
        assertEquals("404", ask(site, origin, "X-Forwarded-Host: forged.example, pulse.example"));
        assertEquals("403", ask(site, origin, "X-Forwarded-Host: pulse.example, other.example"));
        assertEquals("403", ask(site, origin, "X-Forwarded-Host: pulse.example:81"));
        assertEquals("403", ask(site, origin, "X-Forwarded-Host: "));
        assertEquals("403", ask(site, origin));
        assertEquals("404", ask(site, "Origin: http://localhost", "X-Forwarded-Host: pulse.example"));
    }

    @Test
    void whatAClientSendsStaysInItsField(Vertx vertx) throws IOException {
        String line = line(new Site(vertx), "User-Agent: a\" 200 \\", "Referer: b\"");
        assertTrue(
                line.matches("127\\.0\\.0\\.1 - - \\[[^]]+] \"GET /nothing HTTP/1\\.1\" 404 \\d+ "
                        + "\"b\\\\\"\" \"a\\\\\" 200 \\\\\\\\\" \\d+"),
                line);
    }
}
