package pulseboard.board.sync.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How much of the disk old versions take. */
class VersionsLimitTest extends PlacerCase {

    private static final int SIZE = 10;

    /** An old version of this path of ten bytes, kept so many days ago. */
    private void kept(Versions versions, String path, int daysAgo) throws IOException {
        String text = (path + daysAgo + "..........").substring(0, SIZE);
        Path file = Files.writeString(root.resolve("replaced"), text);
        versions.keep(file, path, contentId(text));
        Files.writeString(
                versions.find(path, contentId(text) + ".at"),
                Long.toString(Instant.now().minus(daysAgo, ChronoUnit.DAYS).toEpochMilli()));
    }

    /** As {@code path + daysAgo}. */
    private static Set<String> texts(Versions versions, String... paths) throws IOException {
        Set<String> all = new TreeSet<>();
        for (String path : paths) {
            for (Versions.Kept each : versions.list(path)) {
                all.add(Files.readString(versions.find(path, each.contentId())).replace(".", ""));
            }
        }
        return all;
    }

    /** Until all directories have been looked at, however often that is begun. */
    private static void tick(Versions versions) throws IOException {
        for (int count = 0; count < 50; count++) {
            versions.tick();
        }
    }

    @Test
    void oldestGoFirstAndOfEachPathTheNewestStays() throws Exception {
        Versions versions = placer.versions();
        for (int daysAgo : List.of(20, 9, 3)) {
            kept(versions, "a", daysAgo);
        }
        kept(versions, "b", 29);
        for (int daysAgo : List.of(15, 10)) {
            kept(versions, "c", daysAgo);
        }
        assertEquals(-1, versions.takenBytes(), "nobody has counted");
        versions.mayTake(60, contentId -> false);
        tick(versions);
        assertEquals(60, versions.takenBytes());
        assertEquals(Set.of("a20", "a9", "a3", "b29", "c15", "c10"), texts(versions, "a", "b", "c"));
        kept(versions, "d", 1);
        assertEquals(70, versions.takenBytes());
        versions = new Versions(tree, index); // As after a restart.
        versions.mayTake(50, contentId -> false);
        tick(versions);
        assertEquals(Set.of("a9", "a3", "b29", "c10", "d1"), texts(versions, "a", "b", "c", "d"));
        assertEquals(50, versions.takenBytes());
        assertEquals(null, index.pathOfVersion(contentId("a20.......")));
        versions = new Versions(tree, index);
        versions.mayTake(0, contentId -> false);
        tick(versions);
        assertEquals(Set.of("a3", "b29", "c10", "d1"), texts(versions, "a", "b", "c", "d"));
        assertEquals(40, versions.takenBytes(), "more than it may, since of each path the newest stays");
    }

    @Test
    void whatIsStillNeededStays() throws Exception {
        Versions versions = placer.versions();
        for (int daysAgo : List.of(20, 9, 3)) {
            kept(versions, "a", daysAgo);
        }
        String needed = contentId("a20.......");
        versions.mayTake(0, needed::equals);
        tick(versions);
        assertEquals(Set.of("a20", "a3"), texts(versions, "a"));
    }

    @Test
    void whatComesWhileAllIsLookedAtIsCountedOnce() throws Exception {
        Versions versions = placer.versions();
        for (int number = 0; number < 50; number++) {
            kept(versions, "p" + number + "-", 1);
        }
        versions.tick();
        assertEquals(-1, versions.takenBytes(), "it is not through");
        for (int number = 0; number < 50; number++) {
            kept(versions, "p" + number + "-", 2);
        }
        tick(versions);
        assertEquals(1_000, versions.takenBytes());
    }

    @Test
    void tenthOfADiskIsSharedByTheFoldersOnIt() throws Exception {
        Path other = Files.createDirectory(root.resolve("other"));
        long disk = Files.getFileStore(root).getTotalSpace();
        String folder = root.resolve("folder").toString();
        assertEquals(disk / 10, Room.tenth(Path.of(folder), List.of(folder, "/nowhere at all")));
        assertEquals(disk / 20, Room.tenth(Path.of(folder), List.of(folder, other.toString())));
        assertTrue(disk > 0);
    }
}
