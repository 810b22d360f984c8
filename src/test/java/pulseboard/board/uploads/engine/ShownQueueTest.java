package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** What waits is shown as of the last list, also after a restart, and how sure that is. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShownQueueTest {

    private static final long MINUTES = 60_000;
    private static final int BYTES = 1_000_000;
    private static final int FILES = 4;

    @TempDir
    private Path folder;

    @Test
    void listIsVerySureForTenMinutesAndSureForADay() {
        assertEquals("very_high", Listing.confidence(0, false));
        assertEquals("very_high", Listing.confidence(10 * MINUTES - 1, false));
        assertEquals("high", Listing.confidence(10 * MINUTES, false));
        assertEquals("high", Listing.confidence(QuotaWindow.DAY - 1, false));
        assertEquals("low", Listing.confidence(QuotaWindow.DAY, false));
    }

    @Test
    void whereTheLastLookHasFailedItIsNoLongerVerySure() {
        assertEquals("high", Listing.confidence(0, true));
        assertEquals("low", Listing.confidence(QuotaWindow.DAY, true));
    }

    private static JsonObject queue(UploadsCase files) {
        return files.shown().getJsonObject("queue", new JsonObject());
    }

    /** The board's own words: what it says when its folder has gone. */
    @Tag("system")
    @Test
    void boardSaysSoAndWhy() throws Exception {
        try (UploadsCase files = new UploadsCase(folder, RcloneTools.STABLE, "[dav]\ntype = memory\n")) {
            files.file("one", BYTES);
            files.open();
            files.await("it is listed", () -> queue(files).containsKey("listedAt"));
            assertEquals("very_high", queue(files).getString("confidence"));
            assertEquals(1, queue(files).getInteger("files"));
            Files.move(files.source(), folder.resolve("elsewhere"));
            files.tell(Command.LIST);
            files.await(
                    "the folder is missed",
                    () -> queue(files).getString("trouble", "").startsWith("the folder could not be listed: "));
            assertEquals("high", queue(files).getString("confidence"));
            assertEquals(1, queue(files).getInteger("files"));
            files.shut();
            files.open();
            files.await("it is missed again", () -> queue(files).containsKey("trouble"));
            assertEquals(1, queue(files).getInteger("files"));
        }
    }

    /** Its session goes on, and as long as it does nothing is listed. */
    @Tag("system")
    @Test
    void queueIsThereWhenASessionIsFoundAgain() throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"));
                Relay line = new Relay(server.port());
                UploadsCase files = new UploadsCase(
                        folder,
                        RcloneTools.STABLE,
                        server.remote("dav", URI.create(line.address()).getPort()))) {
            for (int number = 0; number < FILES; number++) {
                files.file("f" + number, BYTES);
            }
            line.hold();
            files.open();
            files.tell(Command.START);
            files.await(
                    "it is under way",
                    () -> files.shown().getString("phase", "").equals("uploading"));
            long listedAt = queue(files).getLong("listedAt");
            String session = files.session();
            files.abandon();
            files.open();
            files.await(
                    "it is found again",
                    () -> files.shown().containsKey("rclone") && files.session().equals(session));
            assertEquals(FILES, queue(files).getInteger("files"), files.shown()::encodePrettily);
            assertEquals((long) FILES * BYTES, queue(files).getLong("bytes"));
            assertTrue(Math.abs(listedAt - queue(files).getLong("listedAt")) < MINUTES, files.shown()::encodePrettily);
            line.goOn();
            files.awaitEnd("done");
        }
    }
}
