package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pulseboard.Until;

/** What is left out, on machines with real folders. */
class SyncIgnoreTest extends SyncMachines {

    private static final String FILE = ".pulseboardignore";

    SyncIgnoreTest() {
        super("a", "b");
    }

    private void awaitBoth(String path, String text) throws Exception {
        for (String name : new String[] {"a", "b"}) {
            Until.isTrue(
                    path + " is at " + name,
                    () -> SyncCase.hashOf(text).equals(sync.tree(name).get(path)));
        }
    }

    /** What was told before this came is known to all. */
    private void awaitTold(String marker) throws Exception {
        sync.write("a", marker, marker);
        awaitBoth(marker, marker);
        sync.write("b", marker + "-back", marker);
        awaitBoth(marker + "-back", marker);
    }

    @Test
    void whatIsLeftOutIsNeitherToldNorDeletedAndComesWhenItIsLeftOutNoMore() throws Exception {
        sync.write("a", "x/a.log", "log");
        awaitBoth("x/a.log", "log");
        sync.write("a", FILE, "*.log\n");
        awaitBoth(FILE, "*.log\n");
        Files.delete(sync.folder("a").resolve("x/a.log"));
        sync.write("a", "x/new.log", "new");
        awaitTold("marker");
        assertEquals(SyncCase.hashOf("log"), sync.tree("b").get("x/a.log"));
        assertTrue(!sync.tree("b").containsKey("x/new.log"), "left out");
        sync.write("b", FILE, "");
        awaitBoth("x/new.log", "new");
        awaitBoth("x/a.log", "log"); // It was deleted while it was nobody's business.
    }

    @Test
    void directoryThatOthersDeleteStaysForWhatIsLeftOutOfIt() throws Exception {
        sync.write("a", FILE, "*.log\n(?d)*.tmp\n");
        awaitBoth(FILE, "*.log\n(?d)*.tmp\n");
        sync.write("a", "x/f", "f");
        sync.write("a", "y/f", "f");
        awaitBoth("x/f", "f");
        awaitBoth("y/f", "f");
        sync.write("b", "x/mine.log", "log");
        sync.write("b", "y/mine.tmp", "tmp");
        for (String each : new String[] {"x", "y"}) {
            remove(sync.folder("a").resolve(each));
        }
        Map<String, String> wanted = Map.of(
                FILE, SyncCase.hashOf("*.log\n(?d)*.tmp\n"), "x", "directory", "x/mine.log", SyncCase.hashOf("log"));
        sync.awaitTree("b", wanted);
        Until.isTrue("it is said", () -> sync.node("b").getLong("keptDirectories", 0L) == 1);
        awaitTold("marker");
        assertTrue(!sync.tree("a").containsKey("x"), "it does not come back where it was deleted");
        sync.write("b", "x/f", "again");
        awaitBoth("x/f", "again");
    }

    private static void remove(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
