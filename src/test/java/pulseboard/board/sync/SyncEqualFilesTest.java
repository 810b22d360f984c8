package pulseboard.board.sync;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Many files with the same bytes, as empty ones, licences and copies of a photo are. */
class SyncEqualFilesTest extends SyncMachines {

    private static final int FILES = 60;

    SyncEqualFilesTest() {
        super("a");
    }

    @Test
    void manyEqualFilesArriveTogether() throws Exception {
        for (int number = 0; number < FILES; number++) {
            sync.write("a", "d" + number % 3 + "/f" + number, "the same in all of them");
            sync.write("a", "empty/" + number, "");
        }
        sync.add("b");
        sync.awaitTree("b", sync.tree("a"));
    }

    @Test
    void equalFilesThatAreLargeArriveAsWell() throws Exception {
        String large = "0123456789abcdef".repeat(2 << 16);
        for (int number = 0; number < 4; number++) {
            sync.write("a", "large" + number, large);
        }
        sync.add("b");
        sync.awaitTree("b", sync.tree("a"));
    }

    @Test
    void directoryOfEqualFilesThatIsRenamedIsRenamedThereAtOnce() throws Exception {
        for (int number = 0; number < FILES; number++) {
            sync.write("a", "old/f" + number, "the same in all of them");
        }
        sync.add("b");
        sync.awaitTree("b", sync.tree("a"));
        Files.move(sync.folder("a").resolve("old"), sync.folder("a").resolve("new"));
        sync.awaitTree("b", sync.tree("a"));
    }
}
