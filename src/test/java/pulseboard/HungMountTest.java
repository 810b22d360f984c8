package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program beside a real mount that never answers, as a network filesystem whose server is gone: a FUSE filesystem that
 * nobody serves, in a mount namespace that ends with the program. Any user can make one where the kernel lets users have
 * namespaces.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HungMountTest {

    private static final String MOUNT =
            "exec 9<>/dev/fuse\nmount -i -t fuse -o fd=9,rootmode=40000,user_id=0,group_id=0 hung ";
    private static final Map<String, String> QUICK = Map.of(
            "PULSEBOARD_HOST_FILESYSTEMS_INTERVAL_SECONDS", "1",
            "PULSEBOARD_HOST_DEADLINE_MILLISECONDS", "4000",
            "PULSEBOARD_HOST_INTERVAL_MILLISECONDS", "250");

    @TempDir
    private Path folder;

    @Test
    void mountThatHangsForEverIsAloneNotAvailableCostsOneThreadAndHoldsNothingUp() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("hung"));
        requireHungMounts(mount);
        try (Program program = Program.startBy(starter(mount), QUICK, "--port", "0")) {
            StreamViewer viewer = new StreamViewer(program.awaitAddress(), "host");
            JsonObject state = viewer.awaitState(
                    now -> now.getJsonObject("filesystems", new JsonObject()).containsKey(mount.toString()));
            assertEquals(
                    "no answer within 2000 ms",
                    state.getJsonObject("filesystems")
                            .getJsonObject(mount.toString())
                            .getString("unavailable"));
            int threads = samplerThreads(program).size();
            long until = viewer.at() + TimeUnit.SECONDS.toMillis(10); // Some more looks at the filesystems.
            while (viewer.at() < until) {
                viewer.next();
                assertOthersGoOn(viewer.state(), mount.toString());
            }
            List<String> now = samplerThreads(program); // One or two may always be needed for something else.
            assertTrue(now.size() <= threads + 2, threads + " threads have become " + now);
            assertEquals(1, viewer.snapshots());
            program.terminate();
            Program.End end = program.awaitEnd();
            assertEquals(143, end.code());
            assertEquals(List.of(), end.errors(), "the program ends by itself, in the second that it has for it");
            assertFalse(String.join("\n", end.out()).contains("not available"), "no sampler was given up");
        }
    }

    private static void assertOthersGoOn(JsonObject state, String hung) {
        state.getJsonObject("meta")
                .forEach(entry -> assertTrue(((JsonObject) entry.getValue()).getBoolean("ok"), entry.toString()));
        JsonObject filesystems = state.getJsonObject("filesystems");
        assertTrue(filesystems.size() > 1, filesystems.toString());
        filesystems.forEach(entry -> {
            JsonObject filesystem = (JsonObject) entry.getValue();
            boolean isHung = entry.getKey().equals(hung);
            assertEquals(isHung, filesystem.containsKey("unavailable"), filesystems.toString());
            assertEquals(!isHung, filesystem.containsKey("totalBytes"), filesystems.toString());
        });
    }

    private static List<String> samplerThreads(Program program) throws IOException {
        try (Stream<Path> threads = Files.list(program.proc().resolve("task"))) {
            return threads.map(HungMountTest::name)
                    .filter(name -> name.startsWith("sampler-"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    /** What starts a program in a namespace of its own, where this folder is a filesystem whose server never answers. */
    static List<String> starter(Path mount) {
        return List.of("unshare", "-rm", "sh", "-ec", MOUNT + mount + "\nexec \"$@\"", "sh");
    }

    static void requireHungMounts(Path mount) throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("unshare", "-rm", "sh", "-ec", MOUNT + mount)
                .redirectErrorStream(true)
                .start();
        String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (trial.waitFor() != 0) {
            NotTested.because("a real mount that hangs. This machine does not let its users have one: " + said.strip());
        }
    }
}
