package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.board.sync.content.Content;
import pulseboard.board.sync.rules.Entry;
import pulseboard.board.sync.rules.Entry.Kind;
import pulseboard.board.sync.rules.Names;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Version;

/** Looks for what changed in a folder, and reads what did. Used by one thread, which others help to read. */
final class Scanner {

    private static final Logger LOG = LoggerFactory.getLogger(Scanner.class);
    private static final int BATCH = 200;
    private static final int MOST_TRIES = 3;

    private final Tree tree;
    private final Index index;
    private final ExecutorService readers;
    private final Sink sink;
    private final Ignores ignores;

    /** Is told what was found, some at a time. */
    interface Sink {
        void changes(List<Change> changes);

        /** Has it watched from now on. Returns whether it was not before: then it has to be listed, too. */
        boolean directory(String path);

        void busy(String path);

        /** What is left out is not what it was. */
        void rules();
    }

    /** What a look has counted. */
    record Counts(int directories, int skipped, int busy, int ignored) {}

    private List<Future<@Nullable Change>> reading = new ArrayList<>();
    private Set<String> seen = new TreeSet<>();
    private int directories;
    private int skipped;
    private int busy;
    private int ignored;

    Scanner(Place place, ExecutorService readers, Sink sink) {
        tree = place.tree();
        index = place.index();
        ignores = place.ignores();
        this.readers = readers;
        this.sink = sink;
    }

    /**
     * Looks at a directory and, if so wanted, at all that is below it.
     *
     * @param missing what was there and is not any more is added
     * @throws IOException when the directory cannot be read; then nothing is said to be missing
     */
    Counts scan(String path, boolean isDeep, List<String> missing) throws IOException {
        seen = new TreeSet<>();
        directories = 0;
        skipped = 0;
        busy = 0;
        ignored = 0;
        if (ignores.refresh()) {
            sink.rules();
        }
        boolean unused = sink.directory(path);
        try (SecureDirectoryStream<Path> directory = tree.open(path)) {
            list(directory, path, isDeep);
        } catch (FileSystemException e) {
            if (path.isEmpty() || !Tree.isNoDirectory(e)) {
                throw e;
            }
        }
        flush();
        missing.addAll(missing(path, isDeep));
        return new Counts(directories, skipped, busy, ignored);
    }

    private void list(SecureDirectoryStream<Path> directory, String path, boolean isDeep) throws IOException {
        directories++;
        for (Path name : directory) {
            String text = name.getFileName().toString();
            String whole = path.isEmpty() ? text : path + "/" + text;
            if (whole.equals(Names.PRIVATE)) {
                continue;
            }
            Stat stat = Names.isGood(whole) ? tree.stat(directory, whole) : Stat.NOTHING;
            if (!stat.isThere()) {
                skipped++;
                continue;
            }
            if (isLeftOut(directory, whole, stat)) {
                ignored++;
                continue;
            }
            seen.add(whole);
            look(whole, stat);
            if (stat.kind() == Kind.DIRECTORY && (sink.directory(whole) || isDeep)) {
                try (SecureDirectoryStream<Path> below =
                        directory.newDirectoryStream(Path.of(text), LinkOption.NOFOLLOW_LINKS)) {
                    list(below, whole, isDeep);
                } catch (FileSystemException e) {
                    if (!Tree.isNoDirectory(e)) {
                        throw e;
                    }
                    seen.remove(whole); // Gone meanwhile.
                }
            }
        }
    }

    private boolean isLeftOut(SecureDirectoryStream<Path> directory, String path, Stat stat) throws IOException {
        boolean isDirectory = stat.kind() == Kind.DIRECTORY;
        if (ignores.now().isIgnored(path, isDirectory)) {
            return true;
        }
        if (!isDirectory || !index.isKept(path)) {
            return false;
        }
        try (SecureDirectoryStream<Path> below =
                directory.newDirectoryStream(Tree.name(path), LinkOption.NOFOLLOW_LINKS)) {
            return ignores.isAllIgnored(below, path);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return true;
        }
    }

    private void look(String path, Stat stat) throws IOException {
        Stat known = index.stat(path);
        Row row = index.row(path);
        boolean isKnown =
                known.isSame(stat) && !known.isToReadAgain() && row.entry().kind() == stat.kind();
        if (isKnown && row.placing().kind() == Kind.ABSENT) {
            return;
        }
        if (stat.isBeingWritten(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()))) {
            busy++;
            sink.busy(path);
            return;
        }
        reading.add(readers.submit(() -> read(path, stat)));
        if (reading.size() >= BATCH) {
            flush();
        }
    }

    private void flush() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (Future<@Nullable Change> each : reading) {
            try {
                Change change = each.get();
                if (change == null) {
                    busy++;
                } else {
                    changes.add(change);
                }
            } catch (ExecutionException e) {
                busy++;
                LOG.debug("A file cannot be read", e);
            } catch (InterruptedException e) {
                throw new IOException("stopped", e);
            }
        }
        reading = new ArrayList<>();
        if (!changes.isEmpty()) {
            sink.changes(changes);
        }
    }

    /** Null for what changes while it is read. */
    private @Nullable Change read(String path, Stat first) throws IOException {
        Stat stat = first;
        for (int time = 0; time < MOST_TRIES; time++) {
            if (stat.kind() != Kind.FILE) {
                String target = stat.kind() == Kind.LINK ? tree.link(path) : "";
                return new Change(path, stat, new Entry(stat.kind(), 0, 0, stat.mode(), target, Version.NONE), null);
            }
            Content content;
            try (FileChannel file = tree.read(path)) {
                content = Content.read(file, stat.size(), (bytes, from, length) -> {});
            }
            Stat after = tree.stat(path);
            if (after.isSame(stat) && content.size() == stat.size()) {
                Entry entry = new Entry(
                        Kind.FILE, stat.size(), stat.toldMtimeNanos(), stat.mode(), content.id(), Version.NONE);
                return new Change(path, stat, entry, content);
            }
            stat = after;
        }
        return null;
    }

    private List<String> missing(String path, boolean isDeep) {
        List<String> missing = new ArrayList<>();
        String prefix = path.isEmpty() ? "" : path + "/";
        Iterator<Map.Entry<String, Row>> rows = index.tables().rows().from(prefix);
        while (rows.hasNext()) {
            Map.Entry<String, Row> next = rows.next();
            String known = next.getKey();
            if (!known.startsWith(prefix)) {
                break;
            }
            int slash = known.indexOf('/', prefix.length());
            boolean isBelow = slash >= 0 && !isDeep;
            String looked = isBelow ? known.substring(0, slash) : known;
            boolean isThere = next.getValue().entry().isThere();
            boolean isDirectory = next.getValue().entry().kind() == Kind.DIRECTORY;
            if (isThere && !seen.contains(looked) && !ignores.now().isIgnored(known, isDirectory)) {
                missing.add(known);
            }
        }
        return missing;
    }
}
