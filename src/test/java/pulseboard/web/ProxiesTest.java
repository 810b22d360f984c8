package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.util.List;
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
        List<String> lines = log.messages(ACCESS);
        return lines.get(lines.size() - 1);
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
    void chainOfProxiesIsFollowedSoFarOnly(Vertx vertx) throws IOException {
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.1", "10.0.0.0/8"));
        String proxies = ",10.1.2.3".repeat(Proxies.MOST_HOPS - 1);
        assertTrue(line(site, "X-Forwarded-For: 203.0.113.7" + proxies).startsWith("203.0.113.7 - - ["));
        String longer = line(site, "X-Forwarded-For: 203.0.113.7,10.9.9.9" + proxies);
        assertTrue(longer.startsWith("10.9.9.9 - - ["), longer);
    }

    @Test
    void longHopIsNoAddress(Vertx vertx) throws IOException {
        assertEquals(null, AddressBlock.address("0".repeat(46) + "::1"));
        assertEquals(
                "127.0.0.1",
                String.valueOf(AddressBlock.address("0000:0000:0000:0000:0000:ffff:127.000.000.001"))
                        .substring(1));
        Site site = new Site(vertx, Site.configWithProxies("127.0.0.1"));
        assertTrue(line(site, "X-Forwarded-For: " + "1:".repeat(2000)).startsWith("127.0.0.1 - - ["));
    }

    @Test
    void controlCharactersAreWrittenAsTheirNumbers(Vertx vertx) throws IOException {
        assertEquals(
                "a\\x0d\\x0a\\x00\\x1b[2J\\x7f\\x85\\x9b\\u2028\\u202eé",
                AccessLog.quoted("a\r\n\u0000\u001b[2J\u007f\u0085\u009b\u2028\u202eé"));
        String line = line(new Site(vertx), "User-Agent: a\u009b2J");
        assertTrue(line.contains("\"a\\x9b2J\""), line);
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
