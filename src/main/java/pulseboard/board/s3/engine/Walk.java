package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;

/** Finds the files of a folder, in the order in which S3 lists their keys: that of the bytes of UTF-8. */
final class Walk {

    private static final String ATTRIBUTES =
            "unix:size,lastModifiedTime,ctime,ino,dev,isRegularFile,isDirectory,isSymbolicLink";
    private static final LinkOption[] AS_IT_IS = {LinkOption.NOFOLLOW_LINKS};
    private static final LinkOption[] WHERE_IT_LEADS = {};
    private static final int MOST_KEY_BYTES = 1_024;

    /** What it finds. */
    interface Visitor {

        /** A file that is to be in the bucket. */
        void file(LocalFile file) throws IOException, InterruptedException;

        /** Something that is left out. */
        void skipped(String path, String code, String words);

        /** Something that cannot be looked at, or cannot be an object. */
        void failed(String path, String code, String words);
    }

    private record Entry(Path file, String path, Map<String, Object> attributes) {

        boolean is(String kind) {
            return Boolean.TRUE.equals(attributes.get(kind));
        }

        /** What makes it the same folder, however it is reached. */
        String identity() {
            return attributes.get("dev") + " " + attributes.get("ino");
        }
    }

    private final Path root;
    private final String prefix;
    private final String symlinks;
    private final Filter filter;
    private final long settleNanos;

    /** The folders that lead to where it is, so that a link back to one of them is no way on. */
    private final Deque<String> above = new ArrayDeque<>();

    /** Files that were changed less than so long ago are left out: they may still be written. */
    Walk(JobConfig job, int settleSeconds) {
        this.root = Path.of(job.source()).toAbsolutePath();
        this.prefix = job.prefix();
        this.symlinks = job.symlinks();
        this.filter = new Filter(job.include(), job.exclude());
        this.settleNanos = TimeUnit.SECONDS.toNanos(settleSeconds);
    }

    /** Whether the folder is there. */
    boolean isThere() {
        return Files.isDirectory(root);
    }

    Path root() {
        return root;
    }

    /** What is taken, and what is left out. */
    Filter filter() {
        return filter;
    }

    /** Where a file is; links that are followed end there. */
    Path locate(String path) throws IOException {
        Path file = root.resolve(path);
        return symlinks.equals("follow") ? file.toRealPath() : file;
    }

    /** Goes through all of it. */
    void run(Visitor visitor) throws IOException, InterruptedException {
        visitFolder(new Entry(root, "", Files.readAttributes(root, ATTRIBUTES)), visitor);
    }

    /** Goes through one file or folder again; it is in an order of its own. */
    void again(String path, Visitor visitor) throws IOException, InterruptedException {
        if (path.equals(".")) {
            run(visitor);
            return;
        }
        Path below = Path.of(path);
        for (int parts = 1; parts < below.getNameCount(); parts++) {
            if (filter.leavesOut(below.subpath(0, parts).toString())) {
                return;
            }
        }
        Path file = root.resolve(below);
        Path parent = Objects.requireNonNullElse(file.getParent(), root);
        if (!symlinks.equals("follow") && Files.exists(parent) && !isBelow(parent)) {
            visitor.skipped(path, "link", "a symbolic link leads to it");
            return;
        }
        PriorityQueue<Entry> folders =
                new PriorityQueue<>(Comparator.comparing(entry -> entry.path + "/", Keys::compare));
        visit(file, path, folders, visitor);
        for (Entry folder : folders) {
            visitFolder(folder, visitor);
        }
    }

    /** Whether no link leads there. */
    private boolean isBelow(Path folder) throws IOException {
        return folder.toRealPath().equals(root.toRealPath().resolve(root.relativize(folder)));
    }

    /**
     * By name, and folders where their keys are: those begin with its name and a slash, so that a folder that is found waits until
     * names before that are through.
     */
    private void visitFolder(Entry folder, Visitor visitor) throws IOException, InterruptedException {
        String path = folder.path.isEmpty() ? "" : folder.path + "/";
        Names names = new Names();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.file)) {
            for (Path file : files) {
                names.add(String.valueOf(file.getFileName()));
            }
        } catch (DirectoryIteratorException | IOException e) {
            visitor.failed(path.isEmpty() ? "." : folder.path, "cannotRead", "the folder cannot be read: " + reason(e));
            return;
        }
        names.sort();
        above.push(folder.identity());
        PriorityQueue<Entry> folders =
                new PriorityQueue<>(Comparator.comparing(entry -> entry.path + "/", Keys::compare));
        for (int index = 0; index < names.count(); index++) {
            String name = path + names.get(index);
            while (!folders.isEmpty() && Keys.compare(folders.peek().path + "/", name) < 0) {
                visitFolder(folders.remove(), visitor);
            }
            visit(folder.file.resolve(names.get(index)), name, folders, visitor);
        }
        while (!folders.isEmpty()) {
            visitFolder(folders.remove(), visitor);
        }
        above.pop();
    }

    private void visit(Path file, String path, PriorityQueue<Entry> folders, Visitor visitor)
            throws IOException, InterruptedException {
        if (path.indexOf('\uFFFD') >= 0) {
            visitor.failed(path, "notUtf8", "the name is not UTF-8, so no key can be made of it; rename it");
            return;
        }
        if (filter.leavesOut(path)) {
            return;
        }
        Entry entry = look(file, path, visitor);
        if (entry == null) {
            return;
        }
        if (!entry.is("isDirectory")) {
            visitFile(entry, visitor);
        } else if (above.contains(entry.identity())) {
            visitor.skipped(path, "link", "a symbolic link to a folder that it is in");
        } else {
            folders.add(entry);
        }
    }

    /** Null: it cannot be looked at, and the visitor knows. */
    private @Nullable Entry look(Path file, String path, Visitor visitor) {
        try {
            LinkOption[] how = symlinks.equals("follow") ? WHERE_IT_LEADS : AS_IT_IS;
            return new Entry(file, path, Files.readAttributes(file, ATTRIBUTES, how));
        } catch (NoSuchFileException e) {
            visitor.skipped(path, "vanished", "it was gone before it could be looked at, or a link leads nowhere");
        } catch (IOException e) {
            visitor.failed(path, "cannotRead", "it cannot be looked at: " + reason(e));
        }
        return null;
    }

    private static String reason(Exception failure) {
        Throwable cause = failure instanceof DirectoryIteratorException wrapped ? wrapped.getCause() : failure;
        return cause == null ? failure.toString() : cause.getClass().getSimpleName();
    }

    private void visitFile(Entry entry, Visitor visitor) throws IOException, InterruptedException {
        String key = prefix + entry.path;
        if (!filter.takes(entry.path)) {
            return;
        }
        if (!entry.is("isRegularFile")) {
            visitOther(entry, visitor);
            return;
        }
        if (key.length() * 3 > MOST_KEY_BYTES && key.getBytes(StandardCharsets.UTF_8).length > MOST_KEY_BYTES) {
            visitor.failed(entry.path, "keyTooLong", "its key would have more than " + MOST_KEY_BYTES + " bytes");
            return;
        }
        Stamp stamp = Stamp.of(entry.attributes);
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        if (settleNanos > 0 && now - stamp.modifiedNanos() < settleNanos && now >= stamp.modifiedNanos()) {
            visitor.skipped(entry.path, "settling", "it was changed a moment ago; the next run takes it");
            return;
        }
        visitor.file(new LocalFile(entry.path, key, stamp));
    }

    private void visitOther(Entry entry, Visitor visitor) {
        boolean isLink = entry.is("isSymbolicLink");
        String code = isLink ? "link" : "special";
        String words = isLink ? "a symbolic link" : "neither a file nor a folder";
        if (isLink && symlinks.equals("fail")) {
            visitor.failed(entry.path, code, words);
        } else {
            visitor.skipped(entry.path, code, words);
        }
    }
}
