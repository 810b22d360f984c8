package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.Bucket;
import pulseboard.board.s3.wire.S3Answer;
import pulseboard.board.s3.wire.S3Failure;

/** Sends files, whole or in parts, and makes sure that what arrived is what was read. For threads that may wait; thread-safe. */
final class Sender {

    private static final String CHECKSUM = "x-amz-checksum-crc32c";
    private static final String MD5 = "[0-9a-f]{32}";

    private final Bucket bucket;
    private final Retry retry;
    private final RunState state;
    private final Controls controls;
    private final Map<String, String> headers;
    private final Verification verification;

    /**
     * Whom it sends to, and how often it tries.
     *
     * @param headers what all objects are made with
     * @param verify how it is made sure, beside what each request tells
     */
    record Way(Bucket bucket, Retry retry, Map<String, String> headers, String verify) {}

    Sender(Way way, RunState state, Controls controls) {
        this.bucket = way.bucket;
        this.retry = way.retry;
        this.headers = Map.copyOf(way.headers);
        this.verification = new Verification(way, state);
        this.state = state;
        this.controls = controls;
    }

    /** What all objects are made with. */
    Map<String, String> headers() {
        return headers;
    }

    /** Looks at an object that was made, as far as the job wants that. */
    void verify(String key, Path file, Stamp stamp, String etag) throws IOException, InterruptedException {
        verification.check(key, file, stamp, etag);
    }

    Bucket bucket() {
        return bucket;
    }

    Server server() {
        return state.server;
    }

    Retry retry() {
        return retry;
    }

    /** One request with a piece of a file. */
    interface Request {
        S3Answer make(Map<String, String> headers, PieceBody body) throws IOException, InterruptedException;
    }

    /**
     * Sends a piece, and again where that is worth it, until the server has it whole; returns its entity tag.
     *
     * @param stamp how the file has to be until all is sent
     */
    String send(Piece piece, Stamp stamp, Slot slot, Request request) throws IOException, InterruptedException {
        ByteBuffer content = piece.isSmall() ? piece.load() : null;
        if (content != null) {
            requireSame(piece, stamp); // From here on it is as it was, whatever becomes of the file.
        }
        String sum = state.server.takesChecksum() ? piece.crc32c(content) : "";
        return retry.call(() -> {
            state.tally.landed(slot.again());
            return attempt(piece, stamp, slot, new Sum(sum, content, request));
        });
    }

    private record Sum(String crc32c, @Nullable ByteBuffer content, Request request) {}

    private String attempt(Piece piece, Stamp stamp, Slot slot, Sum sum) throws IOException, InterruptedException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (!sum.crc32c.isEmpty()) {
            headers.put(CHECKSUM, sum.crc32c);
        }
        PieceBody.Guard guard = () -> {
            if (controls.isStopping()) {
                throw new S3Failure("stopped", "the run was stopped", null);
            }
            if (sum.content == null) {
                requireSame(piece, stamp);
            }
        };
        try (PieceBody body =
                new PieceBody(piece, slot, state.tally, new PieceBody.Way(guard, controls.limit(), sum.content))) {
            if (state.server.needsDigest()) {
                body.hash();
            }
            S3Answer answer = sum.request.make(headers, body);
            verify(answer, sum.crc32c, body.md5());
            return answer.etag();
        }
    }

    /** Two attributes cost a microsecond; a file that is half old and half new in the bucket would be worth nothing. */
    private static void requireSame(Piece piece, Stamp stamp) throws IOException {
        if (!Stamp.of(piece.file()).equals(stamp)) {
            throw new S3Failure("changed", "the file was changed while it was sent", null);
        }
    }

    private void verify(S3Answer answer, String crc32c, String md5) throws S3Failure {
        String echo = answer.header(CHECKSUM);
        if (!crc32c.isEmpty()) {
            state.server.echoes(echo.equals(crc32c));
        }
        if (!crc32c.isEmpty() && echo.equals(crc32c)) {
            return;
        }
        String etag = answer.etag();
        boolean isDigest = etag.matches(MD5);
        if ((!echo.isEmpty() && !crc32c.isEmpty()) || (isDigest && !md5.isEmpty() && !etag.equals(md5))) {
            state.damaged();
            throw new S3Failure("damaged", "what arrived is not what was sent; the server has another checksum", null);
        }
        if (!isDigest || md5.isEmpty()) {
            state.server.tellsOnlySizes();
        }
    }

    /** What there is under this key, if anything. */
    Optional<S3Answer> look(String key) throws IOException, InterruptedException {
        return retry.call(() -> bucket.head(key));
    }

    /** How a file is now. */
    static Stamp stamp(Path file) throws IOException {
        try {
            return Stamp.of(file);
        } catch (NoSuchFileException e) {
            throw new S3Failure("vanished", "the file is not there any more", e);
        }
    }
}
