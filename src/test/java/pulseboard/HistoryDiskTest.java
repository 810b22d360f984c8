package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program with its state on a real disk that is full, or read-only: a small file system of its own in a namespace. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HistoryDiskTest {

    @TempDir
    private Path folder;

    @Test
    void historyOnAFullDiskSaysSoOnceAndGoesOnByItselfWhenThereIsRoom() throws Exception {
        String fill = "head -c 2000000 /dev/zero >" + folder + "/filler || true";
        try (Program program = start(fill)) {
            String warning = program.awaitLine("The history is not kept for now");
            URI address = program.awaitAddress();
            assertTrue(warning.contains("No space left on device"), warning);
            assertLiveViewGoesOn(address);
            JsonObject kept = Bench.get(address + "api/boards/host/series").getJsonObject("kept");
            assertFalse(kept.getBoolean("ok"));
            assertTrue(kept.getString("reason").contains("No space left on device"), kept.encode());
            Files.delete(Path.of(program.proc() + "/root" + folder, "filler"));
            String next = program.awaitLine("istory");
            assertTrue(next.contains("The history is kept again"), "once, and not with each try: " + next);
            assertTrue(Bench.get(address + "api/boards/host/series")
                    .getJsonObject("kept")
                    .getBoolean("ok"));
        }
    }

    @Test
    void historyOnAReadOnlyDiskSaysSoAndTheLiveViewGoesOn() throws Exception {
        try (Program program = start("mount -o remount,ro " + folder)) {
            String warning = program.awaitLine("The history is not kept for now");
            URI address = program.awaitAddress();
            assertTrue(warning.contains("Read-only file system"), warning);
            assertLiveViewGoesOn(address);
        }
    }

    private Program start(String then) throws IOException, InterruptedException {
        String disk = "mount -t tmpfs -o size=1m disk " + folder;
        List<String> namespace = List.of("unshare", "-rm", "sh", "-ec");
        Process trial = new ProcessBuilder("unshare", "-rm", "sh", "-ec", disk)
                .redirectErrorStream(true)
                .start();
        String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (trial.waitFor() != 0) {
            NotTested.because(
                    "a history on a full disk. This machine does not let its users mount one: " + said.strip());
        }
        List<String> starter = new ArrayList<>(namespace);
        starter.addAll(List.of(disk + "\n" + then + "\nexec \"$@\"", "sh"));
        return Program.startBy(starter, Map.of("XDG_STATE_HOME", folder.toString()), "--port", "0");
    }

    private static void assertLiveViewGoesOn(URI address) throws Exception {
        StreamViewer viewer = new StreamViewer(address, "host");
        viewer.awaitState(state -> state.containsKey("cpu"));
        long before = viewer.at();
        viewer.next();
        viewer.next();
        assertTrue(viewer.at() > before);
        assertEquals(1, viewer.snapshots());
    }
}
