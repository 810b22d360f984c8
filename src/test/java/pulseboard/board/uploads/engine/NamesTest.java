package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** Files whose names are as bad as names can be: each arrives, or is told by its name. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class NamesTest {

    /** As printf of a shell takes them: Java itself may not be able to write such names. */
    private static final List<String> NAMES = List.of(
            "line\\nbreak",
            "quote\\042\\047\\0140$x",
            "escape\\033[31m",
            "<script>alert(1)<!--",
            "=calc|x",
            "\\0303\\0274",
            "back\\\\slash",
            "a  space",
            "star*[a]?{b}",
            "l".repeat(255));

    private static final String NO_UTF8 = "not \\0377 one";

    @TempDir
    private Path folder;

    private static String said(ProcessBuilder command) throws Exception {
        Process process = command.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(3, TimeUnit.MINUTES) ? process.exitValue() : -1, said);
        return said;
    }

    /** Makes a file of so many bytes, changed a day ago. */
    private static void make(Path source, String name, int bytes) throws Exception {
        String script =
                "name=$(printf '%b' \"$1\") && head -c \"$2\" /dev/zero > \"$name\" && touch -d '1 day ago' \"$name\"";
        String unused = said(
                new ProcessBuilder("sh", "-c", script, "sh", name, Integer.toString(bytes)).directory(source.toFile()));
    }

    private static List<Integer> sizes(Path there) throws Exception {
        return said(new ProcessBuilder("find", there.toString(), "-type", "f", "-printf", "%s\\n"))
                .lines()
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    private UploadsCase files(DavServer server, RcloneTools rclone) throws IOException {
        return new UploadsCase(folder, rclone, server.remote("dav", server.port()));
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void eachArrivesOrIsToldAndNoneIsSkipped(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = files(server, rclone)) {
            for (int number = 0; number < NAMES.size(); number++) {
                make(files.source(), NAMES.get(number), number + 1);
            }
            make(files.source(), NO_UTF8, 100);
            files.open();
            files.upload("failed");
            assertEquals(
                    NAMES.size(), files.count("uploaded"), () -> files.shown().encodePrettily());
            assertEquals(1, files.count("failed"));
            assertEquals(0, files.count("skipped"));
            assertTrue(
                    files.errors().toString().contains("its name is no UTF-8"),
                    () -> files.errors().toString());
            List<Integer> all = IntStream.rangeClosed(1, NAMES.size()).boxed().toList();
            assertEquals(all, sizes(server.folder().resolve("in")));
        }
    }
}
