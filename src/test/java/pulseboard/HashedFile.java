package pulseboard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Files that begin with the hash of the rest: whoever reads one sees whether it is whole. */
public final class HashedFile {

    private static final int DIGITS = 64;

    private HashedFile() {}

    /** Writes one aside, in that folder, and puts it there whole. Returns its hash. */
    public static String write(Path aside, Path file, byte[] bytes, Instant time) throws IOException {
        String hash = HexFormat.of().formatHex(sha256().digest(bytes));
        Path made = Files.createTempFile(aside, "made", "");
        Files.write(made, (hash + "\n").getBytes(StandardCharsets.UTF_8));
        Files.write(made, bytes, StandardOpenOption.APPEND);
        Files.setLastModifiedTime(made, FileTime.from(time));
        Files.createDirectories(file.getParent());
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        return hash;
    }

    /** The hash of one; "torn" if it is not whole, and "gone" if it is not there. */
    public static String hashOf(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String said = new String(bytes, 0, Math.min(DIGITS, bytes.length), StandardCharsets.UTF_8);
            MessageDigest digest = sha256();
            int rest = Math.min(DIGITS + 1, bytes.length);
            digest.update(bytes, rest, bytes.length - rest);
            return said.equals(HexFormat.of().formatHex(digest.digest())) ? said : "torn";
        } catch (IOException e) {
            return "gone";
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
