package pulseboard.board.s3.wire;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request, or what belongs to it, has failed; with a stable code and a sentence that says what to mend. */
public final class S3Failure extends IOException {

    private static final long serialVersionUID = 1;

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("NoSuchBucket", "noSuchBucket"),
            Map.entry("AccessDenied", "accessDenied"),
            Map.entry("AllAccessDisabled", "accessDenied"),
            Map.entry("UserSuspended", "userSuspended"),
            Map.entry("InvalidAccessKeyId", "wrongKey"),
            Map.entry("SignatureDoesNotMatch", "wrongSecret"),
            Map.entry("RequestTimeTooSkewed", "clockOff"),
            Map.entry("ExpiredToken", "credentialsExpired"),
            Map.entry("QuotaExceeded", "quotaExceeded"),
            Map.entry("BadDigest", "damaged"),
            Map.entry("InvalidDigest", "damaged"),
            Map.entry("XAmzContentChecksumMismatch", "damaged"),
            Map.entry("NoSuchUpload", "noSuchUpload"),
            Map.entry("NoSuchKey", "noSuchKey"),
            Map.entry("SlowDown", "slowDown"),
            Map.entry("RequestTimeout", "timedOut"),
            Map.entry("PreconditionFailed", "conflict"),
            Map.entry("AuthorizationHeaderMalformed", "wrongRegion"),
            Map.entry("PermanentRedirect", "wrongRegion"));

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("noSuchBucket", "there is no such bucket; make it, or correct the setting bucket"),
            Map.entry("accessDenied", "these credentials may not do this; allow it for them on the server"),
            Map.entry("userSuspended", "the server has suspended the user of these credentials; have that ended there"),
            Map.entry("wrongKey", "the server does not know this access key; correct the credentials"),
            Map.entry("wrongSecret", "the server takes another secret for this access key; correct the credentials"),
            Map.entry("clockOff", "the clocks of this machine and of the server differ by too much; set them"),
            Map.entry("credentialsExpired", "the credentials have expired; renew them"),
            Map.entry("quotaExceeded", "the quota on the server is used up"),
            Map.entry("damaged", "what arrived is not what was sent: something on the way, or the server, damages it"),
            Map.entry("noSuchUpload", "the server has forgotten this upload"),
            Map.entry("slowDown", "the server asks for fewer requests"),
            Map.entry("timedOut", "the server did not answer in time"),
            Map.entry("conflict", "somebody else has made this object in the meantime; theirs stays"),
            Map.entry("wrongRegion", "the bucket is in another region; correct the setting region"));

    private static final Set<String> WORTH_A_RETRY =
            Set.of("timedOut", "slowDown", "damaged", "unreachable", "connectionLost", "serverError", "clockOff");

    private final String code;
    private final int status;
    private final double retryAfterSeconds;

    /** One that is no answer of the server. */
    public S3Failure(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.status = 0;
        this.retryAfterSeconds = 0;
    }

    private S3Failure(String code, String message, int status, double retryAfterSeconds) {
        super(message);
        this.code = code;
        this.status = status;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** What an answer means that is none of success. To HEAD there is no body, so only the status tells. */
    static S3Failure of(S3Answer answer, String operation) {
        String word = Xml.text(answer.body(), "Code");
        int status = answer.status();
        String code = CODES.getOrDefault(word, byStatus(status));
        String said = word.isEmpty() ? "" : " " + word;
        String words = WORDS.getOrDefault(code, "the server answers " + status + said);
        String detail = Xml.text(answer.body(), "Message");
        String message =
                words + " (" + operation + ": " + status + said + (detail.isEmpty() ? "" : ", “" + detail + "”") + ")";
        return new S3Failure(code, message, status, seconds(answer.headers().get("Retry-After")));
    }

    private static String byStatus(int status) {
        return switch (status) {
            case 301, 307 -> "wrongRegion";
            case 403 -> "accessDenied";
            case 404 -> "noSuchKey";
            case 408 -> "timedOut";
            case 409, 412 -> "conflict";
            case 429, 503 -> "slowDown";
            case 501 -> "notImplemented";
            default -> status >= 500 ? "serverError" : "refused";
        };
    }

    private static double seconds(@Nullable String text) {
        return text != null && text.matches("\\d{1,4}") ? Double.parseDouble(text) : 0;
    }

    /** The stable word. */
    public String code() {
        return code;
    }

    /** The status of HTTP; 0 where there was no answer. */
    public int status() {
        return status;
    }

    /** How long the server asks to wait, in seconds; 0 when it does not. */
    public double retryAfterSeconds() {
        return retryAfterSeconds;
    }

    /** Whether the same may go well a little later. */
    public boolean isWorthARetry() {
        return WORTH_A_RETRY.contains(code);
    }

    /** Its sentence. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
