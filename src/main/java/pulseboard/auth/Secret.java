package pulseboard.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Random text that nobody can guess. */
final class Secret {

    /** So that scanners for secrets, and people, know one when they see it. */
    static final String PREFIX = "pulseboard_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final int PASSWORD_BYTES = 12;

    private Secret() {}

    /** A token of 256 random bits. */
    static String token() {
        return PREFIX + random(TOKEN_BYTES);
    }

    /** A password of 96 random bits. */
    static String password() {
        return random(PASSWORD_BYTES);
    }

    /** A name for a token that tells nothing of it. */
    static String id() {
        byte[] bytes = new byte[5];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** What is kept of a token. It is random enough to need neither salt nor a slow hash. */
    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    private static String random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
