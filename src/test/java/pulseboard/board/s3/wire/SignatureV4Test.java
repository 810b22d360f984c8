package pulseboard.board.s3.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;

/** Signatures are those that AWS has published, and those of its SDK. */
class SignatureV4Test {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** The suite of AWS ("aws-sig-v4-test-suite"): its names, and what is signed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get-vanilla|GET /|5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "get-vanilla-query|GET /?Param1=value1|a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb",
                "get-vanilla-query-order-key-case|GET /?Param1=value1&Param2=value2|b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
                "get-vanilla-utf8-query|GET /?%E1%88%B4=bar|2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
                "get-utf8|GET /%E1%88%B4|8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
                "post-vanilla|POST /|5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
            })
    void suiteOfAwsIsSignedAsItSays(String name, String request, String signature) {
        SortedMap<String, String> headers =
                new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));
        assertEquals(signature, suite(request, headers), name);
    }

    @Test
    void valuesAreTrimmedAsTheSuiteSays() {
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "example.amazonaws.com",
                "my-header1", " value1",
                "my-header2", " \"a   b   c\"",
                "x-amz-date", "20150830T123600Z"));
        assertEquals("acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736", suite("GET /", headers));
    }

    /** A request line, as far as it is signed. */
    private static SignatureV4.Request request(String line, SortedMap<String, String> headers) {
        String[] parts = line.split("[ ?]", -1);
        return new SignatureV4.Request(parts[0], parts[1], parts.length < 3 ? "" : parts[2], headers, EMPTY);
    }

    private static String suite(String line, SortedMap<String, String> headers) {
        String signed = new SignatureV4("us-east-1", "service")
                .authorization(request(line, headers), "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        String scope =
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=";
        assertTrue(signed.startsWith(scope + String.join(";", headers.keySet()) + ", Signature="), signed);
        return signed.replaceFirst(".*Signature=", "");
    }

    /** From the manual of S3, "Examples: Signature Calculations". */
    @ParameterizedTest
    @CsvSource({
        "GET /test.txt,bytes=0-9,f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "GET /?lifecycle=,'',fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "GET /?max-keys=2&prefix=J,'',34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void examplesOfS3AreSignedAsItSays(String line, String range, String signature) {
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "host", "examplebucket.s3.amazonaws.com",
                "x-amz-content-sha256", EMPTY,
                "x-amz-date", "20130524T000000Z"));
        if (!range.isEmpty()) {
            headers.put("range", range);
        }
        String signed = new SignatureV4("us-east-1", "s3")
                .authorization(
                        request(line, headers), "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
        assertEquals(signature, signed.replaceFirst(".*Signature=", ""));
    }

    /** Names with letters of all kinds, on several days: the key of a day is kept. */
    @Test
    void sdkSignsTheSame() {
        Target target = Target.of("http://storage.example:9000", "bucket", "eu-central-1");
        SignatureV4 ours = new SignatureV4("eu-central-1", "s3");
        Random random = new Random(4);
        for (int number = 0; number < 200; number++) {
            Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(500_000));
            String path = target.path(name(random));
            String query = Target.query(new TreeMap<>(Map.of("partNumber", "" + number, "prefix", name(random))));
            SortedMap<String, String> headers = new TreeMap<>(Map.of(
                    "content-length",
                    "" + number,
                    "host",
                    target.authority(),
                    "if-none-match",
                    "*",
                    "x-amz-content-sha256",
                    "UNSIGNED-PAYLOAD",
                    "x-amz-date",
                    ours.time(now),
                    "x-amz-meta-a",
                    "some  words " + number));
            String signed = ours.authorization(
                    new SignatureV4.Request("PUT", path, query, headers, "UNSIGNED-PAYLOAD"), "AKID", "secret");
            assertEquals(theirs(path, query, headers, now), signed.replaceAll(", +", ","));
        }
    }

    private static String name(Random random) {
        String letters = "ab/ +&=%~?#'\"<ü\u1234\ud83d\ude00.*-_:;@$!()";
        StringBuilder name = new StringBuilder("k");
        for (int count = random.nextInt(12); count > 0; count--) {
            int at = letters.offsetByCodePoints(0, random.nextInt(letters.codePointCount(0, letters.length())));
            name.appendCodePoint(letters.codePointAt(at));
        }
        return name.append('z').toString();
    }

    private static String theirs(String path, String query, Map<String, String> headers, Instant now) {
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .protocol("https") // Of plain HTTP it would sign the body, too.
                .host("storage.example")
                .port(9000)
                .encodedPath(path);
        for (String member : query.split("&", -1)) {
            request.appendRawQueryParameter(decoded(member.split("=", -1)[0]), decoded(member.split("=", -1)[1]));
        }
        headers.forEach((name, value) -> {
            if (!name.startsWith("x-amz-content") && !name.equals("x-amz-date")) {
                request.putHeader(name, value);
            }
        });
        return AwsV4HttpSigner.create()
                .sign(each -> each.identity(AwsBasicCredentials.create("AKID", "secret"))
                        .request(request.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-central-1")
                        .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, false)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(AwsV4HttpSigner.SIGNING_CLOCK, Clock.fixed(now, ZoneOffset.UTC)))
                .request()
                .firstMatchingHeader("Authorization")
                .orElseThrow()
                .replaceAll(", +", ",");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
