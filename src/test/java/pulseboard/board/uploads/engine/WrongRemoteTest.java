package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** A name that rclone's configuration does not have is told with the first attempt, and not after the last. */
@Tag("system")
class WrongRemoteTest {

    private static final int LONG_SECONDS = 3_600;
    private static final int BYTES = 100;

    @TempDir
    private Path folder;

    @Test
    void whyItFailsIsToldWhileItWaitsForTheNextAttempt() throws Exception {
        try (UploadsCase files = new UploadsCase(folder, RcloneTools.NEWEST, "[other]\ntype = memory\n")) {
            files.retryingAfter(LONG_SECONDS).file("one.txt", BYTES);
            files.open();
            files.tell(Command.START);
            files.await(
                    "it is told",
                    () -> files.shown()
                            .getJsonObject("session", new JsonObject())
                            .getString("reason", "")
                            .matches("files that failed are tried again; the last: .*find section in config file.*"));
        }
    }
}
