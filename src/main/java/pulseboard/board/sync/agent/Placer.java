package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Entry.Kind;
import pulseboard.board.sync.rules.Names;
import pulseboard.board.sync.rules.Task;

/**
 * Puts things in their places, and only where all is as it was when somebody last looked. A reader sees the old file or the new one, never
 * half of one. What was there is kept aside for ten seconds: whoever had it open may still have written to it, and then it
 * becomes a copy. Used by the loop.
 */
final class Placer {

    private static final Logger LOG = LoggerFactory.getLogger(Placer.class);

    private final Tree tree;
    private final Index index;
    private final Asides asides;
    private final Set<String> touched = new TreeSet<>();

    /** For tests: runs between the last look and the rename. */
    private volatile Consumer<String> beforeRename = path -> {};

    /** Somebody has changed what is there: nothing was done. */
    static final class Changed extends IOException {
        private static final long serialVersionUID = 1;

        Changed(String path) {
            super(path);
        }
    }

    /** The file system takes this name and that of something else here for the same. */
    static final class Clash extends IOException {
        private static final long serialVersionUID = 1;

        Clash(String path) {
            super(path);
        }
    }

    /** A directory that is to be deleted has something in it. */
    static final class NotEmpty extends IOException {
        private static final long serialVersionUID = 1;

        NotEmpty(String path) {
            super(path);
        }
    }

    Placer(Tree tree, Index index, String device) {
        this.tree = tree;
        this.index = index;
        asides = new Asides(tree, index, device);
    }

    /** Where what was replaced is kept. */
    Versions versions() {
        return asides.versions();
    }

    void beforeRename(Consumer<String> hook) {
        beforeRename = hook;
    }

    /** Does it. */
    void apply(Task task) throws IOException {
        String path = task.head().path();
        if (!Names.isGood(path)) {
            throw new IOException("no path of a folder: " + path);
        }
        Stat now = tree.stat(path);
        requireAsKnown(path, task.expected(), now);
        touched.add(Tree.parent(path));
        switch (task.kind()) {
            case MOVE -> move(task, path);
            case REMOVE -> remove(task, path, now);
            default -> put(task, path, now);
        }
    }

    private void requireAsKnown(String path, Entry expected, Stat now) throws IOException {
        boolean isKnown = expected.isThere()
                ? now.isSame(index.stat(path)) && now.kind() == expected.kind()
                : !now.isThere()
                        || (now.kind() == Kind.DIRECTORY && !index.row(path).isUntold());
        if (!isKnown && now.isThere() && !expected.isThere() && !tree.isListed(path)) {
            throw new Clash(path);
        }
        if (!isKnown) {
            throw new Changed(path);
        }
    }

    /** A file is kept as an old version, and nothing is at its path then; so it is with a link, and with a directory that is empty. */
    void putAside(String path) throws IOException {
        Stat now = tree.stat(path);
        if (now.kind() == Kind.FILE) {
            if (!now.isSame(index.stat(path))) {
                throw new Changed(path);
            }
            asides.take(path, now, index.row(path).entry().contentId());
        } else if (now.isThere()) {
            try {
                tree.delete(path, now.kind());
            } catch (DirectoryNotEmptyException e) {
                LOG.debug("{} stays, for what is in it", path, e);
            }
        }
    }

    /** A file of the agent's own takes the place of the one that is there, if any, which is kept. */
    void replace(String path, Path own) throws IOException {
        Stat now = tree.stat(path);
        boolean isKnown = now.kind() == Kind.FILE && now.isSame(index.stat(path));
        if (now.isThere() && !isKnown) {
            throw new Changed(path);
        }
        if (now.isThere()) {
            requireSameFile(
                    path, now, asides.add(path, now, index.row(path).entry().contentId()));
        }
        tree.place(own, path);
    }

    private void move(Task task, String path) throws IOException {
        Stat from = tree.stat(task.from());
        requireAsKnown(task.from(), index.row(task.from()).entry(), from);
        tree.move(task.from(), path);
        touched.add(Tree.parent(task.from()));
        index.noteStat(task.from(), Stat.NOTHING);
        attributes(task.head().entry(), path);
    }

    private void remove(Task task, String path, Stat now) throws IOException {
        if (now.kind() == Kind.FILE) {
            Asides.Aside aside = asides.add(path, now, task.expected().contentId());
            beforeRename.accept(path);
            requireSameFile(path, now, aside);
        }
        try {
            if (now.isThere()) {
                tree.delete(path, now.kind());
            }
        } catch (DirectoryNotEmptyException e) {
            throw new NotEmpty(path);
        }
        index.noteStat(path, Stat.NOTHING);
    }

    /** The last look before the point of no return: if somebody has put another file there, it stays. */
    private void requireSameFile(String path, Stat known, Asides.Aside aside) throws IOException {
        if (!tree.stat(path).key().equals(known.key())) {
            asides.drop(aside);
            throw new Changed(path);
        }
    }

    private void put(Task task, String path, Stat now) throws IOException {
        Entry entry = task.head().entry();
        if (now.kind() == Kind.DIRECTORY && entry.kind() != Kind.DIRECTORY) {
            removeDirectory(path);
        }
        switch (entry.kind()) {
            case DIRECTORY -> {
                if (now.isThere() && now.kind() != Kind.DIRECTORY) {
                    remove(task, path, now);
                }
                tree.makeDirectories(path);
                tree.setMode(path, entry.mode() | 0700);
                index.noteStat(path, tree.stat(path));
            }
            case LINK -> {
                Path link = tree.own(UUID.randomUUID().toString());
                Files.createSymbolicLink(link, Path.of(entry.contentId()));
                rename(task, link, path, now);
                index.noteStat(path, tree.stat(path));
            }
            default -> file(task, path, now);
        }
    }

    private void removeDirectory(String path) throws IOException {
        try {
            tree.delete(path, Kind.DIRECTORY);
        } catch (DirectoryNotEmptyException e) {
            throw new NotEmpty(path);
        }
    }

    private void file(Task task, String path, Stat now) throws IOException {
        Entry entry = task.head().entry();
        if (task.usesPart()) {
            Path part = tree.own("parts").resolve(entry.contentId());
            Files.setPosixFilePermissions(part, Tree.permissions(entry.mode()));
            Files.setLastModifiedTime(part, FileTime.from(entry.mtimeNanos(), TimeUnit.NANOSECONDS));
            rename(task, part, path, now);
        }
        attributes(entry, path);
    }

    private void attributes(Entry entry, String path) throws IOException {
        Stat stat = tree.stat(path);
        boolean isModeNew = stat.mode() != entry.mode();
        boolean isTimeNew = stat.toldMtimeNanos() != entry.mtimeNanos();
        if (isModeNew) {
            tree.setMode(path, entry.mode());
        }
        if (isTimeNew) {
            tree.setTime(path, entry.mtimeNanos());
        }
        index.noteStat(path, isModeNew || isTimeNew ? tree.stat(path) : stat);
        index.noteContent(path, entry.contentId(), null);
    }

    private void rename(Task task, Path own, String path, Stat now) throws IOException {
        if (now.kind() == Kind.FILE) {
            Asides.Aside aside = asides.add(path, now, task.expected().contentId());
            beforeRename.accept(path);
            requireSameFile(path, now, aside);
        } else {
            beforeRename.accept(path);
            if (tree.stat(path).isThere() && now.kind() != Kind.LINK) {
                throw new Changed(path);
            }
        }
        tree.place(own, path);
    }

    /** Looks again at what was put aside, see {@link Asides}. */
    Set<String> lookAside(boolean isAll) throws IOException {
        return asides.look(isAll);
    }

    /** At the start: goes on with what was put aside when an earlier run was killed. */
    void recover() throws IOException {
        asides.recover();
    }

    /** What was renamed is durable, before the index says that it was. */
    void force() throws IOException {
        for (String path : touched) {
            try (FileChannel directory = FileChannel.open(tree.root().resolve(path), StandardOpenOption.READ)) {
                directory.force(true);
            } catch (FileSystemException e) {
                LOG.debug("{} is gone, and what was in it", path, e);
            }
        }
        touched.clear();
    }

    /** A copy of a content that is here, kept aside as if it had been fetched. */
    static void copy(Tree tree, String from, String contentId) throws IOException {
        Path partial = tree.own("parts").resolve(contentId + ".copy");
        try (FileChannel source = tree.read(from);
                FileChannel target = FileChannel.open(
                        partial,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.READ,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            long at = 0;
            long size = source.size();
            while (at < size) {
                at += source.transferTo(at, size - at, target);
            }
            target.position(0);
            String id = pulseboard.board.sync.content.Content.read(target, size, (all, start, length) -> {})
                    .id();
            if (!id.equals(contentId)) {
                throw new Changed(from);
            }
            target.force(true);
        }
        Files.move(partial, tree.own("parts").resolve(contentId), StandardCopyOption.ATOMIC_MOVE);
    }
}
