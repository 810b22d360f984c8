package pulseboard.board.sync.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Task;

/** What others tell is put in its place only where nobody meddles, and never outside. */
class PlacerTest extends PlacerCase {

    private static final int TIMES = 1_000;

    @Test
    void whatSomebodyWritesWhileItIsReplacedBecomesACopy() throws Exception {
        Task task = task("f", "theirs", known("f", "old"));
        placer.beforeRename(path -> write(file(path), "mine"));
        placer.apply(task);
        assertEquals("theirs", Files.readString(file("f")));
        assertEquals(Set.of(""), placer.lookAside(true));
        assertEquals(1, texts("mine"));
    }

    @Test
    void whatSomebodyPutsThereBeforeItIsReplacedStays() throws Exception {
        Task task = task("f", "theirs", known("f", "old"));
        placer.beforeRename(path -> {
            write(file("new"), "mine");
            move(file("new"), file("f"));
        });
        assertThrows(Placer.Changed.class, () -> placer.apply(task));
        assertEquals("mine", Files.readString(file("f")));
    }

    @Test
    void whatSomebodyWritesBeforeItIsDeletedBecomesACopy() throws Exception {
        Entry old = known("f", "old");
        placer.beforeRename(path -> write(file(path), "mine"));
        placer.apply(new Task(Task.Kind.REMOVE, new Head("f", 1, Entry.deleted(VERSION), "other", List.of()), old, ""));
        assertFalse(Files.exists(file("f")));
        assertEquals(Set.of(""), placer.lookAside(true));
        assertEquals(1, texts("mine"));
    }

    @Test
    void whatWasReplacedIsKeptAsAnOldVersion() throws Exception {
        Entry old = known("f", "old");
        placer.apply(task("f", "theirs", old));
        Versions versions = new Versions(tree, index);
        assertEquals(Set.of(), placer.lookAside(true));
        assertEquals("old", Files.readString(versions.find("f", old.contentId())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../x", "", ".", "a//b", ".pulseboard-sync/folder.json", "a\0b"})
    void whatLeadsElsewhereIsRefused(String path) throws Exception {
        assertThrows(IOException.class, () -> placer.apply(task(path, "theirs", Entry.ABSENT)));
        try (Stream<Path> all = Files.list(root)) {
            assertEquals(
                    Set.of("folder", "index.mv"),
                    all.map(each -> each.getFileName().toString()).collect(java.util.stream.Collectors.toSet()));
        }
    }

    @Test
    void whoeverSwapsADirectoryForALinkLeadsNobodyOut() throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.createDirectory(file("x"));
        Files.createSymbolicLink(file("link"), outside);
        AtomicBoolean isOver = new AtomicBoolean();
        Thread swapping = new Thread(() -> {
            for (int number = 0; !isOver.get(); number++) {
                move(file("x"), file("aside" + number)); // Whoever places something there makes the directory anew,
                move(file("link"), file("x")); // or finds this.
                if (Files.isSymbolicLink(file("x"))) {
                    move(file("x"), file("link"));
                }
            }
        });
        swapping.start();
        int placed = 0;
        for (int time = 0; time < TIMES; time++) {
            try {
                placer.apply(task("x/f" + time, "theirs " + time, Entry.ABSENT));
                placed++;
            } catch (IOException e) {
                // It was a link just then.
            }
        }
        isOver.set(true);
        swapping.join();
        int done = placed;
        try (Stream<Path> all = Files.list(outside)) {
            assertEquals(List.of(), all.toList());
        }
        assertTrue(done > 0 && done < TIMES, () -> "nothing was tried: " + done);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Something else is there just then.
        }
    }
}
