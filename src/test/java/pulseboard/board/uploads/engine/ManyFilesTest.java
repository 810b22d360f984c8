package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pulseboard.board.uploads.DavServer;
import pulseboard.board.uploads.RcloneTools;

/** Many files, of which rclone's own list of what it has done holds a hundred: each is counted once, as what it was. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyFilesTest {

    private static final int A_FOLDER = 100;

    @TempDir
    private Path folder;

    private static String name(int number) {
        return "f" + number / A_FOLDER + "/" + number;
    }

    /** So many that are at the remote already, and so many that are not. */
    private void require(RcloneTools rclone, int there, int anew) throws Exception {
        try (DavServer server = DavServer.remembering(folder.resolve("server"));
                UploadsCase files = new UploadsCase(folder, rclone, server.remote("dav", server.port()))) {
            Path in = server.folder().resolve("in");
            long bytes = 0;
            for (int number = 0; number < there + anew; number++) {
                Path made = files.file(name(number), number % 7 + 1);
                if (number < there) {
                    Path copy = in.resolve(name(number));
                    Files.createDirectories(copy.getParent());
                    Files.copy(made, copy);
                } else {
                    bytes += number % 7 + 1;
                }
            }
            files.open();
            files.uploadPatiently("done");
            assertEquals(anew, files.count("uploaded"));
            assertEquals(there, files.count("unchanged"));
            assertEquals(there + anew, files.count("processed"));
            assertEquals(bytes, files.shown().getJsonObject("bytes").getLong("done"));
            assertEquals(bytes, files.account("dav").getLong("usedBytes"));
            assertEquals(anew, files.account("dav").getLong("totalFiles"));
            assertEquals(List.of(), files.errors());
            requireEachOnce(files, there + anew);
            try (Stream<Path> all = Files.walk(in)) {
                assertEquals(there + anew, all.filter(Files::isRegularFile).count());
            }
        }
    }

    private static void requireEachOnce(UploadsCase files, int count) throws IOException {
        Set<String> paths = new HashSet<>();
        int[] records = new int[1];
        try (Ledger ledger = new Ledger(files.state().resolve("ledger"))) {
            ledger.read(record -> {
                records[0]++;
                paths.add(record.path());
            });
        }
        assertEquals(count, records[0]);
        assertEquals(count, paths.size());
    }

    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void someUnchangedAndOneNewAreOneThatIsUploaded(RcloneTools rclone) throws Exception {
        require(rclone, 250, 1);
    }

    @ParameterizedTest
    @EnumSource(value = RcloneTools.class, names = "NEWEST")
    void threeHundredTinyOnesAreThreeHundredThatAreUploaded(RcloneTools rclone) throws Exception {
        require(rclone, 0, 300);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void fiveThousandUnchangedAndOneNewAreOneThatIsUploaded(RcloneTools rclone) throws Exception {
        require(rclone, 5_000, 1);
    }

    @Tag("soak")
    @ParameterizedTest
    @EnumSource(RcloneTools.class)
    void tenThousandTinyOnesAreTenThousandThatAreUploaded(RcloneTools rclone) throws Exception {
        require(rclone, 0, 10_000);
    }
}
