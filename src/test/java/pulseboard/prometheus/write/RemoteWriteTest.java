package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Metrics;
import pulseboard.web.CapturedLog;

@ExtendWith(VertxExtension.class)
@Timeout(600)
class RemoteWriteTest {

    private static final int MANY = 3000;

    private final AtomicInteger readings = new AtomicInteger();

    private static RemoteWriteConfig config(String url, String... signIn) {
        return new RemoteWriteConfig(
                url,
                5,
                List.of("site=a b"),
                signIn[0],
                signIn[1],
                "",
                signIn[2],
                "",
                signIn.length > 3 ? signIn[3] : "");
    }

    private WriteCounts deploy(Vertx vertx, RemoteWriteConfig config) throws Exception {
        Collector many = Collector.of("many", into -> {
            into.counter("readings_total", "Readings.").add(readings.incrementAndGet());
            for (int index = 0; index < MANY; index++) {
                into.gauge("many", "Enough for several parts of a block.").add(index, "é", "\"text\" " + index * 7919);
            }
        });
        WriteCounts counts = new WriteCounts();
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(many));
        vertx.deployVerticle(new RemoteWriteVerticle(config, metrics, counts, "web1"))
                .toCompletionStage()
                .toCompletableFuture()
                .get(120, TimeUnit.SECONDS);
        return counts;
    }

    private static String url(String scheme, Receiver receiver) {
        return scheme + "://127.0.0.1:" + receiver.port() + "/api/v1/write";
    }

    private static double reading(Receiver.Received received) {
        return Receiver.decode(received.body())
                .getOrDefault("__name__=readings_total instance=web1 job=pulseboard site=a b", -1.0);
    }

    @Test
    void everySampleArrivesWithItsLabelsInOrderAndTheTime(Vertx vertx) throws Exception {
        long before = System.currentTimeMillis();
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> number == 0 ? "204" : "503");
        WriteCounts counts = deploy(vertx, config(url("http", receiver), "", "", ""));
        Receiver.Received received = receiver.next();
        assertEquals("snappy", received.headers().get("Content-Encoding"));
        assertEquals("application/x-protobuf", received.headers().get("Content-Type"));
        assertEquals("0.1.0", received.headers().get("X-Prometheus-Remote-Write-Version"));
        assertNull(received.headers().get("Authorization"));
        Map<String, Double> samples = Receiver.decode(received.body());
        assertTrue(samples.getOrDefault("", 0.0) >= before);
        samples.remove("");
        assertEquals(1.0, reading(received));
        for (int index = 0; index < MANY; index++) {
            assertEquals(
                    index,
                    samples.get("__name__=many instance=web1 job=pulseboard site=a b é=\"text\" " + index * 7919));
        }
        assertTrue(samples.keySet().stream().anyMatch(name -> name.contains("=jvm_gc_collection_seconds_count ")));
        receiver.next(); // It is sent when the first has been taken.
        assertEquals(samples.size(), counts.sent.get());
    }

    @Test
    void whatCouldNotBeTakenIsSentAgainFirst(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(
                vertx,
                new HttpServerOptions(),
                number -> List.of("503", "429 2", "200", "200").get(number % 4));
        WriteCounts counts = deploy(vertx, config(url("http", receiver), "", "", ""));
        Receiver.Received first = receiver.next();
        assertEquals(first.body(), receiver.next().body());
        assertEquals(first.body(), receiver.next().body());
        assertEquals(2.0, reading(receiver.next()), "nothing is left out");
        assertEquals(2, counts.retried.get());
        assertEquals(0, counts.dropped.get());
    }

    @Test
    void whatTheServerRefusesIsDroppedAndCountedAndTheNextIsSent(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> number == 0 ? "400" : "200");
        WriteCounts counts = deploy(vertx, config(url("http", receiver), "", "", ""));
        int samples = Receiver.decode(receiver.next().body()).size() - 1;
        assertEquals(2.0, reading(receiver.next()));
        assertEquals(samples, counts.dropped.get());
        assertEquals(0, counts.retried.get());
    }

    @Test
    void serverThatGoesOnFailingIsOneLineInTheLogWithoutAnySecret(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> number < 3 ? "500" : "401");
        try (CapturedLog log = new CapturedLog()) {
            WriteCounts counts = deploy(vertx, config(url("http", receiver) + "?key=hidden", "", "", "hidden"));
            for (int request = 0; request < 5; request++) {
                receiver.next();
            }
            assertEquals(3, counts.retried.get());
            assertTrue(counts.dropped.get() > 0);
            List<String> lines = log.lines(Level.INFO).stream()
                    .filter(line -> line.contains("Remote write"))
                    .toList();
            assertEquals(1, lines.size(), lines.toString());
            assertTrue(lines.get(0).startsWith("WARN"), lines.toString());
            assertFalse(lines.get(0).contains("hidden"), lines.toString());
        }
    }

    @Test
    void redirectIsNotFollowed(Vertx vertx) throws Exception {
        Receiver receiver =
                new Receiver(vertx, new HttpServerOptions(), number -> number == 0 ? "303 /elsewhere" : "200");
        WriteCounts counts = deploy(vertx, config(url("http", receiver), "", "", ""));
        receiver.next();
        assertEquals(2.0, reading(receiver.next()));
        assertTrue(counts.dropped.get() > 0);
    }

    @Test
    void nameAndPasswordOrTokenAreShown(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> "200");
        deploy(vertx, config(url("http", receiver), "anna", "secret", ""));
        assertEquals("Basic YW5uYTpzZWNyZXQ=", receiver.next().headers().get("Authorization"));
        Receiver other = new Receiver(vertx, new HttpServerOptions(), number -> "200");
        deploy(vertx, config(url("http", other), "", "", "token"));
        assertEquals("Bearer token", other.next().headers().get("Authorization"));
    }

    @Test
    void tokenIsReadFromItsFileAtEachSending(Vertx vertx, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> "200");
        deploy(
                vertx,
                new RemoteWriteConfig(
                        url("http", receiver), 5, List.of("site=a b"), "", "", "", "", file.toString(), ""));
        assertEquals("Bearer first", receiver.next().headers().get("Authorization"));
        Files.writeString(file, "second\n");
        assertEquals("Bearer second", receiver.next().headers().get("Authorization"));
    }

    @Test
    void serverThatNobodyVouchesForGetsNothing(Vertx vertx, @TempDir Path folder) throws Exception {
        makeCertificate(folder);
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(folder.resolve("cert.pem").toString())
                        .setKeyPath(folder.resolve("key.pem").toString()));
        Receiver receiver = new Receiver(vertx, tls, number -> "200");
        WriteCounts unknown = deploy(vertx, config(url("https", receiver), "", "", ""));
        awaitRetries(unknown);
        String ca = folder.resolve("cert.pem").toString();
        // The certificate is for 127.0.0.1 and for no other name of this machine.
        WriteCounts otherName = deploy(vertx, config("https://localhost:" + receiver.port() + "/", "", "", "", ca));
        awaitRetries(otherName);
        assertTrue(receiver.isEmpty());
        deploy(vertx, config(url("https", receiver), "", "", "", ca));
        receiver.next();
        assertEquals(0, unknown.sent.get() + otherName.sent.get());
    }

    private static void awaitRetries(WriteCounts counts) throws Exception {
        Until.isTrue("it was tried twice", () -> counts.retried.get() >= 2);
    }

    private static void makeCertificate(Path folder) throws Exception {
        Process openssl = new ProcessBuilder(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=test",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, openssl.waitFor());
    }
}
