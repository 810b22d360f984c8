package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.uploads.RcloneTools;

/** An uploader that has nothing to do. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleUploaderTest {

    /** It looks each ten seconds whether there is something to do. */
    private static final long SOONER_NANOS = TimeUnit.SECONDS.toNanos(7);

    @TempDir
    private Path folder;

    @Test
    void endsAtOnceAndNotWithItsNextLook() throws Exception {
        try (UploadsCase files = new UploadsCase(folder, RcloneTools.NEWEST, "[dav]\ntype = memory\n")) {
            files.open();
            files.await(
                    "it is listed",
                    () -> files.shown().getJsonObject("queue", new JsonObject()).containsKey("listedAt"));
            long began = System.nanoTime();
            files.shut();
            assertTrue(System.nanoTime() - began < SOONER_NANOS);
        }
    }
}
