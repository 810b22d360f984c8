package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** The secret of our rclone's remote control, and the passwords of remotes, while they are in use. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecretsTest {

    private static final int BYTES = 3_000_000;

    @TempDir
    private Path folder;

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return ""; // It has ended.
        }
    }

    private static void requireInNoCommand(String secret) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            List<String> telling = processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(SecretsTest::commandLine)
                    .filter(line -> line.contains(secret))
                    .toList();
            assertEquals(List.of(), telling);
        }
    }

    private static void requireInOneFile(Path state, String secret) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            List<Path> telling = files.filter(Files::isRegularFile)
                    .filter(file -> contains(file, secret))
                    .toList();
            assertEquals(
                    List.of("rclone.json"),
                    telling.stream().map(file -> file.getFileName().toString()).toList());
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(telling.get(0))));
        }
    }

    private static boolean contains(Path file, String secret) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret);
        } catch (IOException e) {
            return false; // It has come and gone.
        }
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void secretsAreNeitherInCommandsNorLogsNorOnTheBoard(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()))) {
            files.file("film", BYTES);
            files.open();
            files.limit(BYTES / 3);
            files.tell(Command.START);
            files.await("it is under way", files::isAtOne);
            String secret =
                    new JsonObject(Files.readString(files.state().resolve("media/rclone.json"))).getString("secret");
            String obscured = Files.readString(folder.resolve("rclone.conf")).replaceAll("(?s).*pass = (\\S+).*", "$1");
            assertTrue(secret.length() >= 64 && obscured.length() > 10);
            for (String each : List.of(secret, obscured)) {
                requireInNoCommand(each);
                assertFalse(files.shown().encode().contains(each));
            }
            requireInOneFile(files.state(), secret);
            files.limit(0);
            files.awaitEnd("done");
        }
    }
}
