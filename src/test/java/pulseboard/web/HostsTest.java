package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class HostsTest {

    private static String ask(Site site, String path, String... headers) throws IOException {
        try (PlainSocket socket = new PlainSocket(site.port)) {
            String upgrade = path.endsWith("/websocket") ? PlainSocket.UPGRADE : "X-None: 0";
            return socket.request("GET " + path + " HTTP/1.1", upgrade, String.join("\r\n", headers))
                    .substring(9, 12);
        }
    }

    private static WebConfig known(String name) {
        return new WebConfig(
                "127.0.0.1",
                0,
                List.of(),
                List.of(name),
                List.of(),
                List.of(),
                List.of("127.0.0.1"),
                100,
                32,
                4096,
                150,
                3600);
    }

    @Test
    void nameThatSomebodyMadePointHereIsRefusedEverywhere(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        for (String host :
                List.of("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "xlocalhost", "")) {
            for (String path : List.of("/", "/api/boards/test", "/api/boards/test/stream", "/eventbus/websocket")) {
                assertEquals("403", ask(site, path, "Host: " + host + ":" + site.port), host + path);
            }
        }
    }

    @Test
    void addressesAndNamesOfThisMachineAreItsOwn(Vertx vertx) throws IOException {
        Site site = new Site(vertx);
        String hostname = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        for (String host : List.of(
                "localhost",
                "LOCALHOST",
                "127.0.0.1",
                "192.0.2.7",
                "[::1]",
                "board.localhost",
                hostname,
                hostname + ".local")) {
            assertEquals("200", ask(site, "/api/boards/test", "Host: " + host + ":" + site.port), host);
            assertEquals("101", ask(site, "/eventbus/websocket", "Host: " + host), host);
        }
    }

    @Test
    void nameOfTheSettingsIsKnown(Vertx vertx) throws IOException {
        Site site = new Site(vertx, known("Monitor.example"));
        assertEquals("200", ask(site, "/api/boards/test", "Host: monitor.example"));
        assertEquals("403", ask(site, "/api/boards/test", "Host: x.monitor.example"));
    }

    @Test
    void nameThatATrustedProxyPassesOnIsLookedAtToo(Vertx vertx) throws IOException {
        Site site = new Site(vertx, known("monitor.example"));
        assertEquals("200", ask(site, "/api/boards/test", "Host: localhost", "X-Forwarded-Host: monitor.example"));
        assertEquals("403", ask(site, "/api/boards/test", "Host: localhost", "X-Forwarded-Host: evil.example"));
    }
}
