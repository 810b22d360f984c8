package pulseboard.web;

import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.oidc.Flow;

/**
 * Sign-ins that browsers have begun and not come back from. Each browser keeps its own, sealed (AES-GCM) with a key that only
 * this process has: nobody's requests can push out what others have begun. Used on one event loop.
 */
final class PendingLogins {

    static final int MINUTES = 10;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int MOST_CHARACTERS = 4096;

    /** Of ended ones, as a second bolt: the provider takes each code only once. */
    private static final int MOST_ENDED = 1000;

    private final Set<String> ended = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_ENDED;
        }
    });
    private final SecureRandom random = new SecureRandom();
    private final LongSupplier nanoClock;
    private final SecretKey key;

    PendingLogins(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.key = new SecretKeySpec(randomBytes(KEY_BYTES), "AES");
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** The text of the browser's cookie. */
    String seal(Flow flow) {
        JsonArray begun = JsonArray.of(nanoClock.getAsLong(), flow.state(), flow.nonce(), flow.verifier());
        byte[] nonce = randomBytes(NONCE_BYTES);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(begun.encode().getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // Every Java has it.
        }
    }

    /** What was sealed, once; null when this process has not sealed it, or too long ago. */
    @Nullable
    Flow take(String cookie) {
        Flow flow = open(cookie);
        return flow != null && ended.add(flow.state()) ? flow : null;
    }

    private @Nullable Flow open(String cookie) {
        try {
            byte[] all = cookie.length() > MOST_CHARACTERS
                    ? new byte[0]
                    : Base64.getUrlDecoder().decode(cookie);
            if (all.length <= NONCE_BYTES) {
                return null;
            }
            ByteBuffer rest = ByteBuffer.wrap(all);
            byte[] nonce = new byte[NONCE_BYTES];
            rest.get(nonce);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, NONCE_BYTES, rest.remaining());
            JsonArray begun = new JsonArray(new String(text, StandardCharsets.UTF_8));
            boolean isOld = nanoClock.getAsLong() - begun.getLong(0) > TimeUnit.MINUTES.toNanos(MINUTES);
            return isOld ? null : new Flow("", begun.getString(1), begun.getString(2), begun.getString(3));
        } catch (GeneralSecurityException | IllegalArgumentException e) { // Not sealed by us, or no Base64.
            return null;
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
