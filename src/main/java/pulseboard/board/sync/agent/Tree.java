package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Entry.Kind;
import pulseboard.board.sync.rules.Names;

/**
 * A folder, each access to which goes from directory to directory by open handles and follows no link: whoever swaps a directory for a
 * link meanwhile leads nobody out of it. Any thread.
 */
final class Tree {

    private static final Set<StandardOpenOption> READ = EnumSet.of(StandardOpenOption.READ);

    /** From the owner's right to read, 0400, down. */
    private static final PosixFilePermission[] BITS = PosixFilePermission.values();

    private final Path root;
    private final Path own;

    Tree(Path root) {
        this.root = root;
        this.own = root.resolve(Names.PRIVATE);
    }

    Path root() {
        return root;
    }

    /** What the agent keeps for itself, on the same file system. */
    Path own(String name) {
        return own.resolve(name);
    }

    /** An open directory; to be closed. */
    SecureDirectoryStream<Path> open(String path) throws IOException {
        SecureDirectoryStream<Path> directory = secure(root);
        try {
            for (String part : path.isEmpty() ? new String[0] : path.split("/", -1)) {
                SecureDirectoryStream<Path> outer = directory;
                directory = outer.newDirectoryStream(Path.of(part), LinkOption.NOFOLLOW_LINKS);
                outer.close();
            }
            return directory;
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    @SuppressWarnings("StreamResourceLeak") // Whoever asked closes it.
    private static SecureDirectoryStream<Path> secure(Path path) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(path);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this system has no handles of directories, without which nothing is synced");
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static Path name(String path) {
        return Path.of(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What is there; nothing where a directory on the way is missing or is none. */
    Stat stat(String path) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            return stat(directory, path);
        } catch (FileSystemException e) {
            if (isNoDirectory(e)) {
                return Stat.NOTHING;
            }
            throw e;
        }
    }

    /** Whether a directory on the way is missing, or is something else: a file, or a link, which nobody follows. */
    static boolean isNoDirectory(FileSystemException e) {
        String reason = String.valueOf(e.getReason());
        return e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || reason.contains("Not a directory")
                || reason.contains("Too many levels of symbolic links");
    }

    /** Whether a directory lists this very name: where the file system takes other letters for the same, another one may be there. */
    boolean isListed(String path) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            for (Path each : directory) {
                if (each.getFileName().equals(name(path))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What is in an open directory; the path is the whole one. */
    Stat stat(SecureDirectoryStream<Path> directory, String path) throws IOException {
        PosixFileAttributes read;
        try {
            read = directory
                    .getFileAttributeView(name(path), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
        } catch (NoSuchFileException e) {
            return Stat.NOTHING;
        }
        Kind kind = read.isRegularFile()
                ? Kind.FILE
                : read.isDirectory() ? Kind.DIRECTORY : read.isSymbolicLink() ? Kind.LINK : Kind.ABSENT;
        int mode = kind == Kind.LINK ? 0 : mode(read.permissions());
        long size = kind == Kind.FILE ? read.size() : 0;
        long mtime = read.lastModifiedTime().to(TimeUnit.NANOSECONDS);
        long ctime = kind == Kind.FILE ? ctime(path) : 0;
        return new Stat(kind, size, mtime, ctime, String.valueOf(read.fileKey()), mode);
    }

    /** By its name, since handles do not tell it: it only says that something changed, and nothing is done by it. */
    private long ctime(String path) {
        try {
            Object time = Files.getAttribute(root.resolve(path), "unix:ctime", LinkOption.NOFOLLOW_LINKS);
            return time instanceof FileTime known ? known.to(TimeUnit.NANOSECONDS) : 0;
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (int bit = 0; bit < BITS.length; bit++) {
            mode |= permissions.contains(BITS[bit]) ? 0400 >> bit : 0;
        }
        return mode;
    }

    static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BITS.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                all.add(BITS[bit]);
            }
        }
        return all;
    }

    /** Where a link points to. It is read by its name, and only shown to others as text. */
    String link(String path) throws IOException {
        return Files.readSymbolicLink(root.resolve(path)).toString();
    }

    FileChannel read(String path) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            if (directory.newByteChannel(name(path), options()) instanceof FileChannel file) {
                return file;
            }
            throw new IOException("cannot read " + path);
        }
    }

    private static Set<java.nio.file.OpenOption> options() {
        Set<java.nio.file.OpenOption> all = new java.util.HashSet<>(READ);
        all.add(LinkOption.NOFOLLOW_LINKS);
        return all;
    }

    /** Renames something of the agent's own to a path, in place of a file or link that is there. Makes the directories that are missing. */
    void place(Path own, String path) throws IOException {
        try (SecureDirectoryStream<Path> from = secure(Objects.requireNonNull(own.getParent()));
                SecureDirectoryStream<Path> to = openMade(parent(path))) {
            from.move(own.getFileName(), to, name(path));
        }
    }

    /** Opens it, and asks what there is only where it is not there. */
    private SecureDirectoryStream<Path> openMade(String path) throws IOException {
        try {
            return open(path);
        } catch (NoSuchFileException e) {
            makeDirectories(path);
            return open(path);
        }
    }

    /** Renames a file of the folder to something of the agent's own. */
    void take(String path, Path own) throws IOException {
        try (SecureDirectoryStream<Path> from = open(parent(path));
                SecureDirectoryStream<Path> to = secure(Objects.requireNonNull(own.getParent()))) {
            from.move(name(path), to, own.getFileName());
        }
    }

    /** Renames within the folder. */
    void move(String from, String path) throws IOException {
        makeDirectories(parent(path));
        try (SecureDirectoryStream<Path> source = open(parent(from));
                SecureDirectoryStream<Path> to = open(parent(path))) {
            source.move(name(from), to, name(path));
        }
    }

    /** Makes what is missing. A new directory is made apart and renamed into its place, since handles cannot make any. */
    void makeDirectories(String path) throws IOException {
        if (path.isEmpty() || stat(path).kind() == Kind.DIRECTORY) {
            return;
        }
        makeDirectories(parent(path));
        Path made = own(UUID.randomUUID().toString());
        Files.createDirectory(made, PosixFilePermissions.asFileAttribute(permissions(0755)));
        try (SecureDirectoryStream<Path> from = secure(own);
                SecureDirectoryStream<Path> to = open(parent(path))) {
            from.move(made.getFileName(), to, name(path));
        } catch (IOException e) {
            Files.deleteIfExists(made);
            throw new FileAlreadyExistsException(
                    path, null, "something that is no directory is there: " + e.getMessage());
        }
    }

    void setMode(String path, int mode) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            directory
                    .getFileAttributeView(name(path), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(permissions(mode));
        }
    }

    void setTime(String path, long mtimeNanos) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            FileTime time = FileTime.from(mtimeNanos, TimeUnit.NANOSECONDS);
            directory
                    .getFileAttributeView(name(path), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(time, null, null);
        }
    }

    void delete(String path, @Nullable Kind kind) throws IOException {
        try (SecureDirectoryStream<Path> directory = open(parent(path))) {
            if (kind == Kind.DIRECTORY) {
                directory.deleteDirectory(name(path));
            } else {
                directory.deleteFile(name(path));
            }
        }
    }
}
