package pulseboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import pulseboard.auth.NewToken;

/**
 * What a worker of this machine shows to the program: a secret in a file that both can read. It stays over restarts, so that each
 * finds the other again.
 */
final class WorkToken {

    private static final String NAME = "work.token";

    /** What the unit hands over while there is no token: without anything it would not start, and not say why. */
    private static final String NONE = "none";

    private WorkToken() {}

    /** The one in this folder; makes it if there is none. Blocks. */
    static String in(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        Files.createDirectories(folder);
        try {
            return Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? read(file) : make(folder, file);
        } catch (FileAlreadyExistsException e) {
            return read(file);
        }
    }

    /** It is there whole or not at all; a link that is there, or anything else, is not followed and not replaced. */
    private static String make(Path folder, Path file) throws IOException {
        String secret = NewToken.of("work", null, Set.of(), Long.MAX_VALUE).secret();
        Path whole = Files.createTempFile(
                folder,
                NAME,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(whole, secret + "\n", StandardCharsets.US_ASCII);
            Files.move(whole, file);
            return secret;
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /**
     * The one that is there: systemd's, if it hands one to this service, or that in this folder. Blocks.
     *
     * @throws StartFailure when there is none: a service tries again, as it may have started first
     */
    static String existing(Path folder) throws IOException {
        String credentials = System.getenv("CREDENTIALS_DIRECTORY"); // See systemd.exec(5).
        Path file = (credentials == null ? folder : Path.of(credentials)).resolve(NAME);
        if (!Files.exists(file) || Files.readString(file).equals(NONE)) {
            throw new StartFailure(
                    "work: there is no " + file + "; start pulseboard with the same settings first, which makes it");
        }
        return read(file);
    }

    private static String read(Path file) throws IOException {
        String secret = Files.readString(file).strip();
        if (secret.length() < 40) {
            throw new UserMistake(
                    file + " holds no secret; remove it, and start pulseboard again, which makes a new one");
        }
        return secret;
    }
}
