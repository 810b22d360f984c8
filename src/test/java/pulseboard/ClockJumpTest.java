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
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program while somebody sets the clock. It runs under faketime, which tells it any time of the day, and jumps. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClockJumpTest {

    private static final long HOUR_MILLISECONDS = TimeUnit.HOURS.toMillis(1);
    private static final long NEAR_MILLISECONDS = TimeUnit.MINUTES.toMillis(10);

    /** The least that is allowed. So long after it has connected, a viewer is asked for its pings the first time. */
    private static final int PING_TIMEOUT_SECONDS = 30;

    @TempDir
    private Path folder;

    private Path offset;
    private String library = "";

    @BeforeEach
    void findFaketime() throws Exception {
        offset = folder.resolve("offset");
        setClock(0);
        try {
            Process faketime = new ProcessBuilder("faketime", "-m", "now", "sh", "-c", "echo $LD_PRELOAD").start();
            library = new String(faketime.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            assertTrue(library.contains("faketime"), library);
        } catch (IOException none) {
            NotTested.because("a clock that is set while the program runs: " + none.getMessage());
        }
    }

    @Test
    void anHourForwardAndAnHourBackAreOnlySeenInTheTimeThatIsTold() throws Exception {
        Map<String, String> environment = Map.of(
                "LD_PRELOAD",
                library,
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "PULSEBOARD_WEB_PING_TIMEOUT_SECONDS",
                Integer.toString(PING_TIMEOUT_SECONDS));
        long switches = contextSwitches();
        try (Program program = Program.start(environment, "--port", "0")) {
            URI address = program.awaitAddress();
            StreamViewer viewer = new StreamViewer(address, "host");
            StreamViewer processes = new StreamViewer(address, "processes");
            BusViewer pinging = new BusViewer(address);
            long connected = System.nanoTime();
            watch(viewer, connected, PING_TIMEOUT_SECONDS / 3);
            awaitSamples(viewer, 0, switches);
            pinging.ping();
            setClock(1);
            awaitSamples(viewer, 1, switches);
            watch(viewer, connected, PING_TIMEOUT_SECONDS + 2);
            pinging.askAndAwaitAnswer(); // It was asked for its pings, and by the clock the last was an hour ago.
            assertUptime(address, viewer);
            setClock(-1);
            awaitSamples(viewer, -1, switches);
            processes.awaitState(state -> isOff(processes, -1) && state.containsKey("processes"));
            assertEquals(List.of(1, 1), List.of(viewer.snapshots(), processes.snapshots()));
            assertEquals("up", get(address.resolve("/api/health")).getString("status"));
            program.terminate();
            assertEquals(143, program.awaitEnd().code());
        }
    }

    /** Goes on watching until so many seconds after that moment. */
    private static void watch(StreamViewer viewer, long fromNanos, int seconds) throws InterruptedException {
        while (System.nanoTime() - fromNanos < TimeUnit.SECONDS.toNanos(seconds)) {
            viewer.next();
        }
    }

    /** Atomically: the program must not read half of it. */
    private void setClock(int hours) throws IOException {
        Path next = Files.writeString(folder.resolve("next"), String.format("%+d", hours * 3600));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The first samples made while the program's clock was so many hours off: their figures must be possible. */
    private static void awaitSamples(StreamViewer viewer, int hours, long switchesAtStart) throws Exception {
        while (!isOff(viewer, hours)) {
            viewer.next();
        }
        for (int sample = 0; sample < 3; sample++, viewer.next()) {
            JsonObject cpu = viewer.state().getJsonObject("cpu");
            // Samples lie half a second apart at least; figures that hardly moved are shown as they were.
            double most = 1.5 * 2 * (contextSwitches() - switchesAtStart);
            int perSecond = cpu.getInteger("contextSwitchesPerSecond");
            assertTrue(0 < perSecond && perSecond < most, cpu.toString());
        }
    }

    private static boolean isOff(StreamViewer viewer, int hours) {
        long off = viewer.at() - System.currentTimeMillis() - hours * HOUR_MILLISECONDS;
        return Math.abs(off) < NEAR_MILLISECONDS;
    }

    /** By the clock of the program the machine has been up for as long as the kernel says. */
    private static void assertUptime(URI address, StreamViewer viewer) throws Exception {
        JsonObject facts = get(address.resolve("/api/host"));
        viewer.catchUp();
        String kernel = Files.readString(Path.of("/proc/uptime")).split(" ", 2)[0];
        double off = (viewer.at() - facts.getLong("bootedAt")) / 1e3 - Double.parseDouble(kernel);
        assertTrue(Math.abs(off) < 600, off + " s off");
    }

    /** On a busy machine the facts are not there within the time that a request has; they are a little later. */
    private static JsonObject get(URI uri) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        while (response.statusCode() == 503) {
            response = client.send(request, HttpResponse.BodyHandlers.ofString());
        }
        assertEquals(200, response.statusCode(), response.body());
        return new JsonObject(response.body());
    }

    private static long contextSwitches() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.filter(line -> line.startsWith("ctxt "))
                    .mapToLong(line -> Long.parseLong(line.substring(5)))
                    .sum();
        }
    }
}
