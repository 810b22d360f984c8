package pulseboard.prometheus.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.Until;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Metrics;

/** How series end, and when nothing is sent at all. */
@ExtendWith(VertxExtension.class)
@Timeout(600)
class RemoteWriteEndTest {

    private static final String GONE = "__name__=gone instance=web1 job=pulseboard";
    private static final String STAYS = "__name__=stays instance=web1 job=pulseboard";

    private final AtomicInteger readings = new AtomicInteger();
    private final WriteCounts counts = new WriteCounts();

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static RemoteWriteConfig config(String url) {
        return new RemoteWriteConfig(url, 5, List.of(), "", "", "", "", "", "");
    }

    private RemoteWriteVerticle verticle(Vertx vertx, Receiver receiver) {
        Collector some = Collector.of("some", into -> {
            into.gauge("stays", "Stays.").add(1);
            if (readings.incrementAndGet() == 1) {
                into.gauge("gone", "Is there once.").add(1);
            }
        });
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(some));
        return new RemoteWriteVerticle(config("http://127.0.0.1:" + receiver.port() + "/"), metrics, counts, "web1");
    }

    private static boolean isStale(Map<String, Double> samples, String series) {
        return Double.doubleToRawLongBits(samples.getOrDefault(series, 0.0)) == WriteRequests.STALE_BITS;
    }

    @Test
    void seriesThatHasGoneIsMarkedAndAtAPlannedEndAllAre(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> "204");
        String id = await(vertx.deployVerticle(verticle(vertx, receiver)));
        assertEquals(1.0, Receiver.decode(receiver.next().body()).get(GONE));
        Map<String, Double> second = Receiver.decode(receiver.next().body());
        assertTrue(isStale(second, GONE));
        assertEquals(1.0, second.get(STAYS));
        while (counts.sent.get() < second.size()) {
            Thread.onSpinWait();
        }
        await(vertx.undeploy(id));
        Map<String, Double> last = Receiver.decode(receiver.next().body());
        assertTrue(isStale(last, STAYS));
        assertFalse(last.containsKey(GONE), "it has ended already");
    }

    @Test
    void nothingIsSentWhileTheClockIsADayAhead(Vertx vertx) throws Exception {
        Receiver receiver = new Receiver(vertx, new HttpServerOptions(), number -> "204");
        receiver.tellTime();
        RemoteWriteVerticle verticle = verticle(vertx, receiver);
        AtomicInteger days = new AtomicInteger(1);
        verticle.milliseconds =
                () -> System.currentTimeMillis() + Duration.ofDays(days.get()).toMillis();
        await(vertx.deployVerticle(verticle));
        Until.isTrue("something is dropped", () -> counts.dropped.get() > 0);
        assertTrue(receiver.isEmpty());
        days.set(0);
        double at = Receiver.decode(receiver.next().body()).getOrDefault("", 0.0);
        assertTrue(
                Math.abs(at - System.currentTimeMillis()) < Duration.ofHours(1).toMillis());
    }

    @Test
    void refusalIsToldInOneLineWithoutSecrets() {
        URI server = URI.create("https://server.example/write?key=hidden&tenant=me");
        List<String> shown = List.of("YW5uYTpwYXNzIHdvcmQ=", "pass word");
        String said = "out of order\u001b[31m sample\r\nBasic YW5uYTpwYXNzIHdvcmQ= pass word hidden " + "x".repeat(500);
        String words = Refusal.words(Buffer.buffer(said), server, shown);
        assertTrue(words.startsWith("out of order [31m sample Basic … … … xxx"), words);
        assertTrue(words.length() <= 161, words);
        assertEquals("", Refusal.words(Buffer.buffer(), server, shown));
    }
}
