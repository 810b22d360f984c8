package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.wire.BucketReader;
import pulseboard.board.s3.wire.ListedObject;
import pulseboard.board.s3.wire.S3Answer;

/** Whether a file is to be sent: what can be told at once, and what only reading it, or asking for its object, tells. Thread-safe. */
final class Comparison {

    private static final String MD5 = "[0-9a-f]{32}";
    private static final String DIGEST = MD5 + "(-\\d{1,5})?";

    private final Of of;
    private final BucketReader bucket;
    private final Retry retry;

    /**
     * What is compared.
     *
     * @param isFull whether what earlier runs have left is not believed
     * @param isNoted whether what is found out is kept for the next run
     */
    record Of(JobConfig job, JobStore store, Walk walk, int partMebibytes, boolean isFull, boolean isNoted) {}

    Comparison(Of of, BucketReader bucket, Retry retry) {
        this.of = of;
        this.bucket = bucket;
        this.retry = retry;
    }

    /** What a list tells, the cheapest sure way first. Null: it is unchanged. */
    @Nullable
    PlanEntry byList(LocalFile file, ListedObject there) {
        JobStore.Known known = of.isFull ? null : of.store.known(file.key());
        if (there.bytes() != file.stamp().bytes()) {
            return new PlanEntry(file, PlanEntry.UPLOAD, "size", there.etag());
        }
        if (known != null && known.stamp().equals(file.stamp()) && known.etag().equals(there.etag())) {
            return null;
        }
        String reason = there.etag().matches(DIGEST) ? "content" : "unknown";
        return new PlanEntry(file, PlanEntry.COMPARE, reason, there.etag());
    }

    /** What an entry comes to that is not decided yet. Null: the file is unchanged. */
    @Nullable
    PlanEntry closely(PlanEntry entry) throws IOException, InterruptedException {
        PlanEntry asked = entry.action().equals(PlanEntry.LOOK) ? byAsking(entry.file()) : entry;
        return asked != null && asked.action().equals(PlanEntry.COMPARE) && isSame(asked) ? null : asked;
    }

    private @Nullable PlanEntry byAsking(LocalFile file) throws IOException, InterruptedException {
        S3Answer there = retry.call(() -> bucket.head(file.key())).orElse(null);
        return there == null
                ? new PlanEntry(file, PlanEntry.UPLOAD, "absent", "")
                : byList(file, new ListedObject(file.key(), there.bytes(), there.etag()));
    }

    private boolean isSame(PlanEntry entry) throws IOException, InterruptedException {
        Path path = of.walk.locate(entry.file().path());
        Stamp stamp = Sender.stamp(path);
        long partBytes = Multipart.partBytes(stamp.bytes(), of.partMebibytes);
        boolean isSame = (entry.etag().matches(DIGEST) && Content.isSame(path, stamp.bytes(), entry.etag(), partBytes))
                || isSameByHead(entry, new Piece(path, 0, stamp.bytes()));
        if (isSame && of.isNoted && stamp.equals(Sender.stamp(path))) {
            of.store.remember(entry.file().key(), stamp, entry.etag());
        }
        return isSame;
    }

    /** Where the entity tag may be none of the content: of an encrypted object, of parts of another size, of another kind of server. */
    private boolean isSameByHead(PlanEntry entry, Piece file) throws IOException, InterruptedException {
        S3Answer there =
                retry.call(() -> bucket.headWithChecksums(entry.file().key())).orElse(null);
        if (there == null || there.bytes() != file.bytes()) {
            return false;
        }
        boolean isEncrypted = there.header("x-amz-server-side-encryption").startsWith("aws:")
                || !there.header("x-amz-server-side-encryption-customer-algorithm")
                        .isEmpty();
        if (entry.etag().matches(MD5) && !isEncrypted) {
            return false; // It is the MD5, and that of another content.
        }
        boolean isUnknown = isEncrypted || !entry.etag().matches(DIGEST);
        return ObjectChecksum.agrees(file, there)
                .orElse(isUnknown && of.job.unknown().equals("trustSize"));
    }
}
