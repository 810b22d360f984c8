package pulseboard.install;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The machine's files, or those below a folder that stands for another machine. All paths are as seen on that machine. */
final class Disk {

    private final Path root;

    Disk(Path root) {
        this.root = root;
    }

    /** The machine's own files, or those below an image's folder. */
    static Disk of(@Nullable Path image) {
        if (image != null && !Files.isDirectory(image)) {
            throw new Refusal("--root: there is no folder " + image);
        }
        return new Disk(image == null ? Path.of("/") : image);
    }

    /** The path as it is to be shown to a person: with the folder that stands for the machine. */
    String shown(Path path) {
        return real(path).toString();
    }

    boolean hasFolder(Path path) {
        return Files.isDirectory(real(path), LinkOption.NOFOLLOW_LINKS);
    }

    private Path real(Path path) {
        return root.resolve(Path.of("/").relativize(path).toString());
    }

    boolean has(Path path) {
        return Files.exists(real(path), LinkOption.NOFOLLOW_LINKS);
    }

    String read(Path path) throws IOException {
        return Files.readString(real(path));
    }

    /** Puts a file into place in one step, so that who has the old one open keeps it whole. */
    void write(Piece piece) throws IOException {
        Path target = real(piece.path());
        makeFolder(target.getParent());
        Path fresh = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            piece.content().writeTo(fresh);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString(piece.mode()));
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private void makeFolder(@Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            makeFolder(folder.getParent());
            Files.createDirectory(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
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

    /** Removes a folder with all that is in it; says whether it was there. */
    boolean removeTree(Path folder) throws IOException {
        if (!has(folder)) {
            return false;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(real(folder))) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
        return true;
    }
}
