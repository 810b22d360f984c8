package pulseboard.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import pulseboard.Until;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.MetricInfo;

@ExtendWith(VertxExtension.class)
@Timeout(600)
class MetricsTest {

    private static final long SECOND = 1_000_000_000;

    private final CountDownLatch open = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger hung = new AtomicInteger();

    private final Collector counted = Collector.of(
            "counted", into -> into.counter("counted_total", "Calls.").add(calls.incrementAndGet()));

    private final Collector hanging = Collector.of("hanging", into -> {
        hung.incrementAndGet();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        into.gauge("came_back", "Came back.").add(1);
    });

    @AfterEach
    void letGo() {
        open.countDown();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
    }

    private static Samples samples(List<MetricFamily> snapshots) {
        return Samples.of(snapshots);
    }

    @Test
    void nothingIsReadBeforeSomebodyAsksAndAllWhoAskTogetherShareOneReading(Vertx vertx) throws Exception {
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(hanging, counted));
        await(vertx.deployVerticle(new MetricsVerticle(metrics)));
        assertEquals(0, calls.get());
        List<Future<List<MetricFamily>>> asked = new ArrayList<>();
        for (int scraper = 0; scraper < 50; scraper++) {
            asked.add(metrics.collect());
        }
        open.countDown(); // However long that took, it was not over before.
        for (Future<List<MetricFamily>> each : asked) {
            assertEquals(1.0, samples(await(each)).values().get("counted_total[]"));
        }
        assertEquals(1, calls.get());
    }

    @Test
    void whatIsOlderThanASecondIsReadAnew(Vertx vertx) throws Exception {
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(counted));
        AtomicLong nanos = new AtomicLong();
        metrics.nanoClock = nanos::get;
        assertEquals(1, samples(await(metrics.collect())).value("counted_total[]"));
        nanos.addAndGet(999_000_000);
        assertEquals(1, samples(await(metrics.collect())).value("counted_total[]"));
        nanos.addAndGet(1_000_000);
        assertEquals(2, samples(await(metrics.collect())).value("counted_total[]"));
        metrics.end();
    }

    @Test
    void collectorThatHangsIsAloneMissingAndIsNotAskedAgainBeforeItHasComeBack(Vertx vertx) throws Exception {
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(hanging, counted));
        AtomicLong nanos = new AtomicLong();
        metrics.nanoClock = nanos::get;
        for (int reading = 1; reading <= 2; reading++) {
            Samples samples = samples(await(metrics.collect()));
            assertEquals(0.0, samples.values().get("node_scrape_collector_success[collector=\"hanging\"]"));
            assertEquals(1.0, samples.values().get("node_scrape_collector_success[collector=\"counted\"]"));
            assertFalse(samples.values().containsKey("came_back[]"));
            assertEquals(reading, samples.value("counted_total[]"));
            nanos.addAndGet(SECOND);
        }
        assertEquals(1, hung.get());
        open.countDown();
        Until.isTrue("the collector has come back", () -> {
            nanos.addAndGet(SECOND);
            return samples(await(metrics.collect())).values().containsKey("came_back[]");
        });
        metrics.end();
    }

    @Test
    void collectorThatFailsIsAloneMissing(Vertx vertx) throws Exception {
        Collector failing = Collector.of("failing", into -> {
            into.gauge("half", "Half of it.").add(1);
            throw new IllegalStateException("a defect");
        });
        Metrics metrics = new Metrics(vertx, "1", threads -> List.of(failing, counted));
        Samples samples = samples(await(metrics.collect()));
        assertEquals(0.0, samples.values().get("node_scrape_collector_success[collector=\"failing\"]"));
        assertFalse(samples.values().containsKey("half[]"));
        assertTrue(samples.values().containsKey("counted_total[]"));
        metrics.end();
    }

    @Test
    void boardsSayWhichOfTheirFiguresAreMetricsForWhoeverMaySeeThem(Vertx vertx) throws Exception {
        await(vertx.deployVerticle(new DirectoryVerticle()));
        BoardInfo info = BoardInfo.of("tank", "Tank")
                .measuredBy(List.of(
                        MetricInfo.of("pulseboard_tank_level_ratio", "How full.", "tanks.*.level", "tank")
                                .times(0.01),
                        MetricInfo.of("pulseboard_tank_fill_seconds", "How long.", "tanks.*.fills", "tank")
                                .histogram(),
                        MetricInfo.of("pulseboard_tank_filled_total", "How often.", "filled")));
        FeedPublisher tank = new FeedPublisher(vertx, info);
        await(tank.ready());
        JsonObject fills = JsonObject.of("seconds", 1.5, "buckets", JsonObject.of("1", 2, "more", 1));
        tank.publish(
                JsonObject.of("tanks", JsonObject.of("a\"b", JsonObject.of("level", 25, "fills", fills)), "filled", 3));
        await(vertx.deployVerticle(new MetricsVerticle(new Metrics(vertx, "1", threads -> List.of()))));
        Until.isTrue("the board is known", () -> text(vertx, true).contains("pulseboard_tank"));
        String all = text(vertx, true);
        assertTrue(all.contains("pulseboard_tank_level_ratio{tank=\"a\\\"b\"} 0.25\n"), all);
        assertTrue(all.contains("# TYPE pulseboard_tank_filled_total counter\npulseboard_tank_filled_total 3\n"), all);
        assertTrue(all.contains("""
                        # TYPE pulseboard_tank_fill_seconds histogram
                        pulseboard_tank_fill_seconds_bucket{tank="a\\"b",le="1"} 2
                        pulseboard_tank_fill_seconds_bucket{tank="a\\"b",le="+Inf"} 3
                        pulseboard_tank_fill_seconds_count{tank="a\\"b"} 3
                        pulseboard_tank_fill_seconds_sum{tank="a\\"b"} 1.5
                        """), all);
        String own = text(vertx, false);
        assertFalse(own.contains("pulseboard_tank"), own);
        assertTrue(own.contains("pulseboard_build_info"), own);
    }

    private static String text(Vertx vertx, boolean ofBoards) throws Exception {
        DeliveryOptions options = new DeliveryOptions();
        if (ofBoards) {
            options.addHeader(Addresses.METRICS_OF_BOARDS, "all");
        }
        return await(vertx.eventBus().<Buffer>request(Addresses.METRICS, "", options))
                .body()
                .toString();
    }
}
