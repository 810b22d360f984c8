package pulseboard.install;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The machine's files, or those below a folder that stands for another machine. All paths are as seen on that machine, links
 * too: one of an image never leads out of it.
 */
final class ImageRoot {

    /** What the kernel follows in one path, see path_resolution(7). */
    private static final int MOST_LINKS = 40;

    /** Deeper than any folder of the program; each level takes an open file and some of the stack. */
    private static final int MOST_LEVELS = 64;

    private final Path root;

    ImageRoot(Path root) {
        this.root = root;
    }

    /** The machine's own files, or those below an image's folder. */
    static ImageRoot of(@Nullable Path image) {
        if (image != null && !Files.isDirectory(image)) {
            throw new Refusal("--root: there is no folder " + image);
        }
        return new ImageRoot(image == null ? Path.of("/") : image);
    }

    /** The path as it is to be shown to a person: with the folder that stands for the machine. */
    String shown(Path path) {
        return root.resolve(Path.of("/").relativize(path).toString()).toString();
    }

    boolean hasFolder(Path path) {
        return Files.isDirectory(real(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** Where a path is; its last name is not followed. */
    private Path real(Path path) {
        Path parent = path.normalize().getParent();
        return parent == null ? root : follow(parent, 0).resolve(path.getFileName());
    }

    /** Goes down name by name, as the kernel does for a process whose root this is. */
    private Path follow(Path path, int links) {
        Path seen = Path.of("/");
        for (Path name : path) {
            Path next = seen.resolve(name).normalize();
            Path found = below(next);
            if (!Files.isSymbolicLink(found)) {
                seen = next;
                continue;
            }
            if (links >= MOST_LINKS) {
                throw new Refusal("--root: too many links on the way to " + shown(path));
            }
            Path rest = next.relativize(path.normalize());
            Path target = seen.resolve(target(found)).normalize();
            return follow(target.resolve(rest).normalize(), links + 1);
        }
        return below(seen);
    }

    private static Path target(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path below(Path path) {
        return root.resolve(Path.of("/").relativize(path).toString());
    }

    boolean has(Path path) {
        return Files.exists(real(path), LinkOption.NOFOLLOW_LINKS);
    }

    String read(Path path) throws IOException {
        return Files.readString(follow(path, 0));
    }

    /** Puts a file into place in one step, so that who has the old one open keeps it whole. */
    void write(FileEntry entry) throws IOException {
        Path target = real(entry.path());
        makeFolder(entry.path().getParent());
        Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            entry.content().writeTo(fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(entry.mode()));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(follow(folder, 0), LinkOption.NOFOLLOW_LINKS)) {
            makeFolder(folder.getParent());
            Path made = follow(folder, 0);
            Files.createDirectory(made);
            Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** These files and, of the folders that they are in, those that are not there. */
    Collection<Path> withMissingFolders(Collection<Path> files) {
        Collection<Path> all = new TreeSet<>(files);
        for (Path file : files) {
            for (Path folder = file.getParent(); folder != null && !has(folder); folder = folder.getParent()) {
                all.add(folder);
            }
        }
        return all;
    }

    /** Removes files, and folders that are empty then. */
    void remove(Collection<Path> paths) throws IOException {
        for (Path path : new TreeSet<>(paths).descendingSet()) {
            try {
                Files.deleteIfExists(real(path));
            } catch (DirectoryNotEmptyException e) {
                // Somebody else has put something there; it is theirs.
            }
        }
    }

    /**
     * Removes a folder with all that is in it; says whether it was there. It may be another user's, who could put a link to
     * elsewhere in the place of a folder meanwhile: so each is opened without following links, and names are removed from what is
     * open, see {@code unlinkat(2)}.
     */
    boolean removeTree(Path folder) throws IOException {
        if (!has(folder)) {
            return false;
        }
        Path real = real(folder);
        if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> parent = Files.newDirectoryStream(real.getParent())) {
                remove(secure(parent), real.getFileName(), 0);
            }
        } else {
            Files.delete(real);
        }
        return true;
    }

    private static void remove(SecureDirectoryStream<Path> parent, Path name, int level) throws IOException {
        if (level > MOST_LEVELS) {
            throw new IOException("more than " + MOST_LEVELS + " folders in each other; remove them by hand");
        }
        boolean isFolder = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
        if (!isFolder) {
            parent.deleteFile(name);
            return;
        }
        try (SecureDirectoryStream<Path> folder = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            for (Path entry : folder) {
                remove(folder, entry.getFileName(), level + 1);
            }
        }
        parent.deleteDirectory(name);
    }

    private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> folder) throws IOException {
        if (folder instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        throw new IOException("this system cannot open a folder without following links");
    }
}
