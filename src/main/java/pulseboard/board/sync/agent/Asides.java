package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Names;

/**
 * Files that were replaced or deleted, under second names for ten seconds: whoever had one open may still have written to it, and
 * then it becomes a copy. Used by the loop.
 */
final class Asides {

    private static final Logger LOG = LoggerFactory.getLogger(Asides.class);
    private static final long NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Tree tree;
    private final String device;
    private final Deque<Aside> asides = new ArrayDeque<>();

    record Aside(Path file, String path, Stat stat, String contentId, long atNanos) {}

    Asides(Tree tree, String device) {
        this.tree = tree;
        this.device = device;
    }

    /** What it was made for is not done. */
    void drop(Aside aside) throws IOException {
        asides.remove(aside);
        boolean unused = Files.deleteIfExists(aside.file);
    }

    /** A second name for what is there. It is made by name, so it counts only if it is the file that is meant. */
    Aside add(String path, Stat now, String contentId) throws IOException {
        Path file = tree.own("old").resolve(UUID.randomUUID().toString());
        try {
            Files.createLink(file, tree.root().resolve(path));
        } catch (NoSuchFileException e) {
            throw new Placer.Changed(path);
        }
        Object key = Files.getAttribute(file, "fileKey", java.nio.file.LinkOption.NOFOLLOW_LINKS);
        if (!String.valueOf(key).equals(now.key())) {
            Files.delete(file);
            throw new Placer.Changed(path);
        }
        Aside aside = new Aside(file, path, now, contentId, System.nanoTime());
        asides.add(aside);
        return aside;
    }

    /** Looks again at what was put aside ten seconds ago, or at all of it. Returns directories in which a copy was made. */
    Set<String> look(boolean isAll, Versions versions) throws IOException {
        Set<String> copies = new TreeSet<>();
        while (!asides.isEmpty() && (isAll || System.nanoTime() - asides.element().atNanos > NANOS)) {
            Aside aside = asides.remove();
            long mtime = Files.getLastModifiedTime(aside.file).to(TimeUnit.NANOSECONDS);
            if (mtime == aside.stat.mtimeNanos() && Files.size(aside.file) == aside.stat.size()) {
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
