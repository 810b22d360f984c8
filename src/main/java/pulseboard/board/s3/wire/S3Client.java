package pulseboard.board.s3.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes requests to one bucket, and waits for their answers: for threads that may wait, never for an event loop. Thread-safe. */
public final class S3Client implements AutoCloseable {

    /** What a request is counted as that this end has given up: the file was changed, the run is stopped. */
    private static final String NO_ANSWER = "givenUp";

    private final Target target;
    private final Signer signer;
    private final Connections connections;
    private final RequestCounts counts = new RequestCounts();
    private final RequestTimes times = new RequestTimes();

    /**
     * Makes it.
     *
     * @param silenceMilliseconds when a request on which nothing moves counts as lost
     * @param caFile certificates that vouch for the server, instead of those that Java brings; empty: those
     * @throws IOException when the file of certificates cannot be read
     */
    public S3Client(Target target, Signer signer, long silenceMilliseconds, String caFile) throws IOException {
        this.target = target;
        this.signer = signer;
        connections = new Connections(target, silenceMilliseconds, caFile);
    }

    /** What it has asked so far. */
    public RequestCounts counts() {
        return counts;
    }

    /** How long they took. */
    public RequestTimes times() {
        return times;
    }

    /**
     * Makes a request.
     *
     * @throws S3Failure unless it was done
     */
    S3Answer exchange(S3Request request, @Nullable Body body) throws IOException, InterruptedException {
        return exchange(request, body, null);
    }

    /** The same; the body of a good answer goes there, where that is wanted. */
    S3Answer exchange(S3Request request, @Nullable Body body, @Nullable Consumer<byte[]> sink)
            throws IOException, InterruptedException {
        S3Answer answer = answer(request, body, sink);
        if (!answer.isGood()) {
            S3Failure failure = S3Failure.of(answer, request.operation());
            if (failure.code().equals("clockOff")) {
                correctClock(answer.header("Date"));
            }
            throw failure;
        }
        return answer;
    }

    /** How an object is named as the source of a copy. */
    String source(String key) {
        return target.source(key);
    }

    private void correctClock(String date) {
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            signer.correct(Duration.between(Instant.now(), theirs));
        } catch (DateTimeException e) {
            // It does not say what time it is there; then the failure stays one.
        }
    }

    private S3Answer answer(S3Request request, @Nullable Body body, @Nullable Consumer<byte[]> sink)
            throws IOException, InterruptedException {
        long bytes = body == null ? 0 : body.bytes();
        boolean hasBody = body != null || request.method().equals("POST");
        S3Request whole = hasBody ? request.header("Content-Length", Long.toString(bytes)) : request;
        String path = target.path(request.key());
        String query = Target.query(request.query());
        Map<String, String> headers = signer.sign(whole, path, query);
        String line = request.method() + " " + path + (query.isEmpty() ? "" : "?" + query) + " HTTP/1.1\r\n";
        counts.add(request.operation());
        long begun = System.nanoTime();
        String ended = NO_ANSWER;
        try {
            S3Answer answer = connections.use(connection -> {
                if (connection.isAskedFirst(bytes)) {
                    headers.put("expect", "100-continue");
                }
                boolean isHead = request.method().equals("HEAD");
                return connection.exchange(head(line, headers), body, isHead, sink);
            });
            ended = Integer.toString(answer.status());
            return answer;
        } catch (Connection.Broken e) {
            S3Failure failure = inWords(Objects.requireNonNullElse(e.getCause(), e));
            ended = failure.code();
            throw failure;
        } finally {
            times.took(request.operation(), System.nanoTime() - begun);
            counts.ended(request.operation(), ended);
        }
    }

    private static byte[] head(String line, Map<String, String> headers) throws S3Failure {
        StringBuilder head = new StringBuilder(1_024).append(line);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String value = header.getValue();
            if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
                throw new S3Failure("refused", "a header cannot have a line break: " + header.getKey(), null);
            }
            head.append(header.getKey()).append(": ").append(value).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private S3Failure inWords(Throwable cause) {
        String server = target.address();
        if (cause instanceof S3Failure known) {
            return known;
        }
        if (cause instanceof UnknownHostException) {
            return new S3Failure(
                    "unknownHost",
                    "there is no address for " + target.host()
                            + "; correct the setting endpoint, or the name server of this machine",
                    cause);
        }
        if (cause instanceof ConnectException) {
            return new S3Failure("unreachable", "nothing answers at " + server + "; is the server running?", cause);
        }
        if (cause instanceof TimeoutException) {
            return new S3Failure("timedOut", server + " did not answer in time", cause);
        }
        if (cause instanceof SSLException) {
            return new S3Failure(
                    "tls",
                    "no safe connection to " + server + ": " + cause.getMessage() + "; see the setting caFile",
                    cause);
        }
        return new S3Failure("connectionLost", "the connection to " + server + " broke", cause);
    }

    /** Ends all connections; requests that are under way fail. */
    @Override
    public void close() throws IOException {
        connections.close();
    }
}
