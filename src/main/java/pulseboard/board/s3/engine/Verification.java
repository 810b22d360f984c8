package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import pulseboard.board.s3.wire.Bucket;
import pulseboard.board.s3.wire.S3Answer;
import pulseboard.board.s3.wire.S3Failure;

/** Looks at objects after they were made: not at all, asks for their size and entity tag, or reads them, all or each so many. Thread-safe. */
final class Verification {

    private static final String SAMPLE = "sample:";

    private final Bucket bucket;
    private final Retry retry;
    private final RunState state;
    private final boolean isAsking;

    /** Each so many is read; 0: none. */
    private final int each;

    private final AtomicLong seen = new AtomicLong();

    Verification(Sender.Way way, RunState state) {
        this.bucket = way.bucket();
        this.retry = way.retry();
        this.state = state;
        String how = way.verify();
        isAsking = how.equals("head");
        each = how.equals("read") ? 1 : how.startsWith(SAMPLE) ? Integer.parseInt(how.substring(SAMPLE.length())) : 0;
    }

    /** Fails unless the object is what the file was. */
    void check(String key, Path file, Stamp stamp, String etag) throws IOException, InterruptedException {
        if (isAsking) {
            S3Answer there = retry.call(() -> bucket.head(key)).orElse(null);
            require(there != null
                    && there.header("Content-Length").equals(Long.toString(stamp.bytes()))
                    && there.etag().equals(etag));
        }
        if (each > 0 && seen.getAndIncrement() % each == 0) {
            require(retry.call(() -> read(key)).equals(Piece.base64(crc32c(file, stamp))));
        }
    }

    private static long crc32c(Path file, Stamp stamp) throws IOException {
        CRC32C sum = new CRC32C();
        new Piece(file, 0, stamp.bytes()).read((chunk, count) -> sum.update(chunk, 0, count));
        if (!Stamp.of(file).equals(stamp)) {
            throw new S3Failure("changed", "the file was changed while it was compared", null);
        }
        return sum.getValue();
    }

    private String read(String key) throws IOException, InterruptedException {
        CRC32C sum = new CRC32C();
        bucket.read(key, sum::update);
        return Piece.base64(sum.getValue());
    }

    private void require(boolean isSame) throws S3Failure {
        if (!isSame) {
            state.damaged();
            throw new S3Failure("damaged", "what is in the bucket a moment later is not what was sent", null);
        }
    }
}
