package pulseboard.auth;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Hashes passwords with PBKDF2-HMAC-SHA512, 16 bytes of salt and {@value #ITERATIONS} iterations, as the <a
 * href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html">OWASP</a> advises; see also <a
 * href="https://www.rfc-editor.org/rfc/rfc8018">RFC 8018</a>. One takes most of a second, on purpose: not for an event loop.
 */
public final class Passwords {

    static final int LEAST_CHARACTERS = 10;
    static final int MOST_CHARACTERS = 200;

    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final String FORMAT = "$pbkdf2-sha512$i=";

    /** As costly to compare with as any, and no password fits. */
    static final String NONE = FORMAT + ITERATIONS + "$" + base64(new byte[SALT_BYTES]) + "$" + base64(new byte[1]);

    private Passwords() {}

    /** The hash to keep, with all that is needed to verify it: {@code $pbkdf2-sha512$i=ITERATIONS$SALT$HASH}. */
    public static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return FORMAT + ITERATIONS + "$" + base64(salt) + "$" + base64(derive(password, salt, ITERATIONS));
    }

    /** Whether this is the password; takes as long when it is not. */
    static boolean matches(String password, String hash) {
        String[] parts = hash.substring(FORMAT.length()).split("\\$", -1);
        Base64.Decoder decoder = Base64.getDecoder();
        byte[] derived = derive(password, decoder.decode(parts[1]), Integer.parseInt(parts[0]));
        return MessageDigest.isEqual(derived, decoder.decode(parts[2]));
    }

    /** What is wrong with a password that somebody has chosen, or null. */
    public static @Nullable String mistake(String password) {
        int length = password.length();
        return length < LEAST_CHARACTERS || length > MOST_CHARACTERS
                ? "a password has " + LEAST_CHARACTERS + " to " + MOST_CHARACTERS + " characters, not " + length
                : null;
    }

    /** A password of 96 random bits. */
    public static String random() {
        return Secret.password();
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(key)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java 17 has it.
        } finally {
            key.clearPassword();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
