package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Names;

/**
 * Files that were replaced or deleted, under second names for ten seconds: whoever had one open may still have written to it, and
 * then it becomes a copy. Such a name says all that is needed to go on with it after a kill. Used by the loop.
 */
final class Asides {

    private static final Logger LOG = LoggerFactory.getLogger(Asides.class);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    /** The directory of the path among the old versions, the content, time and size when it was put aside, and chance. */
    private static final Pattern NAME =
            Pattern.compile("([0-9a-f]{16})\\.([0-9a-f]{64})\\.(-?\\d{1,19})\\.(\\d{1,19})\\.[0-9a-f-]{36}");

    private final Tree tree;
    private final String device;
    private final Versions versions;
    private final Deque<Aside> asides = new ArrayDeque<>();

    record Aside(Path file, String path, long mtimeNanos, long sizeBytes, String contentId, long atNanos) {}

    Asides(Tree tree, Index index, String device) {
        this.tree = tree;
        this.device = device;
        versions = new Versions(tree, index);
    }

    Versions versions() {
        return versions;
    }

    /** What it was made for is not done. */
    void drop(Aside aside) throws IOException {
        asides.remove(aside);
        boolean unused = Files.deleteIfExists(aside.file);
    }

    /** A second name for what is there. It is made by name, so it counts only if it is the file that is meant. */
    Aside add(String path, Stat now, String contentId) throws IOException {
        Aside aside = aside(path, now, contentId);
        try {
            Files.createLink(aside.file, tree.root().resolve(path));
        } catch (NoSuchFileException e) {
            throw new Placer.Changed(path);
        }
        if (!key(aside.file).equals(now.key())) {
            Files.delete(aside.file);
            throw new Placer.Changed(path);
        }
        asides.add(aside);
        return aside;
    }

    /** Takes a file from its path, and keeps it as an old version at once. */
    void take(String path, Stat now, String contentId) throws IOException {
        Aside aside = aside(path, now, contentId);
        tree.take(path, aside.file);
        versions.keep(aside.file, path, contentId);
    }

    private Aside aside(String path, Stat now, String contentId) throws IOException {
        String directory = versions.prepare(path);
        String name = String.join(
                ".",
                directory,
                contentId,
                Long.toString(now.mtimeNanos()),
                Long.toString(now.size()),
                UUID.randomUUID().toString());
        Path file = tree.own("old").resolve(name);
        return new Aside(file, path, now.mtimeNanos(), now.size(), contentId, System.nanoTime());
    }

    private static String key(Path file) throws IOException {
        return String.valueOf(Files.getAttribute(file, "fileKey", LinkOption.NOFOLLOW_LINKS));
    }

    /** What an earlier run was killed with is looked at as if it had been put aside now. */
    void recover() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tree.own("old"))) {
            for (Path each : all) {
                Aside aside = aside(each);
                if (aside == null) {
                    LOG.warn("Nobody knows which file this was: {}", each);
                } else {
                    asides.add(aside);
                }
            }
        }
    }

    private @Nullable Aside aside(Path file) throws IOException {
        Matcher name = NAME.matcher(file.getFileName().toString());
        String path = name.matches() ? versions.path(name.group(1)) : null;
        if (path == null) {
            return null;
        }
        long mtimeNanos = Long.parseLong(name.group(3));
        return new Aside(file, path, mtimeNanos, Long.parseLong(name.group(4)), name.group(2), System.nanoTime());
    }

    /** Looks again at what was put aside ten seconds ago, or at all of it. Returns directories in which a copy was made. */
    Set<String> look(boolean isAll) throws IOException {
        Set<String> copies = new TreeSet<>();
        while (!asides.isEmpty() && (isAll || System.nanoTime() - asides.element().atNanos > NANOS)) {
            Aside aside = asides.remove();
            if (key(aside.file).equals(tree.stat(aside.path).key())) {
                Files.delete(aside.file); // It was not replaced after all.
                continue;
            }
            long mtime = Files.getLastModifiedTime(aside.file).to(TimeUnit.NANOSECONDS);
            if (mtime == aside.mtimeNanos && Files.size(aside.file) == aside.sizeBytes) {
                versions.keep(aside.file, aside.path, aside.contentId);
                continue;
            }
            String copy = Names.conflictCopy(aside.path, aside.contentId, device + "-late");
            if (tree.stat(copy).isThere()) {
                copy = Names.conflictCopy(
                        aside.path, UUID.randomUUID().toString().substring(0, 8), device + "-late");
            }
            LOG.info("{} was written to while it was replaced; that is kept as {}", aside.path, copy);
            tree.place(aside.file, copy);
            copies.add(Tree.parent(copy));
        }
        return copies;
    }
}
