package pulseboard.alert.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PushCryptoTest {

    private static final String SENDER =
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8";
    private static final String SENDER_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw";
    private static final String BROWSER =
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private static final String AUTH = "BTBZMqHH6r4Tts7J_aSIgg";

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    static Browser browser(String endpoint) {
        return Browser.of("ann", JsonObject.of("endpoint", endpoint, "p256dh", BROWSER, "auth", AUTH));
    }

    /** RFC 8291, appendix A. */
    @Test
    void messageIsThatOfTheStandard() throws GeneralSecurityException {
        ECPublicKey sender = PushCrypto.key(bytes(SENDER));
        KeyPair keys = new KeyPair(
                sender,
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new ECPrivateKeySpec(new BigInteger(1, bytes(SENDER_PRIVATE)), sender.getParams())));
        byte[] text = "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.US_ASCII);
        byte[] sealed =
                PushCrypto.encrypt(text, browser("https://push.example/x"), keys, bytes("DGv6ra1nlYgDCS1FRnbzlw"));
        assertEquals(
                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
                        + "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
                PushCrypto.base64(sealed));
    }

    @Test
    void tokenSaysWhoForWhomAndUntilWhen() throws GeneralSecurityException {
        KeyPair keys = PushCrypto.newKeys();
        String token = PushCrypto.token(keys.getPrivate(), "https://push.example", 1_000, "mailto:ops@example.net");
        String[] parts = token.split("\\.", -1);
        assertEquals(
                new JsonObject("{\"aud\":\"https://push.example\",\"exp\":1000,\"sub\":\"mailto:ops@example.net\"}"),
                new JsonObject(new String(bytes(parts[1]), StandardCharsets.UTF_8)));
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(keys.getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertTrue(signature.verify(bytes(parts[2])));
    }

    @Test
    void keysHaveTheirLengthWhateverTheirNumbers() throws GeneralSecurityException {
        for (int i = 0; i < 300; i++) { // One in 256 has a zero in front.
            byte[] point = PushCrypto.point(PushCrypto.newKeys());
            assertEquals(PushCrypto.KEY_BYTES, point.length);
            PushCrypto.key(point);
        }
    }

    @Test
    void pointBesideTheCurveIsRefused() {
        byte[] point = bytes(BROWSER);
        point[64] ^= 1;
        assertThrows(GeneralSecurityException.class, () -> PushCrypto.key(point));
        assertThrows(GeneralSecurityException.class, () -> PushCrypto.key(new byte[65]));
    }
}
