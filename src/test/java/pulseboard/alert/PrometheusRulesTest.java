package pulseboard.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.host.HostRules;
import pulseboard.feed.RuleInfo;
import pulseboard.prometheus.Peer;

/** The rules as Prometheus has them, by Prometheus's own tool. */
@Tag("system")
class PrometheusRulesTest {

    @TempDir
    private Path folder;

    private String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(Peer.program("promtool")).toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, promtool.waitFor(), said);
        return said;
    }

    private void write(List<RuleInfo> infos) throws IOException {
        RuleBook book = new RuleBook();
        book.announced("host", infos);
        Files.writeString(
                folder.resolve("rules.yml"),
                PrometheusRules.text(book.published().rules().values()));
    }

    @Test
    void promtoolTakesTheRulesOfTheHost() throws Exception {
        write(HostRules.ALL);
        assertTrue(promtool("check", "rules", "rules.yml").contains("SUCCESS"));
        String text = Files.readString(folder.resolve("rules.yml"));
        assertTrue(text.contains("# - mount-hangs: no metric is known"), text);
        assertTrue(text.contains("alert: \"filesystem-full\""), text);
    }

    @Test
    void hostileTextsStayText() throws Exception {
        write(List.of(RuleInfo.of("bad", "v.x", "{{ fail }} \"quoted\"\n- {{value}} {{key}} {{")
                .measures("up by instance")
                .alarms("below 1")
                .helps("{{ range .X }} # : 'x'")));
        assertTrue(promtool("check", "rules", "rules.yml").contains("1 rules found"));
    }

    /** As much as the program itself: 93 % for a minute. */
    @Test
    void rulesFireOnTheSameValues() throws Exception {
        write(HostRules.ALL);
        Files.writeString(folder.resolve("test.yml"), """
                rule_files: [rules.yml]
                evaluation_interval: 10s
                tests:
                  - interval: 10s
                    input_series:
                      - {series: 'node_filesystem_size_bytes{mountpoint="/srv"}', values: '100x60'}
                      - {series: 'node_filesystem_free_bytes{mountpoint="/srv"}', values: '50x11 5x48'}
                      - {series: 'node_filesystem_avail_bytes{mountpoint="/srv"}', values: '50x11 5x48'}
                    alert_rule_test:
                      - {eval_time: 170s, alertname: filesystem-full, exp_alerts: []}
                      - eval_time: 190s
                        alertname: filesystem-full
                        exp_alerts:
                          - exp_labels: {severity: warning, board: host, mountpoint: /srv}
                            exp_annotations: {summary: /srv is 95 full, description: "HELP"}
                          - exp_labels: {severity: critical, board: host, mountpoint: /srv}
                            exp_annotations: {summary: /srv is 95 full, description: "HELP"}
                """.replace("HELP", help()));
        assertTrue(promtool("test", "rules", "test.yml").contains("SUCCESS"));
    }

    private static String help() {
        return HostRules.ALL.stream()
                .filter(rule -> rule.name().equals("filesystem-full"))
                .findFirst()
                .orElseThrow()
                .help();
    }
}
