package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.prometheus.Peer;

/** The program beside Debian's Prometheus and VictoriaMetrics. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrometheusTest {

    /** Names that the expressions of the dashboard "Node Exporter Full" use and that every Linux has something for. */
    private static final List<String> OF_THE_DASHBOARD = List.of(
            "node_cpu_seconds_total",
            "node_load1",
            "node_load5",
            "node_load15",
            "node_memory_MemTotal_bytes",
            "node_memory_MemAvailable_bytes",
            "node_memory_MemFree_bytes",
            "node_memory_Cached_bytes",
            "node_memory_Buffers_bytes",
            "node_memory_SReclaimable_bytes",
            "node_memory_SwapTotal_bytes",
            "node_memory_SwapFree_bytes",
            "node_memory_Committed_AS_bytes",
            "node_memory_Active_anon_bytes",
            "node_filesystem_size_bytes",
            "node_filesystem_avail_bytes",
            "node_filesystem_free_bytes",
            "node_filesystem_files",
            "node_filesystem_readonly",
            "node_boot_time_seconds",
            "node_time_seconds",
            "node_uname_info",
            "node_network_receive_bytes_total",
            "node_network_transmit_bytes_total",
            "node_network_receive_drop_total",
            "node_network_mtu_bytes",
            "node_disk_read_bytes_total",
            "node_disk_written_bytes_total",
            "node_disk_reads_completed_total",
            "node_disk_io_time_seconds_total",
            "node_disk_io_now",
            "node_context_switches_total",
            "node_intr_total",
            "node_forks_total",
            "node_procs_running",
            "node_vmstat_pgfault",
            "node_filefd_allocated",
            "node_sockstat_TCP_inuse",
            "node_netstat_Tcp_CurrEstab",
            "node_netstat_IpExt_InOctets",
            "node_entropy_available_bits",
            "node_softnet_processed_total",
            "node_scrape_collector_success",
            "process_open_fds");

    private static final List<String> OF_PULSEBOARD = List.of(
            "pulseboard_build_info",
            "pulseboard_changes_total{board=\"host\"}",
            "pulseboard_tick_seconds_bucket{board=\"host\",le=\"+Inf\"}",
            "pulseboard_viewers{board=\"processes\"}",
            "jvm_memory_used_bytes{area=\"heap\"}",
            "jvm_gc_collection_seconds_count",
            "jvm_threads_current");

    @TempDir
    private Path folder;

    private Map<String, String> state() {
        return Map.of("XDG_STATE_HOME", folder.resolve("state").toString());
    }

    private Peer prometheus(String configuration, String... further) throws Exception {
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        return Peer.start(
                "prometheus",
                line -> line.contains("Server is ready to receive"),
                port -> Stream.concat(
                                Stream.of(further),
                                Stream.of(
                                        "--config.file=" + file,
                                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                                        "--web.listen-address=127.0.0.1:" + port))
                        .toList());
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonArray query(Peer peer, String expression) throws Exception {
        String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
        JsonObject answer = new JsonObject(
                get(peer.address() + "/api/v1/query?query=" + encoded).body());
        return answer.getJsonObject("data").getJsonArray("result");
    }

    private static void awaitData(Peer peer, String expression) throws Exception {
        Until.isTrue("it has " + expression, () -> !query(peer, expression).isEmpty());
    }

    private static void assertAllThere(Peer peer, String selector) throws Exception {
        List<String> missing = new ArrayList<>();
        for (String name : OF_THE_DASHBOARD) {
            if (query(peer, name + selector).isEmpty()) {
                missing.add(name);
            }
        }
        for (String series : OF_PULSEBOARD) {
            if (query(peer, series).isEmpty()) {
                missing.add(series);
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void prometheusScrapesItWithATokenAndTheDashboardHasItsData() throws Exception {
        addUser();
        String token = addToken();
        try (Program program = Program.start(state(), "--port", "0")) {
            URI address = program.awaitAddress();
            assertEquals(401, get(address + "metrics").statusCode());
            String configuration = """
                    scrape_configs:
                      - job_name: pulseboard
                        scrape_interval: 1s
                        authorization:
                          credentials: %s
                        static_configs:
                          - targets: ['%s']
                    """.formatted(token, address.getAuthority());
            try (Peer prometheus = prometheus(configuration)) {
                awaitData(prometheus, "up{job=\"pulseboard\"} == 1");
                assertAllThere(prometheus, "{job=\"pulseboard\"}");
                awaitData(prometheus, "rate(node_cpu_seconds_total{mode=\"idle\"}[10s])");
                awaitData(
                        prometheus,
                        "100 - node_filesystem_avail_bytes{fstype!=\"rootfs\"} * 100 / node_filesystem_size_bytes");
            }
        }
    }

    private void addUser() throws Exception {
        try (Program program = Program.start(state(), "user", "add", "anna", "--generate")) {
            assertEquals(0, program.awaitEnd().code());
        }
    }

    private String addToken() throws Exception {
        try (Program program = Program.start(state(), "token", "add", "scraper", "--scope", "read:board.host")) {
            Program.End end = program.awaitEnd();
            assertEquals(0, end.code(), end.errors().toString());
            return end.out().get(end.out().size() - 1).strip();
        }
    }

    /** What promtool finds fault with is only what node_exporter's own names are like. */
    @Test
    void promtoolTakesTheTextAndHasNothingToSayOfOurOwnNames() throws Exception {
        try (Program program = Program.start(state(), "--port", "0", "--no-auth")) {
            String text = get(program.awaitAddress() + "metrics").body();
            Path file = Files.writeString(folder.resolve("metrics"), text);
            Process promtool = new ProcessBuilder(Peer.program("promtool"), "check", "metrics")
                    .redirectInput(file.toFile())
                    .redirectErrorStream(true)
                    .start();
            TreeSet<String> said =
                    new TreeSet<>(new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
            said.removeIf(line ->
                    line.matches("node_(memory|netstat|vmstat)_\\w+ metric names should be written in 'snake_case'.*")
                            || line.matches("node_entropy_\\w+_bits use base unit \"bytes\" instead of \"bits\""));
            assertEquals(new TreeSet<>(), said);
            int code = promtool.waitFor();
            assertTrue(code == 0 || code == 3, "3 is for names that it finds fault with, and it ended with " + code);
        }
    }

    @Test
    void prometheusAndVictoriaMetricsTakeWhatIsPushed() throws Exception {
        try (Peer prometheus = prometheus("{}", "--web.enable-remote-write-receiver")) {
            assertPushed(prometheus);
        }
        String data = "-storageDataPath=" + folder.resolve("victoria");
        try (Peer victoria = Peer.start(
                "victoria-metrics",
                line -> line.contains("pprof handlers are exposed"),
                port -> List.of(data, "-httpListenAddr=127.0.0.1:" + port, "-search.latencyOffset=0s"))) {
            assertPushed(victoria);
        }
    }

    private void assertPushed(Peer peer) throws Exception {
        Map<String, String> settings = Map.of(
                "XDG_STATE_HOME",
                folder.resolve("state").toString(),
                "PULSEBOARD_REMOTE_WRITE_URL",
                peer.address() + "/api/v1/write",
                "PULSEBOARD_REMOTE_WRITE_INTERVAL_SECONDS",
                "5",
                "PULSEBOARD_REMOTE_WRITE_LABELS",
                "job=node,site=it's here");
        try (Program program = Program.start(settings, "--port", "0")) {
            program.awaitAddress();
            awaitData(peer, "pulseboard_remote_write_sent_samples_total > 0"); // So the first has come, and a second.
            assertAllThere(peer, "{job=\"node\",site=\"it's here\",instance!=\"\"}");
            assertEquals(
                    "0",
                    query(peer, "pulseboard_remote_write_dropped_samples_total")
                            .getJsonObject(0)
                            .getJsonArray("value")
                            .getString(1));
        }
    }
}
