package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on a machine that really is ill: a filesystem full to the last byte and the last file, and a mount that never answers, in
 * a mount namespace of its own. The rules that ship find it, with shorter times than theirs.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SickMachineTest {

    /** In memory, and shown all the same: the only such place beside {@code /tmp}, which the test itself needs. */
    private static final String FULL = "/var/tmp";

    private static final String SOON = """
            rules:
              - {name: filesystem-full, warn: off, alarm: above 93 for 1s clear 90 clearFor 1s}
              - {name: inodes-used-up, warn: off, alarm: above 95 for 1s clear 90 clearFor 1s}
              - {name: mount-hangs, alarm: present for 1s}
            """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private String text(URI server, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(server.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private JsonObject get(URI server, String path) throws IOException, InterruptedException {
        return new JsonObject(text(server, path));
    }

    /** What is wrong, as the rule and what it is about. */
    private Set<String> troubles(URI server) throws IOException, InterruptedException {
        Set<String> troubles = new TreeSet<>();
        get(server, "/api/health/verdict").getJsonArray("parts").forEach(each -> {
            JsonObject part = (JsonObject) each;
            troubles.add(part.getString("rule") + " " + part.getString("key", ""));
        });
        return troubles;
    }

    @Test
    void whatIsWrongIsNamedAndIsOverWhenItIsMended() throws Exception {
        Path hung = Files.createDirectory(folder.resolve("hung"));
        Path rules = Files.createDirectory(folder.resolve("alerts.d"));
        Files.writeString(rules.resolve("soon.yaml"), SOON);
        String illness = illness(folder);
        requireIllness(illness);
        Map<String, String> environment = Map.of(
                "XDG_STATE_HOME",
                folder.toString(),
                "PULSEBOARD_ALERTS_FOLDER",
                rules.toString(),
                "PULSEBOARD_HOST_FILESYSTEMS_INTERVAL_SECONDS",
                "1",
                "PULSEBOARD_HOST_DEADLINE_MILLISECONDS",
                "500");
        List<String> starter = List.of("unshare", "-rm", "sh", "-ec", illness + "exec \"$@\"", "sh");
        try (Program program = Program.startBy(starter, environment, "--port", "0")) {
            URI server = program.awaitAddress();
            Set<String> all = Set.of("filesystem-full " + FULL, "inodes-used-up " + FULL, "mount-hangs " + hung);
            Until.isTrue("all of it is found", () -> troubles(server).containsAll(all));
            String text = get(server, "/api/health/verdict").getString("text");
            assertTrue(text.contains(FULL + " is 100 % full"), text);
            assertTrue(text.contains(hung.toString()), text);
            assertEquals(2, Program.run("check", server.toString()).code());
            Files.writeString(folder.resolve("mended"), "");
            Until.isTrue(
                    "what was mended is over", () -> troubles(server).stream().noneMatch(each -> each.endsWith(FULL)));
            assertTrue(troubles(server).contains("mount-hangs " + hung), "and the rest is not");
            String past = text(server, "/api/boards/alerts/transitions?rule=filesystem-full");
            assertTrue(past.contains("\"firing\"") && past.contains("\"resolved\""), past);
        }
    }

    private static String illness(Path folder) {
        return String.format("""
            mount -t tmpfs -o size=1m,nr_inodes=32 full %1$s
            i=0; while [ $i -lt 40 ]; do { true >%1$s/file$i; } 2>/dev/null || break; i=$((i+1)); done
            head -c 2000000 /dev/zero >%1$s/file1 2>/dev/null || true
            exec 9<>/dev/fuse
            mount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 hung %2$s/hung
            (while [ ! -e %2$s/mended ] && [ -d %2$s ]; do sleep 0.2; done; rm -f %1$s/file*) &
            """, FULL, folder);
    }

    private static void requireIllness(String illness) throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("unshare", "-rm", "sh", "-ec", illness + "kill $!")
                .redirectErrorStream(true)
                .start();
        String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (trial.waitFor() != 0) {
            NotTested.because("a machine that is ill. This one does not let its users have one: " + said.strip());
        }
    }
}
