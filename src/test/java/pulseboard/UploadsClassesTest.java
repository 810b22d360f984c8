package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** The monitor shows uploads that another process does: what does them is never loaded into it. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsClassesTest {

    private static final String ENGINE = "pulseboard.board.uploads.engine.";
    private static final String CONTROL = "pulseboard.board.uploads.rc.";

    @TempDir
    private Path folder;

    private static List<String> loaded(long pid) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "VM.class_hierarchy")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(said.contains("java.lang.Object"), said);
        return said.lines()
                .filter(line -> line.contains(ENGINE) || line.contains(CONTROL))
                .toList();
    }

    private static long noted(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            Path pid =
                    files.filter(each -> each.endsWith("work.pid")).findFirst().orElseThrow();
            return Long.parseLong(Files.readString(pid).strip().split(" ", -1)[0]);
        }
    }

    @Test
    void whatUploadsIsLoadedByTheWorkerAndNotByTheMonitor() throws Exception {
        UploadsSite site = new UploadsSite(folder);
        Files.writeString(site.source().resolve("a file"), "what is in it");
        Path monitor = folder.resolve("monitor");
        Map<String, String> environment = Map.of("LC_ALL", "C.UTF-8", "XDG_STATE_HOME", monitor.toString());
        String settings =
                site.settings(RcloneTools.NEWEST, "[dav]\ntype = memory\n").toString();
        try (Program program = Program.start(environment, "--port", "0", "--config", settings)) {
            URI address = program.awaitAddress();
            Until.isTrue("it can be started", () -> site.act(address, "start", "{\"uploader\":\"media\"}") == 200);
            Until.isTrue(
                    "it is done",
                    () -> site.uploader(address).getString("phase", "").equals("done"));
            long pid = Long.parseLong(program.proc().getFileName().toString());
            assertEquals(List.of(), loaded(pid));
            assertTrue(loaded(noted(monitor)).size() > 10, "the worker has them");
        }
    }
}
