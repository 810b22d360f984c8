package pulseboard.auth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The file that keeps users and tokens, {@code accounts.json}. The service and the command line both change it, so it is
 * locked meanwhile and replaced as a whole; only its owner can read it. Any thread may use it; all blocks.
 */
public final class AccountsFile {

    private static final String OURS_ONLY = "rw-------";

    private final Path folder;
    private final Path file;

    /** The same, for a look each second. */
    private final File looked;

    private @Nullable Object written;

    /** The file in this folder, which may not be there yet. */
    public AccountsFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("accounts.json");
        this.looked = file.toFile();
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /**
     * What it holds; nobody, while it is not there.
     *
     * @throws IOException when it cannot be read or is no such file; the message is one line for people
     */
    public Accounts read() throws IOException {
        try {
            return Accounts.of(new JsonObject(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Accounts.NONE;
        } catch (AccessDeniedException e) {
            throw new IOException(
                    file + " cannot be read by this user; run it as root or as the user of the service", e);
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            throw new IOException(file + " is damaged; mend it, or move it away to begin anew: " + e.getMessage(), e);
        }
    }

    /** Something that is another whenever the file is another, or null while it is not there. */
    @Nullable
    Object version() throws IOException {
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

    /** What {@link #version} was right after the last update by this object. */
    @Nullable
    Object written() {
        return written;
    }

    /**
     * Changes what it holds, and makes it if need be.
     *
     * @return what it holds now
     * @throws IOException when that cannot be; then it holds what it held
     */
    public Accounts update(UnaryOperator<Accounts> change) throws IOException {
        synchronized (AccountsFile.class) { // A lock on a file is one between processes.
            makeFolder();
            try (FileChannel channel = open(folder.resolve("accounts.lock"), StandardOpenOption.CREATE)) {
                FileLock unused = channel.lock(); // Closing the channel releases it.
                Accounts accounts = change.apply(read());
                replace(file, accounts.toJson().encodePrettily() + "\n");
                written = version(); // While nobody else can write.
                return accounts;
            } catch (AccessDeniedException e) {
                throw new IOException(
                        folder + " cannot be written by this user; run it as root or as the user of the service", e);
            }
        }
    }

    /** Keeps the password that the first user was given, for its owner to read and then to change. */
    public void keepInitialPassword(String password) throws IOException {
        replace(initialPassword(), password + "\n");
    }

    /** Forgets it, once it is changed. */
    public void forgetInitialPassword() throws IOException {
        Files.deleteIfExists(initialPassword());
    }

    /** Where the password of the first user is kept until it is changed. */
    public Path initialPassword() {
        return folder.resolve("initial-admin-password");
    }

    /** Writes a text for its owner only. A power cut leaves the old file or the new one. */
    private void replace(Path target, String text) throws IOException {
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
