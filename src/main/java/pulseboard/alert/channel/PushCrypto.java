package pulseboard.alert.channel;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The cryptography of web push, by the JDK's means: messages for one browser (RFC 8291, RFC 8188) and who sends them (RFC 8292). */
final class PushCrypto {

    /** A key as browsers write it: a point of the curve P-256, uncompressed. */
    static final int KEY_BYTES = 65;

    static final int AUTH_BYTES = 16;
    static final int SALT_BYTES = 16;

    /** What a push service has to take, RFC 8030; what the cipher adds is within. */
    static final int MOST_BYTES = 4096;

    private static final int COORDINATE_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final int CIPHER_KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int LAST_RECORD = 2;
    private static final String SHA256 = "HmacSHA256";
    private static final ECParameterSpec CURVE = curve();

    private PushCrypto() {}

    private static ECParameterSpec curve() {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(CURVE);
        return generator.generateKeyPair();
    }

    /** A public key as browsers write it. */
    static byte[] point(KeyPair keys) {
        ECPoint point = ((ECPublicKey) keys.getPublic()).getW();
        return ByteBuffer.allocate(KEY_BYTES)
                .put((byte) 4)
                .put(coordinate(point.getAffineX()))
                .put(coordinate(point.getAffineY()))
                .array();
    }

    private static byte[] coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[COORDINATE_BYTES];
        int length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return fixed;
    }

    /** The key that a browser wrote; fails when it is no point of the curve. */
    static ECPublicKey key(byte[] point) throws GeneralSecurityException {
        if (point.length != KEY_BYTES || point[0] != 4) {
            throw new GeneralSecurityException("a key has 65 bytes and begins with 4");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, KEY_BYTES));
        BigInteger p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
        BigInteger right = x.pow(3)
                .add(CURVE.getCurve().getA().multiply(x))
                .add(CURVE.getCurve().getB())
                .mod(p);
        if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0 || !y.pow(2).mod(p).equals(right)) {
            throw new GeneralSecurityException("a key must be a point of P-256");
        }
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE));
    }

    /**
     * What only this browser can read: one record of {@code aes128gcm}.
     *
     * @param own keys for this message alone
     * @param salt 16 random bytes, for this message alone
     */
    static byte[] encrypt(byte[] text, Browser browser, KeyPair own, byte[] salt) throws GeneralSecurityException {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(own.getPrivate());
        agreement.doPhase(key(browser.key()), true);
        byte[] info = joined("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), browser.key(), point(own));
        byte[] input = derived(mac(browser.auth(), agreement.generateSecret()), info, COORDINATE_BYTES);
        byte[] secret = mac(salt, input);
        byte[] key = derived(secret, ascii("Content-Encoding: aes128gcm\0"), CIPHER_KEY_BYTES);
        byte[] nonce = derived(secret, ascii("Content-Encoding: nonce\0"), NONCE_BYTES);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        byte[] sealed = cipher.doFinal(joined(text, new byte[] {LAST_RECORD}));
        byte[] size = ByteBuffer.allocate(Integer.BYTES).putInt(MOST_BYTES).array();
        return joined(salt, size, new byte[] {KEY_BYTES}, point(own), sealed);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** HKDF's second half (RFC 5869), for no more than one block. */
    private static byte[] derived(byte[] key, byte[] info, int length) throws GeneralSecurityException {
        return Arrays.copyOf(mac(key, joined(info, new byte[] {1})), length);
    }

    private static byte[] mac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(SHA256);
        mac.init(new SecretKeySpec(key, SHA256));
        return mac.doFinal(data);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Says to a push service who sends, until when that is good, and whom to ask: a signed token. */
    static String token(PrivateKey key, String audience, long untilSeconds, String contact)
            throws GeneralSecurityException {
        String head = base64(ascii("{\"typ\":\"JWT\",\"alg\":\"ES256\"}"));
        String claims = new JsonObject()
                .put("aud", audience)
                .put("exp", untilSeconds)
                .put("sub", contact)
                .encode();
        String text = head + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key);
        signature.update(ascii(text));
        return text + "." + base64(signature.sign());
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
