package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.RcloneTools;

/** A name that rclone's configuration does not have is a mistake in the settings, and no file that failed; what else is wrong is told at once. */
@Tag("system")
class WrongRemoteTest {

    private static final int LONG_SECONDS = 3_600;
    private static final int BYTES = 100;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void sessionEndsAtOnceAndSaysWhichRemoteIsNotThere(RcloneTools rclone) throws Exception {
        try (UploadsCase files = new UploadsCase(folder, rclone, "[other]\ntype = memory\n")) {
            files.file("one.txt", BYTES);
            files.open();
            files.tell(Command.START);
            files.await(
                    "it has ended", () -> files.shown().getString("phase", "").equals("failed"));
            JsonObject session = files.shown().getJsonObject("session");
            String reason = session.getString("reason", "");
            assertTrue(reason.matches("rclone's configuration has no remote \\w+: .*rclone config.*"), reason);
            assertEquals(0, files.shown().getJsonObject("errors").getInteger("count"), "no file has failed");
            assertEquals(1, files.shown().getJsonObject("queue").getInteger("files"), "it waits for the next session");
        }
    }

    @Test
    void whyItFailsIsToldWhileItWaitsForTheNextAttempt() throws Exception {
        String noFolder = "[dav]\ntype = alias\nremote = /proc/none\n";
        try (UploadsCase files = new UploadsCase(folder, RcloneTools.NEWEST, noFolder)) {
            files.retryingAfter(LONG_SECONDS).file("one.txt", BYTES);
            files.open();
            files.tell(Command.START);
            files.await(
                    "it is told",
                    () -> files.shown()
                            .getJsonObject("session", new JsonObject())
                            .getString("reason", "")
                            .matches("files that failed are tried again; the last: .*/proc/none.*"));
        }
    }
}
