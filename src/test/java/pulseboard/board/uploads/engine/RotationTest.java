package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;
import pulseboard.board.uploads.config.AccountConfig;

/** Several accounts, each within its quota; three remotes that lead to one server. */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class RotationTest {

    private static final int FILES = 20;
    private static final int BYTES = 1_000_000;
    private static final long QUOTA = 8_000_000;

    @TempDir
    private Path folder;

    private UploadsCase files(DavServer server, RcloneTools rclone) throws Exception {
        StringBuilder remotes = new StringBuilder();
        for (String name : List.of("one", "two", "ten")) {
            remotes.append(server.remote(name, server.port()));
        }
        AccountConfig quota = new AccountConfig(Long.toString(QUOTA), "");
        UploadsCase files = new UploadsCase(folder, rclone, remotes.toString());
        for (int number = 0; number < FILES; number++) {
            files.file("f" + number, BYTES);
        }
        return files.by(Map.of("one", quota, "two", quota, "ten", quota));
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void threeAccountsTakeWhatNoneOfThemCouldEachWithinItsQuota(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = files(server, rclone)) {
            files.open();
            files.upload("done");
            assertEquals(FILES, files.count("uploaded"));
            assertEquals(3, files.shown().getJsonObject("session").getInteger("accountsUsed"));
            long used = 0;
            for (String name : List.of("one", "two", "ten")) {
                JsonObject account = files.account(name);
                assertTrue(account.getLong("usedBytes") <= QUOTA, account::encode);
                used += account.getLong("usedBytes");
            }
            assertEquals((long) FILES * BYTES, used);
            try (Stream<Path> all = Files.list(server.folder().resolve("in"))) {
                assertEquals(FILES, all.count());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "STABLE")
    void whenNoneHasRoomTheSessionWaitsAndSaysUntilWhen(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                UploadsCase files = files(server, rclone)) {
            for (int number = FILES; number < 2 * FILES; number++) {
                files.file("f" + number, BYTES);
            }
            files.open();
            files.tell(Command.START);
            files.await("it waits", () -> files.shown().getString("phase", "").equals("waiting"));
            assertEquals(21, files.count("uploaded"));
            assertTrue(files.shown().getLong("until") > System.currentTimeMillis());
            assertTrue(files.shown().getJsonObject("bytes").getDouble("percent") < 100);
            files.tell(Command.STOP);
            files.awaitEnd("stopped");
        }
    }
}
