package pulseboard.board.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import pulseboard.Until;
import pulseboard.board.sync.wire.Invitation;

/** Machines that keep a folder equal, with real files, sockets and TLS. */
class SyncTest extends SyncMachines {

    private static final int MANY = 120;

    SyncTest() {
        super("a", "b");
    }

    private Map<String, String> many() throws Exception {
        Map<String, String> wanted = new TreeMap<>();
        for (int number = 0; number < MANY; number++) {
            sync.write("a", "many/" + number, "file " + number);
            wanted.put("many/" + number, SyncCase.hashOf("file " + number));
        }
        wanted.put("many", "directory");
        awaitAll(wanted);
        return wanted;
    }

    /** While nobody looks, so that it is found all at once. */
    private void deleteManyOf(String name) throws Exception {
        awaitApplied();
        sync.stop(name);
        for (int number = 0; number < MANY; number++) {
            Files.delete(sync.folder(name).resolve("many/" + number));
        }
        sync.start(name);
    }

    private void awaitHold(String id) throws Exception {
        Until.isTrue(id + " is held", () -> sync.board().getJsonObject("holds").containsKey(id));
    }

    @Test
    void whatIsMadeChangedAndDeletedIsSoEverywhereWithModeAndTime() throws Exception {
        sync.write("a", "x/one.txt", "one");
        sync.write("b", "two.txt", "two");
        Path one = sync.folder("a").resolve("x/one.txt");
        Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(one, FileTime.from(Instant.parse("2020-02-20T20:20:20.123456Z")));
        Files.createSymbolicLink(sync.folder("a").resolve("link"), Path.of("x/one.txt"));
        Map<String, String> wanted = new TreeMap<>(Map.of(
                "x", "directory",
                "x/one.txt", SyncCase.hashOf("one"),
                "two.txt", SyncCase.hashOf("two"),
                "link", SyncCase.hashOf("one")));
        awaitAll(wanted);
        Path there = sync.folder("b").resolve("x/one.txt");
        Until.isTrue(
                "time and mode come",
                () -> Files.getLastModifiedTime(there).equals(Files.getLastModifiedTime(one))
                        && Files.getPosixFilePermissions(there).equals(Files.getPosixFilePermissions(one)));
        assertEquals(
                Path.of("x/one.txt"), Files.readSymbolicLink(sync.folder("b").resolve("link")));
        Files.delete(sync.folder("b").resolve("two.txt"));
        wanted.remove("two.txt");
        awaitAll(wanted);
    }

    @Test
    void otherBytesOfTheSameSizeAndTimeArriveToo() throws Exception {
        sync.write("a", "f", "before");
        awaitAll(Map.of("f", SyncCase.hashOf("before")));
        Path file = sync.folder("a").resolve("f");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "after!");
        Files.setLastModifiedTime(file, time);
        awaitAll(Map.of("f", SyncCase.hashOf("after!")));
    }

    @Test
    void ofTwoEditsOfflineBothAreKeptWhateverTheirClocksSayUntilAPersonDecides() throws Exception {
        sync.write("a", "plan.txt", "old");
        awaitAll(Map.of("plan.txt", SyncCase.hashOf("old")));
        Until.isTrue(
                "all is told",
                () -> sync.board().getJsonObject("nodes").stream()
                        .allMatch(each -> ((JsonObject) each.getValue()).getLong("behindChanges") == 0));
        sync.stop("a");
        sync.stop("b");
        sync.write("a", "plan.txt", "of a");
        sync.write("b", "plan.txt", "of b");
        Files.setLastModifiedTime(
                sync.folder("b").resolve("plan.txt"),
                FileTime.from(Instant.now().minusSeconds(86_400)));
        sync.start("a");
        sync.start("b");
        Until.isTrue(
                "both have both",
                () -> sync.tree("a").equals(sync.tree("b"))
                        && sync.tree("a").size() == 2
                        && sync.tree("a").containsValue(SyncCase.hashOf("of a"))
                        && sync.tree("a").containsValue(SyncCase.hashOf("of b")));
        Until.isTrue(
                "it is told", () -> !sync.board().getJsonObject("conflicts").isEmpty());
        String id =
                sync.board().getJsonObject("conflicts").fieldNames().iterator().next();
        sync.act("resolve", new JsonObject().put("conflict", id).put("strategy", "keep_other"));
        Until.isTrue(
                "one is left",
                () -> sync.tree("a").size() == 1 && sync.tree("a").equals(sync.tree("b")));
    }

    @Test
    void ofAChangedFileOnlyWhatIsNewGoesOverTheWire() throws Exception {
        byte[] old = new byte[8 << 20];
        new Random(1).nextBytes(old);
        Path file = sync.folder("a").resolve("large");
        Path there = sync.folder("b").resolve("large");
        sync.write("a", "large", old);
        Until.isTrue("it is there", () -> Files.exists(there) && Files.mismatch(file, there) < 0);
        byte[] now = new byte[old.length + 1];
        System.arraycopy(old, 0, now, 1, old.length);
        sync.write("a", "large", now);
        Until.isTrue("it is there, too", () -> Files.size(there) == now.length && Files.mismatch(file, there) < 0);
        Until.isTrue("it is told", () -> sync.board().getJsonObject("delta").getLong("files") >= 2);
        JsonObject last = sync.board().getJsonObject("delta").getJsonObject("last");
        JsonObject delta = last.getJsonObject(last.fieldNames().stream().reduce("", (one, other) -> other));
        assertEquals("delta", delta.getString("kind"), last::encodePrettily);
        assertTrue(delta.getLong("wireBytes") < 20_000, delta::encode);
    }

    @Test
    void directoryThatIsRenamedIsRenamedThereAndNothingIsSent() throws Exception {
        Map<String, String> before = many();
        Until.isTrue("it is told", () -> sync.board().getJsonObject("delta").getLong("files") == MANY);
        long wire = sync.board().getJsonObject("delta").getLong("wireBytes");
        Files.move(sync.folder("a").resolve("many"), sync.folder("a").resolve("much"));
        Map<String, String> wanted = new TreeMap<>();
        before.forEach((path, what) -> wanted.put(path.replace("many", "much"), what));
        awaitAll(wanted);
        assertEquals(wire, sync.board().getJsonObject("delta").getLong("wireBytes"));
    }

    @Test
    void muchThatIsGoneAtOnceIsHeldAndComesBackWhenAPersonSaysSo() throws Exception {
        Map<String, String> wanted = many();
        deleteManyOf("a");
        awaitHold("docs@a");
        assertEquals(wanted, sync.tree("b"));
        sync.act("reject", new JsonObject().put("hold", "docs@a"));
        awaitAll(wanted);
    }

    @Test
    void muchThatIsGoneAtOnceIsDeletedWhenAPersonSaysSo() throws Exception {
        many();
        deleteManyOf("a");
        awaitHold("docs@a");
        sync.act("release", new JsonObject().put("hold", "docs@a"));
        awaitAll(Map.of("many", "directory"));
    }

    @Test
    void folderThatIsNotMountedIsHeldAndNothingIsDeleted() throws Exception {
        sync.write("a", "f", "content");
        awaitAll(Map.of("f", SyncCase.hashOf("content")));
        sync.stop("a");
        Files.move(sync.folder("a"), root.resolve("unmounted"));
        Files.createDirectory(sync.folder("a"));
        sync.start("a");
        awaitHold("docs@a");
        assertEquals(Map.of("f", SyncCase.hashOf("content")), sync.tree("b"));
    }

    @Test
    void indexThatWasPutBackFromACopyDeletesNothing() throws Exception {
        sync.write("a", "old", "old");
        awaitAll(Map.of("old", SyncCase.hashOf("old")));
        sync.stop("a");
        Path copy = root.resolve("copy.mv");
        Files.copy(sync.state("a").resolve("docs.mv"), copy);
        sync.start("a");
        sync.write("b", "new", "new");
        Map<String, String> both = Map.of("old", SyncCase.hashOf("old"), "new", SyncCase.hashOf("new"));
        awaitAll(both);
        sync.stop("a");
        Files.copy(copy, sync.state("a").resolve("docs.mv"), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(sync.folder("a").resolve("old"));
        sync.start("a");
        awaitAll(both);
    }

    @Test
    void whoeverHasNoGoodInvitationIsNotLetIn() throws Exception {
        Path given = root.resolve("coordinator/invitations");
        assertFalse(sync.join("c", sync.invitation()).isEmpty());
        Invitation used = sync.invitation();
        used.keep(given, "docs", System.currentTimeMillis());
        assertEquals("", sync.join("d", used));
        assertFalse(sync.join("e", used).isEmpty());
        Invitation old = sync.invitation();
        old.keep(given, "docs", System.currentTimeMillis() - 2 * Invitation.MILLISECONDS);
        assertFalse(sync.join("f", old).isEmpty());
    }
}
