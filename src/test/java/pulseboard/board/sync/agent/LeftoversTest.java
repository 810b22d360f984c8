package pulseboard.board.sync.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Task;

/** What a killed agent leaves in its own folder goes on at the next start, or is gone. */
class LeftoversTest extends PlacerCase {

    /** As when the program was killed while it placed several files of one content, or took one from a person. */
    @Test
    void whatAnEarlierRunHasLeftHalfDoneIsGoneAndWhatCameInPartStaysForAWeek() throws IOException {
        String content = "a".repeat(64);
        String later = "b".repeat(64);
        String forgotten = "c".repeat(64) + ".part";
        String spare = UUID.randomUUID().toString();
        for (String each : List.of(content, later + ".part", forgotten, spare, content + ".copy")) {
            Files.writeString(tree.own("parts").resolve(each), "x");
        }
        for (String each : List.of(forgotten, content)) {
            Files.setLastModifiedTime(
                    tree.own("parts").resolve(each), FileTime.from(Instant.now().minus(8, ChronoUnit.DAYS)));
        }
        Files.writeString(tree.own(spare), "x");
        Files.createDirectory(tree.own(UUID.randomUUID().toString()));
        Files.writeString(tree.own("folder.json"), "{}");
        Own.prepare(tree);
        assertEquals(Set.of(content, later + ".part"), names(tree.own("parts")));
        assertEquals(Set.of("folder.json", "old", "parts", "versions"), names(tree.own("")));
    }

    /** As when the program is killed and started again: what it knew that is not on the disk is gone. */
    private void startAnew() throws IOException {
        Own.prepare(tree);
        placer = new Placer(tree, index, "here");
        placer.recover();
    }

    @Test
    void whatWasReplacedOrDeletedBeforeAKillIsKeptAsAnOldVersionAllTheSame() throws Exception {
        Entry old = known("x/f", "old");
        Entry gone = known("gone", "gone");
        placer.apply(task("x/f", "theirs", old));
        placer.apply(
                new Task(Task.Kind.REMOVE, new Head("gone", 1, Entry.deleted(VERSION), "other", List.of()), gone, ""));
        index.tables().rows().put("gone", Row.NONE);
        startAnew();
        assertEquals(Set.of(), placer.lookAside(true));
        Versions versions = new Versions(tree, index);
        assertEquals("old", Files.readString(versions.find("x/f", old.contentId())));
        assertEquals(
                List.of(gone.contentId()),
                versions.list("gone").stream().map(Versions.Kept::contentId).toList());
        assertEquals(Set.of(), names(tree.own("old")));
    }

    @Test
    void whatSomebodyWritesToAReplacedFileWhileTheProgramIsKilledBecomesACopy() throws Exception {
        Task task = task("f", "theirs", known("f", "old"));
        try (FileChannel open = FileChannel.open(file("f"), StandardOpenOption.WRITE)) {
            placer.apply(task);
            int unused = open.write(ByteBuffer.wrap("mine, later".getBytes(StandardCharsets.UTF_8)));
        }
        startAnew();
        assertEquals(Set.of(""), placer.lookAside(true));
        assertEquals("theirs", Files.readString(file("f")));
        assertEquals(1, texts("mine, later"));
    }

    @Test
    void secondNameOfWhatWasNotReplacedBeforeAKillIsGone() throws Exception {
        Task task = task("f", "theirs", known("f", "old"));
        placer.beforeRename(path -> {
            throw new IllegalStateException("killed");
        });
        assertThrows(IllegalStateException.class, () -> placer.apply(task));
        assertEquals(1, names(tree.own("old")).size());
        startAnew();
        assertEquals(Set.of(), placer.lookAside(true));
        assertEquals(Set.of(), names(tree.own("old")));
        assertEquals(List.of(), new Versions(tree, index).list("f"));
        assertEquals("old", Files.readString(file("f")));
    }

    /** Both second names are of one file, and a rename of one to the other does nothing. */
    @Test
    void fileThatWasPutAsideBeforeTwoKillsIsKeptOnce() throws Exception {
        Entry old = known("f", "old");
        placer.beforeRename(path -> {
            throw new IllegalStateException("killed");
        });
        assertThrows(IllegalStateException.class, () -> placer.apply(task("f", "theirs", old)));
        startAnew();
        index.noteStat("f", tree.stat("f")); // It has been looked at.
        placer.apply(task("f", "theirs", old));
        startAnew();
        assertEquals(Set.of(), placer.lookAside(true));
        assertEquals(Set.of(), names(tree.own("old")));
        assertEquals("old", Files.readString(new Versions(tree, index).find("f", old.contentId())));
    }

    /** After a loss of power a file may be there whose directory does not say of which path it is. */
    @Test
    void pathOfWhatWasPutAsideIsFoundAmongThoseThatAreKnown() throws Exception {
        Entry old = known("f", "old");
        placer.apply(task("f", "theirs", old));
        try (Stream<Path> all = Files.walk(tree.own("versions"))) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                Files.writeString(each, "");
            }
        }
        startAnew();
        assertEquals(Set.of(), placer.lookAside(true));
        Versions versions = new Versions(tree, index);
        assertEquals(1, versions.list("f").size());
        assertEquals("old", Files.readString(versions.find("f", old.contentId())));
    }

    @Test
    void whatHasBeenKeptForLongerThanAMonthIsGoneAlsoWhereNothingIsReplacedAnyMore() throws Exception {
        Entry old = known("f", "old");
        Entry young = known("g", "young");
        placer.apply(task("f", "theirs", old));
        placer.apply(task("g", "theirs", young));
        assertEquals(Set.of(), placer.lookAside(true));
        Versions versions = new Versions(tree, index);
        FileTime yesterday = FileTime.from(Instant.now().minus(1, ChronoUnit.DAYS));
        Path kept = versions.find("f", old.contentId());
        Files.writeString(
                kept.resolveSibling(old.contentId() + ".at"),
                Long.toString(Instant.now().minus(31, ChronoUnit.DAYS).toEpochMilli()));
        for (String each : List.of("f", "g")) {
            Files.setLastModifiedTime(versions.find(each, "x").getParent(), yesterday);
        }
        versions.tick();
        assertEquals(Set.of(versions.find("g", "").getFileName().toString()), names(tree.own("versions")));
        assertEquals(1, versions.list("g").size());
    }
}
