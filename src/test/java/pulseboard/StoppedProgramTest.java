package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program after it was stopped for a while and goes on, as with a machine that was asleep or a process in a debugger. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedProgramTest {

    /** Longer than a connection may be without a completed write, so that all seem dead when the program goes on. */
    private static final int STOP_SECONDS = Integer.getInteger("pulseboard.stop.seconds", 12);

    private static final Map<String, String> SETTINGS = Map.of("PULSEBOARD_WEB_WRITE_TIMEOUT_SECONDS", "10");

    @Test
    void viewersGoOnAfterAStopWithoutAbsurdRatesAndWithoutMakingUpForWhatWasMissed() throws Exception {
        try (Program program = Program.start(SETTINGS, "--port", "0")) {
            URI address = program.awaitAddress();
            StreamViewer viewer = new StreamViewer(address, "host");
            StreamViewer processes = new StreamViewer(address, "processes");
            long switches = contextSwitches();
            long seen = viewer.seq();
            viewer.awaitState(state -> viewer.seq() > seen + 2);
            program.signal("STOP");
            Thread.sleep(TimeUnit.SECONDS.toMillis(STOP_SECONDS)); // What it is about, and no waiting for something.
            program.signal("CONT");
            viewer.catchUp();
            long before = viewer.at();
            long first = nextSample(viewer);
            while (first - before < TimeUnit.SECONDS.toMillis(STOP_SECONDS) / 2) { // Was under way before the stop.
                before = first;
                first = nextSample(viewer);
            }
            // Figures that hardly moved are shown as they were: within a quarter, and rounded.
            double most = 1.5 * (contextSwitches() - switches) / STOP_SECONDS;
            int shown = viewer.state().getJsonObject("cpu").getInteger("contextSwitchesPerSecond");
            assertTrue(shown < most, shown + " context switches a second, and there were no more than " + most);
            long second = nextSample(viewer);
            assertTrue(second - first >= 400, "the next sample came after " + (second - first) + " ms");
            nextSample(viewer);
            processes.next();
            assertEquals(1, viewer.snapshots());
            assertEquals(1, processes.snapshots());
            program.terminate();
            assertEquals(143, program.awaitEnd().code());
        }
    }

    /** When the next change was made that is no heartbeat. */
    private static long nextSample(StreamViewer viewer) throws InterruptedException {
        JsonObject change = viewer.next();
        while (change.getJsonObject("patch").isEmpty()) {
            change = viewer.next();
        }
        return viewer.at();
    }

    private static long contextSwitches() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            return lines.filter(line -> line.startsWith("ctxt "))
                    .mapToLong(line -> Long.parseLong(line.substring(5)))
                    .sum();
        }
    }
}
