package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.Until;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** No room for the ledger while files arrive: nothing that has arrived is forgotten. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FullDiskTest {

    private static final int FILES = 20;
    private static final int BYTES = 300_000;
    private static final long SLOW = 1_000_000;

    @TempDir
    private Path folder;

    /** No file of that process may grow beyond this, as on a disk that is full. */
    private static void limitFiles(long pid, String bytes) throws Exception {
        List<String> command = List.of("prlimit", "--pid", Long.toString(pid), "--fsize=" + bytes + ":unlimited");
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static int uploaded(KilledUploader uploader) {
        return uploader.shown().containsKey("files")
                ? uploader.shown().getJsonObject("files").getInteger("uploaded")
                : 0;
    }

    private List<String> counted() throws IOException {
        List<String> counted = new ArrayList<>();
        try (Ledger ledger = new Ledger(folder.resolve("state/ledger"))) {
            ledger.read(record -> {
                if (record.counts()) {
                    counted.add(record.kind() + " " + record.path());
                }
            });
        }
        return counted;
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void whatArrivesWhileTheDiskIsFullIsCountedOnceThereIsRoomAgain(RcloneTools rclone) throws Exception {
        try (DavServer server = new DavServer(folder.resolve("server"))) {
            List<String> wanted = new ArrayList<>();
            try (UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()))) {
                for (int number = 10; number < 10 + FILES; number++) {
                    files.file("f" + number, BYTES);
                    wanted.add("done f" + number);
                }
            }
            try (KilledUploader uploader = new KilledUploader(folder, rclone, SLOW)) {
                Until.isTrue("some arrive", () -> uploaded(uploader) >= 2);
                limitFiles(uploader.pid(), "1");
                Until.isTrue("it is told", () -> uploader.shown().containsKey("trouble"));
                int before = uploaded(uploader);
                limitFiles(uploader.pid(), "unlimited");
                Until.isTrue("it goes on", () -> uploaded(uploader) > before);
                Until.isTrue(
                        "it is done",
                        () -> uploader.shown().getString("phase", "").equals("done"));
                assertEquals(FILES, uploaded(uploader));
            }
            List<String> counted = counted();
            counted.sort(null);
            assertEquals(wanted, counted);
            assertTrue(server.port() > 0);
        }
    }
}
