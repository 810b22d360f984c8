package pulseboard.auth;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of text in the state folder. The service and the command line both change it, so it is locked meanwhile and replaced as
 * a whole; only its owner can read it. Any thread may use it; all blocks.
 */
public final class LockedFile implements KeptText {

    private static final String OURS_ONLY = "rw-------";

    private final Path folder;
    private final Path file;
    private final Path lock;

    /** The same, for a look each second. */
    private final File looked;

    private @Nullable Object written;

    /** A file of this name, with {@code .json} behind it, which may not be there yet. */
    public LockedFile(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name + ".json");
        this.lock = folder.resolve(name + ".lock");
        this.looked = file.toFile();
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public @Nullable String read() throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            throw new IOException(
                    file + " cannot be read by this user; run it as root or as the user of the service", e);
        }
    }

    @Override
    public @Nullable Object version() throws IOException {
        if (looked.lastModified() == 0) {
            return null; // Each second where there are no users, and so not by an exception.
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Arrays.asList(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public @Nullable Object written() {
        return written;
    }

    /** Makes the file if need be. */
    @Override
    public void update(Update change) throws IOException {
        synchronized (LockedFile.class) { // A lock on a file is one between processes.
            makeFolder();
            try (FileChannel channel = open(lock, StandardOpenOption.CREATE)) {
                FileLock unused = channel.lock(); // Closing the channel releases it.
                replace(file, change.apply(read()));
                written = version(); // While nobody else can write.
            } catch (AccessDeniedException e) {
                throw new IOException(
                        folder + " cannot be written by this user; run it as root or as the user of the service", e);
            }
        }
    }

    /** Writes a text for its owner only. A power cut leaves the old file or the new one. */
    void replace(Path target, String text) throws IOException {
        Path fresh = folder.resolve(target.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = open(fresh, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            if (isPosix()) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    /** Root on the command line leaves files to the user of the service, whose folder it is. */
    private FileChannel open(Path path, OpenOption how) throws IOException {
        // The folder is that user's, who could make links in it: root shall neither write nor give away what is
        // elsewhere.
        Set<OpenOption> options = Set.of(how, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        if (!isPosix()) {
            return FileChannel.open(path, options);
        }
        FileChannel channel = FileChannel.open(
                path, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OURS_ONLY)));
        FileOwnerAttributeView view =
                Files.getFileAttributeView(path, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!view.getOwner().equals(Files.getOwner(folder))) {
            view.setOwner(Files.getOwner(folder));
        }
        return channel;
    }

    private boolean isPosix() {
        return Files.getFileAttributeView(folder, PosixFileAttributeView.class) != null;
    }
}
