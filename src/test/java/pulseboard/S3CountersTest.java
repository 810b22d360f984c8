package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;

/** Counters of the board {@code s3} in {@code /metrics} of the real program: nothing that ends, or is killed, sets them back. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3CountersTest {

    private static final Pattern COUNTER = Pattern.compile("(?m)^pulseboard_s3_(\\w+_total\\{.*?\\}) (\\S+)$");

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private String get(URI address, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private Map<String, Double> counters(URI address) throws Exception {
        Map<String, Double> all = new TreeMap<>();
        COUNTER.matcher(get(address, "metrics"))
                .results()
                .forEach(
                        found -> all.put(found.group(1).replace("job=\"photos\"", ""), Double.valueOf(found.group(2))));
        return all;
    }

    private JsonObject job(URI address) throws Exception {
        return new JsonObject(get(address, "api/boards/s3"))
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject());
    }

    private void start(URI address) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/start"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"job\":\"photos\"}"))
                .build();
        Until.isTrue(
                "it starts",
                () -> http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200);
    }

    private void awaitPhase(URI address, String phase) throws Exception {
        Until.isTrue("it is " + phase, () -> phase.equals(job(address).getString("phase")));
    }

    private static void requireNoneIsLess(Map<String, Double> before, Map<String, Double> after) {
        before.forEach((name, count) -> assertTrue(
                after.getOrDefault(name, 0.0) >= count, () -> name + " was " + count + ", and is in " + after));
    }

    @Test
    void theyGoOnFromRunToRunAndOverAllThatIsKilled() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")));
                Relay line = new Relay(server.port())) {
            S3Case files = new S3Case(server, folder, "counters");
            files.file("small", 100);
            files.file("large", 12_000_000);
            String[] command = {
                "--port", "0", "--config", files.settingsFile(line.address(), 2).toString()
            };
            Map<String, Double> seen;
            try (Program program = Program.start(Map.of("LC_ALL", "C.UTF-8"), command)) {
                seen = cutAndKilled(program.awaitAddress(), line, files);
                program.terminate();
                assertEquals(143, program.awaitEndUnread());
            }
            try (Program program = Program.start(Map.of("LC_ALL", "C.UTF-8"), command)) {
                URI address = program.awaitAddress();
                Until.isTrue("they are there again", () -> !counters(address).isEmpty());
                requireNoneIsLess(seen, counters(address));
                start(address);
                awaitPhase(address, "done");
                Until.isTrue(
                        "all runs are counted",
                        () -> counters(address).getOrDefault("files_total{,result=\"uploaded\"}", 0.0) == 3.0);
            }
        }
    }

    /** A run whose line breaks once, and one whose engine is killed, and then the worker. */
    private Map<String, Double> cutAndKilled(URI address, Relay line, S3Case files) throws Exception {
        line.cutAfter(5_000_000, () -> {});
        start(address);
        awaitPhase(address, "done");
        String lost = "requests_total{,operation=\"put\",code=\"connectionLost\"}";
        Until.isTrue("what broke is counted", () -> counters(address).getOrDefault(lost, 0.0) >= 1);
        Map<String, Double> first = counters(address);
        double put = first.getOrDefault("requests_total{,operation=\"put\",code=\"200\"}", 0.0);
        double wasThere =
                first.getOrDefault("requests_total{,operation=\"put\",code=\"412\"}", 0.0); // Its answer was lost.
        assertEquals(2, put + wasThere, first::toString);
        assertEquals(2, first.get("files_total{,result=\"uploaded\"}"), first::toString);
        assertEquals(12_000_100, first.get("bytes_total{}"), first::toString);
        assertTrue(first.getOrDefault("retries_total{}", 0.0) >= 1, first::toString);
        files.file("large", 12_000_001);
        line.limit(2_000_000);
        start(address);
        String listed = "requests_total{,operation=\"list\",code=\"200\"}";
        Until.isTrue(
                "the second run is counted",
                () -> counters(address).getOrDefault(listed, 0.0) > first.getOrDefault(listed, 0.0));
        Map<String, Double> second = counters(address);
        requireNoneIsLess(first, second);
        ProcessHandle engine = engine(files);
        ProcessHandle work = engine.parent().orElseThrow();
        assertTrue(engine.destroyForcibly());
        awaitPhase(address, "lost");
        assertTrue(work.destroyForcibly());
        Until.isTrue(
                "the worker is there again",
                () -> !job(address).isEmpty() && !counters(address).isEmpty());
        requireNoneIsLess(second, counters(address));
        line.limit(0);
        return second;
    }

    private static ProcessHandle engine(S3Case files) throws Exception {
        String pid =
                Files.readString(files.state().resolve("photos/engine.pid")).split(" ", -1)[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
