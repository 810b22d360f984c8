package pulseboard.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.junit5.VertxExtension;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Until;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.MetricInfo;
import pulseboard.prometheus.Metrics;
import pulseboard.prometheus.MetricsVerticle;

@ExtendWith(VertxExtension.class)
class MetricsRouteTest {

    private static void deployMetrics(Vertx vertx) {
        Metrics metrics = new Metrics(vertx, "1.2.3", threads -> List.of());
        Wait.on(vertx.deployVerticle(new MetricsVerticle(metrics)));
    }

    @Test
    void strangersAndTokensForOtherBoardsGetNothing(Vertx vertx, @TempDir Path folder) throws IOException {
        deployMetrics(vertx);
        GuardedSite guarded = new GuardedSite(vertx, folder);
        assertEquals("401 login_required", GuardedSite.error(guarded.site.get("/metrics")));
        assertEquals("401 login_required", GuardedSite.error(guarded.site.get("/metrics/")));
        assertEquals("401 login_required", GuardedSite.error(guarded.site.get("/%6detrics")));
        assertEquals("401 token_invalid", GuardedSite.error(ask(guarded, "nonsense")));
        assertEquals("403 forbidden", GuardedSite.error(ask(guarded, guarded.token("read:board.test"))));
        HttpResponse<Buffer> answer = ask(guarded, guarded.token("read:board.host"));
        assertEquals(200, answer.statusCode());
        assertTrue(answer.bodyAsString().contains("pulseboard_build_info{version=\"1.2.3\"} 1"));
        assertEquals("nosniff", answer.getHeader("X-Content-Type-Options"));
        assertEquals("no-store", answer.getHeader("Cache-Control"));
    }

    @Test
    void figuresOfOtherBoardsAreForWhoeverMayReadAll(Vertx vertx, @TempDir Path folder) throws Exception {
        GuardedSite guarded = new GuardedSite(vertx, folder);
        deployMetrics(vertx);
        BoardInfo info = BoardInfo.of("tank", "Tank")
                .measuredBy(List.of(MetricInfo.of("pulseboard_tank_level_ratio", "How full.", "level")));
        FeedPublisher tank = new FeedPublisher(vertx, info);
        Wait.on(tank.ready());
        tank.publish(JsonObject.of("level", 0.5));
        String all = guarded.token("read:*");
        String line = "pulseboard_tank_level_ratio 0.5";
        Until.isTrue("it is there", () -> ask(guarded, all).bodyAsString().contains(line));
        assertFalse(
                ask(guarded, guarded.token("read:board.host")).bodyAsString().contains("tank_level"));
        assertFalse(ask(guarded, guarded.token("read:board.host", "read:board.tank"))
                .bodyAsString()
                .contains("tank_level"));
    }

    private static HttpResponse<Buffer> ask(GuardedSite guarded, String token) {
        return Wait.on(guarded.request(HttpMethod.GET, "/metrics", token).send());
    }

    @Test
    void nameThatIsNotThisServersIsRefused(Vertx vertx) {
        deployMetrics(vertx);
        Site site = new Site(vertx);
        HttpResponse<Buffer> answer = Wait.on(site.request(HttpMethod.GET, "/metrics")
                .putHeader("Host", "attacker.example")
                .send());
        assertEquals(403, answer.statusCode());
    }

    private static HttpResponse<Buffer> accepting(Site site, String accept) {
        return Wait.on(site.request(HttpMethod.GET, "/metrics")
                .putHeader("Accept", accept)
                .send());
    }

    @Test
    void openMetricsIsForClientsThatTakeNoPlainText(Vertx vertx) {
        deployMetrics(vertx);
        Site site = new Site(vertx);
        HttpResponse<Buffer> plain = site.get("/metrics");
        assertEquals("text/plain; version=0.0.4; charset=utf-8", plain.getHeader("Content-Type"));
        assertFalse(plain.bodyAsString().contains("# EOF"));
        for (String accept :
                List.of("application/openmetrics-text;version=1.0.0", "application/openmetrics-text,*/*;q=0.1")) {
            HttpResponse<Buffer> open = accepting(site, accept);
            assertEquals(
                    "application/openmetrics-text; version=1.0.0; charset=utf-8",
                    open.getHeader("Content-Type"),
                    accept);
            assertTrue(open.bodyAsString().endsWith("# EOF\n"));
        }
        for (String accept : List.of(
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily",
                "application/openmetrics-text;q=0",
                "*/*",
                // Prometheus 2.42, which keeps types and help of counters only by their full names.
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                        + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1")) {
            assertEquals(
                    plain.getHeader("Content-Type"), accepting(site, accept).getHeader("Content-Type"), accept);
        }
    }

    @Test
    void gzipIsForClientsThatTakeIt(Vertx vertx) throws IOException {
        deployMetrics(vertx);
        Site site = new Site(vertx);
        HttpResponse<Buffer> packed = Wait.on(site.request(HttpMethod.GET, "/metrics")
                .putHeader("Accept-Encoding", "gzip")
                .send());
        assertEquals("gzip", packed.getHeader("Content-Encoding"));
        byte[] text = new GZIPInputStream(new ByteArrayInputStream(packed.body().getBytes())).readAllBytes();
        assertTrue(new String(text, StandardCharsets.UTF_8).contains("pulseboard_build_info{version=\"1.2.3\"} 1\n"));
        HttpResponse<Buffer> refused = Wait.on(site.request(HttpMethod.GET, "/metrics")
                .putHeader("Accept-Encoding", "gzip;q=0, br")
                .send());
        assertEquals(null, refused.getHeader("Content-Encoding"));
    }

    @Test
    void withoutAnybodyWhoMakesThemTheyAreUnavailable(Vertx vertx) {
        assertEquals("503 metrics_unavailable", GuardedSite.error(new Site(vertx).get("/metrics")));
    }

    @Test
    void viewersAndWhatTheyGotAreCounted(Vertx vertx) {
        deployMetrics(vertx);
        Site site = new Site(vertx);
        BridgeClient watcher = site.watcher();
        site.board.count(1);
        watcher.nextChange();
        Wait.on(site.request(HttpMethod.GET, "/")
                .putHeader("Host", "attacker.example")
                .send());
        String text = site.get("/metrics").bodyAsString();
        for (String line : List.of(
                "pulseboard_viewers{board=\"test\"} 1",
                "pulseboard_connections 1",
                "pulseboard_delivered_changes_total{board=\"test\"} 1",
                "pulseboard_dropped_changes_total{board=\"test\"} 0",
                "pulseboard_changes_total{board=\"test\"} ",
                "pulseboard_tick_seconds_count{board=\"test\"} 0",
                "pulseboard_refused_total 1")) {
            assertTrue(text.contains("\n" + line), line + " in " + text);
        }
    }
}
