package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Task;
import pulseboard.board.sync.rules.Version;

/** A folder with an index, in which things are put into their places. */
abstract class PlacerCase {

    static final Version VERSION = Version.NONE.with(7, 1);

    @TempDir
    Path root;

    @SuppressWarnings("NullAway.Init") // Set before each.
    Index index;

    @SuppressWarnings("NullAway.Init") // Set before each.
    Tree tree;

    @SuppressWarnings("NullAway.Init") // Set before each.
    Placer placer;

    @BeforeEach
    void open() throws IOException {
        tree = new Tree(Files.createDirectory(root.resolve("folder")));
        index = new Index(root.resolve("index.mv"));
        Own.prepare(tree);
        placer = new Placer(tree, index, "here");
    }

    @AfterEach
    void close() {
        index.close();
    }

    static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(each -> each.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    Path file(String path) {
        return root.resolve("folder").resolve(path);
    }

    static String contentId(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Content.read(
                        Channels.newChannel(new java.io.ByteArrayInputStream(bytes)),
                        bytes.length,
                        (all, from, length) -> {})
                .id();
    }

    static Entry entry(String text) throws IOException {
        return new Entry(Entry.Kind.FILE, text.length(), 1_700_000_000_000_000_000L, 0644, contentId(text), VERSION);
    }

    /** As if it had been fetched. */
    Task task(String path, String text, Entry expected) throws IOException {
        Entry entry = entry(text);
        Files.writeString(tree.own("parts").resolve(entry.contentId()), text);
        return new Task(Task.Kind.PLACE, new Head(path, 1, entry, "other", List.of()), expected, "");
    }

    /** A file that is here and known. */
    Entry known(String path, String text) throws IOException {
        Files.createDirectories(file(path).getParent());
        Files.writeString(file(path), text);
        Entry entry = entry(text);
        index.noteStat(path, tree.stat(path));
        index.tables().rows().put(path, new Row(entry, 1, Entry.ABSENT));
        return entry;
    }

    long texts(String text) throws IOException {
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
