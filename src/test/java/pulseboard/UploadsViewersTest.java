package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** rclone is asked for all viewers together. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UploadsViewersTest {

    private static final int VIEWERS = 200;
    private static final int SECONDS = 3;

    @TempDir
    private Path folder;

    @Test
    void manyViewersAskRcloneNoMoreThanOne() throws Exception {
        try (PolledUploads uploads = new PolledUploads(folder, RcloneTools.NEWEST, 200)) {
            uploads.watch(1);
            double one = uploads.callsPerSecond(SECONDS);
            uploads.watch(VIEWERS - 1);
            double many = uploads.callsPerSecond(SECONDS);
            assertEquals(VIEWERS, uploads.watching());
            assertTrue(one > 1 && many > 1, "it is asked at all: " + one + ", " + many);
            assertTrue(many < 2 * one, one + " calls a second with one viewer, " + many + " with " + VIEWERS);
            long looks = uploads.calls("core/stats");
            long all = uploads.calls("");
            assertTrue(looks > 10 && all < 1.3 * looks, all + " questions in " + looks + " looks");
        }
    }
}
