package pulseboard.board.sync.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import pulseboard.board.sync.content.Content;

/**
 * What lets a machine in, once: where the coordinator is, who it is, and 128 random bits that only whoever was given them knows.
 *
 * @param host where the coordinator listens
 * @param port on which port
 * @param coordinator who it is, see {@link Identity#id()}
 * @param secret 32 hexadecimal digits
 */
public record Invitation(String host, int port, String coordinator, String secret) {

    /** How long one is good for. */
    public static final long MILLISECONDS = 15 * 60_000;

    /** How the note of one that was used ends. */
    public static final String USED = ".used";

    /** How many digits of its hash name it. */
    public static final int ID = 16;

    private static final Pattern SECRET = Pattern.compile("[0-9a-f]{32}");

    /** A new one. */
    public static Invitation to(String host, int port, String coordinator) {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        return new Invitation(host, port, coordinator, HexFormat.of().formatHex(secret));
    }

    /** One word, to be copied. */
    public String code() {
        String text = String.join("\n", host, Integer.toString(port), coordinator, secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #code()} wrote.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Invitation of(String code) {
        String[] parts =
                new String(Base64.getUrlDecoder().decode(code.strip()), StandardCharsets.UTF_8).split("\n", -1);
        if (parts.length != 4 || !parts[2].matches("[0-9a-f]{64}") || !isSecret(parts[3])) {
            throw new IllegalArgumentException("no invitation");
        }
        return new Invitation(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]);
    }

    /** Whether this can be the secret of one. */
    public static boolean isSecret(String text) {
        return SECRET.matcher(text).matches();
    }

    /** What it is called where it is listed: nobody gets in by that. */
    public String id() {
        return hash(secret).substring(0, ID);
    }

    /** Notes in a folder that it was given; only its hash, so that who reads the folder cannot use it. */
    public void keep(Path folder, String syncFolder, long nowMilliseconds) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(hash(secret)), (nowMilliseconds + MILLISECONDS) + " " + syncFolder);
    }

    /**
     * Uses it up, for a machine of that name. Returns the folder that it is for; empty when it was used, is too old, or was never given.
     */
    public static String use(Path folder, String secret, String name, long nowMilliseconds) throws IOException {
        if (!isSecret(secret)) {
            return "";
        }
        Path file = folder.resolve(hash(secret));
        Path used = folder.resolve(hash(secret) + USED);
        try {
            String[] noted = Files.readString(file).split(" ", 2);
            if (noted.length != 2 || Long.parseLong(noted[0]) < nowMilliseconds) {
                return "";
            }
            Files.move(file, used, StandardCopyOption.ATOMIC_MOVE); // Who comes second finds nothing.
            Files.writeString(used, "\n" + nowMilliseconds + " " + name, StandardOpenOption.APPEND);
            return noted[1];
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static String hash(String secret) {
        return HexFormat.of().formatHex(Content.sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
    }
}
