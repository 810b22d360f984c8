package pulseboard.board.s3.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signs requests with credentials that are looked up as the AWS tools do, by the AWS SDK. Thread-safe.
 */
public final class Signer {

    private static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final long GOOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final AwsCredentialsProvider credentials;
    private final Target target;
    private final SignatureV4 signature;
    private volatile Duration clockError = Duration.ZERO;
    private volatile @Nullable Found found;

    /** Signs with what this provider gives. */
    Signer(AwsCredentialsProvider credentials, Target target) {
        this.credentials = credentials;
        this.target = target;
        signature = new SignatureV4(target.region(), "s3");
    }

    private record Found(AwsCredentialsIdentity identity, long atNanos) {}

    /**
     * Signs requests to there with the credentials of a profile.
     *
     * @param file a file of profiles; empty: the usual places
     * @param profile its name; empty: the one that is used by default
     * @throws S3Failure when the file cannot be read
     */
    public static Signer of(Target target, String file, String profile) throws S3Failure {
        return new Signer(Credentials.of(file, profile), target);
    }

    /** The clock of this machine goes wrong by so much: from now on requests are signed with the server's time. */
    void correct(Duration error) {
        clockError = error;
    }

    /** Whether the server's time is another than this machine's. */
    public boolean isCorrected() {
        return !clockError.isZero();
    }

    /**
     * The headers of a request, its own and those that sign it. The body is not signed: its checksum is.
     *
     * @param path as it is sent
     * @param query as it is sent, without the question mark
     * @throws S3Failure when there are no credentials
     */
    Map<String, String> sign(S3Request request, String path, String query) throws S3Failure {
        AwsCredentialsIdentity identity = identity();
        SortedMap<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        headers.put("host", target.authority());
        headers.put("x-amz-content-sha256", UNSIGNED);
        headers.put("x-amz-date", signature.time(Instant.now().plus(clockError)));
        if (identity instanceof AwsSessionCredentialsIdentity session) {
            headers.put("x-amz-security-token", session.sessionToken());
        }
        SignatureV4.Request signed = new SignatureV4.Request(request.method(), path, query, headers, UNSIGNED);
        String authorization = signature.authorization(signed, identity.accessKeyId(), identity.secretAccessKey());
        headers.put("authorization", authorization);
        return headers;
    }

    /** Looking through all places takes longer than a signature. */
    private AwsCredentialsIdentity identity() throws S3Failure {
        Found last = found;
        if (last == null || System.nanoTime() - last.atNanos > GOOD_NANOS) {
            last = new Found(resolve(), System.nanoTime());
            found = last;
        }
        return last.identity;
    }

    private AwsCredentialsIdentity resolve() throws S3Failure {
        try {
            return credentials.resolveCredentials();
        } catch (SdkException | IllegalStateException e) {
            throw Credentials.failure(credentials, e);
        }
    }
}
