package pulseboard.board.s3.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4 in the header {@code Authorization}, as
 * <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html">AWS describes it</a>. Thread-safe.
 */
final class SignatureV4 {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final int DATE_CHARACTERS = 8;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String scope;
    private final String region;
    private final String service;
    private volatile @Nullable Key lastKey;
    private volatile @Nullable Second lastSecond;

    /** For one service of one region. */
    SignatureV4(String region, String service) {
        this.region = region;
        this.service = service;
        scope = "/" + region + "/" + service + "/aws4_request";
    }

    /** A key is good for a day. */
    private record Key(String date, String secret, SecretKeySpec key) {}

    private record Second(long epochSecond, String text) {}

    /**
     * What is signed.
     *
     * @param method the method of HTTP
     * @param path percent-encoded as it is sent
     * @param query encoded and sorted, without the question mark
     * @param headers all that are signed, by their names in small letters: {@code host} and {@code x-amz-date} at least
     * @param payload the SHA-256 of the body in hexadecimal digits, or the word that stands for it
     */
    record Request(String method, String path, String query, SortedMap<String, String> headers, String payload) {

        private String signedHeaders() {
            return String.join(";", headers.keySet());
        }

        private String canonical(String signedHeaders) {
            StringBuilder text = new StringBuilder(512);
            text.append(method)
                    .append('\n')
                    .append(path)
                    .append('\n')
                    .append(query)
                    .append('\n');
            headers.forEach((name, value) ->
                    text.append(name).append(':').append(spaced(value)).append('\n'));
            return text.append('\n')
                    .append(signedHeaders)
                    .append('\n')
                    .append(payload)
                    .toString();
        }

        /** Several spaces count as one, and none at the ends. */
        private static String spaced(String value) {
            String trimmed = value.strip();
            return trimmed.contains("  ") ? trimmed.replaceAll(" +", " ") : trimmed;
        }
    }

    /** A moment as {@code x-amz-date} has it. */
    String time(Instant moment) {
        Second second = lastSecond;
        if (second == null || second.epochSecond != moment.getEpochSecond()) {
            second = new Second(moment.getEpochSecond(), TIME.format(moment));
            lastSecond = second;
        }
        return second.text;
    }

    /** The value of {@code Authorization}. */
    String authorization(Request request, String accessKey, String secret) {
        String time = String.valueOf(request.headers.get("x-amz-date"));
        String date = time.substring(0, DATE_CHARACTERS);
        String signedHeaders = request.signedHeaders();
        String text = ALGORITHM + "\n" + time + "\n" + date + scope + "\n" + sha256(request.canonical(signedHeaders));
        return ALGORITHM + " Credential=" + accessKey + "/" + date + scope + ", SignedHeaders=" + signedHeaders
                + ", Signature=" + HexFormat.of().formatHex(hmac(key(date, secret), text));
    }

    private SecretKeySpec key(String date, String secret) {
        Key key = lastKey;
        if (key == null || !key.date.equals(date) || !key.secret.equals(secret)) {
            SecretKeySpec made = spec(("AWS4" + secret).getBytes(StandardCharsets.UTF_8));
            for (String part : new String[] {date, region, service, "aws4_request"}) {
                made = spec(hmac(made, part));
            }
            key = new Key(date, secret, made);
            lastKey = key;
        }
        return key.key;
    }

    private static SecretKeySpec spec(byte[] key) {
        return new SecretKeySpec(key, HMAC);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
