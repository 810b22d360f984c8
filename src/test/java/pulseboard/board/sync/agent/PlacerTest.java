package pulseboard.board.sync.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Task;
import pulseboard.board.sync.rules.Version;

/** What others tell is put in its place only where nobody meddles, and never outside. */
class PlacerTest {

    private static final Version VERSION = Version.NONE.with(7, 1);
    private static final int TIMES = 1_000;

    @TempDir
    private Path root;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Index index;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Tree tree;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Placer placer;

    @BeforeEach
    void open() throws IOException {
        tree = new Tree(Files.createDirectory(root.resolve("folder")));
        index = new Index(root.resolve("index.mv"));
        Placer.prepare(tree);
        placer = new Placer(tree, index, "here");
    }

    @AfterEach
    void close() {
        index.close();
    }

    private Path file(String path) {
        return root.resolve("folder").resolve(path);
    }

    private static String contentId(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Content.read(
                        Channels.newChannel(new java.io.ByteArrayInputStream(bytes)),
                        bytes.length,
                        (all, from, length) -> {})
                .id();
    }

    private static Entry entry(String text) throws IOException {
        return new Entry(Entry.Kind.FILE, text.length(), 1_700_000_000_000_000_000L, 0644, contentId(text), VERSION);
    }

    /** As if it had been fetched. */
    private Task task(String path, String text, Entry expected) throws IOException {
        Entry entry = entry(text);
        Files.writeString(tree.own("parts").resolve(entry.contentId()), text);
        return new Task(Task.Kind.PLACE, new Head(path, 1, entry, "other", List.of()), expected, "");
    }

    /** A file that is here and known. */
    private Entry known(String path, String text) throws IOException {
        Files.writeString(file(path), text);
        Entry entry = entry(text);
        index.noteStat(path, tree.stat(path));
        index.tables().rows().put(path, new Row(entry, 1, Entry.ABSENT));
        return entry;
    }

    @Test
    void whatSomebodyWritesWhileItIsReplacedBecomesACopy() throws Exception {
        Task task = task("f", "theirs", known("f", "old"));
        placer.beforeRename(path -> write(file(path), "mine"));
        placer.apply(task);
        assertEquals("theirs", Files.readString(file("f")));
        assertEquals(Set.of(""), placer.lookAside(true, new Versions(tree, index)));
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
        assertEquals(Set.of(""), placer.lookAside(true, new Versions(tree, index)));
        assertEquals(1, texts("mine"));
    }

    @Test
    void whatWasReplacedIsKeptAsAnOldVersion() throws Exception {
        Entry old = known("f", "old");
        placer.apply(task("f", "theirs", old));
        Versions versions = new Versions(tree, index);
        assertEquals(Set.of(), placer.lookAside(true, versions));
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

    private long texts(String text) throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("folder"))) {
            return all.filter(Files::isRegularFile)
                    .filter(each -> {
                        try {
                            return Files.readString(each).equals(text);
                        } catch (IOException e) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
