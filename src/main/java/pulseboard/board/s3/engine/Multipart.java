package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.PartInfo;
import pulseboard.board.s3.wire.S3Answer;
import pulseboard.board.s3.wire.S3Failure;
import pulseboard.board.s3.wire.Upload;

/** A file that is sent in parts, by several workers at once. Thread-safe. */
final class Multipart {

    private static final long MEBIBYTE = 1 << 20;
    private static final int MOST_PARTS = 9_500;

    private final Sender sender;
    private final PlanEntry entry;
    private final Path path;
    private final Stamp stamp;
    private final Upload upload;
    private final long partBytes;
    private final TreeMap<Integer, PartInfo> done;
    private final long resumedBytes;
    private long sentBytes;
    private int next = 1;
    private int underWay;
    private double workerSeconds;
    private @Nullable IOException failure;

    private Multipart(Sender sender, Begun begun, Path path, PlanEntry entry) {
        this.sender = sender;
        this.entry = entry;
        this.path = path;
        this.stamp = begun.stamp;
        this.upload = begun.upload;
        this.partBytes = begun.partBytes;
        this.done = new TreeMap<>(begun.done);
        this.resumedBytes = done.values().stream().mapToLong(PartInfo::bytes).sum();
    }

    private record Begun(Upload upload, Stamp stamp, long partBytes, Map<Integer, PartInfo> done) {}

    /** Large enough that the parts are not too many. */
    static long partBytes(long bytes, int leastMebibytes) {
        long needed = (bytes + MOST_PARTS - 1) / MOST_PARTS;
        return Math.max(leastMebibytes * MEBIBYTE, (needed + MEBIBYTE - 1) / MEBIBYTE * MEBIBYTE);
    }

    /** Goes on with what an earlier run has begun if it was the same file; else begins. */
    static Multipart begin(Sender sender, JobStore store, PlanEntry entry, LocalPart local)
            throws IOException, InterruptedException {
        String key = entry.file().key();
        JobStore.Begun known = store.upload(key);
        if (known != null) {
            Upload old = new Upload(key, known.id());
            if (known.stamp().equals(local.stamp)) {
                Map<Integer, PartInfo> parts = resumable(sender, old, known.partBytes(), local);
                if (parts != null) {
                    return new Multipart(
                            sender, new Begun(old, local.stamp, known.partBytes(), parts), local.path, entry);
                }
            } else {
                sender.retry().call(() -> {
                    sender.bucket().abort(old);
                    return true;
                });
            }
            store.ended(key);
        }
        String id = sender.retry().call(() -> sender.bucket().begin(key, sender.headers()));
        store.begun(key, new JobStore.Begun(local.stamp, id, local.partBytes, System.currentTimeMillis()));
        return new Multipart(
                sender, new Begun(new Upload(key, id), local.stamp, local.partBytes, Map.of()), local.path, entry);
    }

    /** A file here, how it is, and into which parts it would be cut. */
    record LocalPart(Path path, Stamp stamp, long partBytes) {}

    /** The parts that are there and are those of the file; null: the server has forgotten the upload. */
    private static @Nullable Map<Integer, PartInfo> resumable(
            Sender sender, Upload upload, long partBytes, LocalPart local) throws IOException, InterruptedException {
        Map<Integer, PartInfo> good = new TreeMap<>();
        try {
            Map<Integer, PartInfo> there =
                    sender.retry().call(() -> sender.bucket().parts(upload));
            for (Map.Entry<Integer, PartInfo> each : there.entrySet()) {
                long offset = (each.getKey() - 1) * partBytes;
                long bytes = Math.min(partBytes, local.stamp.bytes() - offset);
                if (bytes == each.getValue().bytes()
                        && new Piece(local.path, offset, bytes)
                                .md5()
                                .equals(each.getValue().etag())) {
                    good.put(each.getKey(), each.getValue());
                }
            }
            return good;
        } catch (S3Failure failure) {
            if (failure.status() == 404) {
                return null;
            }
            throw failure;
        }
    }

    PlanEntry entry() {
        return entry;
    }

    Stamp stamp() {
        return stamp;
    }

    synchronized double workerSeconds() {
        return workerSeconds;
    }

    private int parts() {
        return (int) ((stamp.bytes() + partBytes - 1) / partBytes);
    }

    /** What was there already. */
    long resumedBytes() {
        return resumedBytes;
    }

    /** The number of a part that nobody has begun, which is now begun; 0: there is none. */
    synchronized int take() {
        while (next <= parts() && done.containsKey(next)) {
            next++;
        }
        if (next > parts() || failure != null) {
            return 0;
        }
        underWay++;
        return next++;
    }

    /** Whether there is no more to begin. */
    synchronized boolean isTaken() {
        while (next <= parts() && done.containsKey(next)) {
            next++;
        }
        return next > parts() || failure != null;
    }

    /** Whether all is over, well or not. */
    synchronized boolean isOver() {
        return underWay == 0 && isTaken();
    }

    /** What went wrong first; null: nothing. */
    synchronized @Nullable IOException failure() {
        return failure;
    }

    Slot slot(int number) {
        return new Slot(entry.file().path(), stamp.bytes(), bytes(number), new int[] {number, parts()});
    }

    private long bytes(int number) {
        return Math.min(partBytes, stamp.bytes() - (number - 1) * partBytes);
    }

    /** Sends a part; whether it went well is then known here. */
    void send(int number, Slot slot) throws InterruptedException {
        long begun = System.nanoTime();
        try {
            Piece piece = new Piece(path, (number - 1) * partBytes, bytes(number));
            String etag = sender.send(piece, stamp, slot, (headers, body) -> part(number, headers, body));
            over(number, new PartInfo(etag, piece.bytes()), null);
        } catch (IOException e) {
            over(number, null, e);
        } catch (InterruptedException e) {
            over(number, null, new S3Failure("stopped", "the run was stopped", e));
            throw e;
        } finally {
            spent(slot, (System.nanoTime() - begun) / 1e9);
        }
    }

    private S3Answer part(int number, Map<String, String> headers, PieceBody body)
            throws IOException, InterruptedException {
        return sender.bucket().part(upload, number, headers, body);
    }

    /** What it has put under way, or an earlier run has. */
    synchronized long inFlightBytes() {
        return resumedBytes + sentBytes;
    }

    private synchronized void spent(Slot slot, double seconds) {
        underWay--;
        workerSeconds += seconds;
        sentBytes += slot.sent();
    }

    private synchronized void over(int number, @Nullable PartInfo part, @Nullable IOException why) {
        if (part != null) {
            done.put(number, part);
        } else if (failure == null) {
            failure = why;
        }
    }

    /** Makes the object, unless somebody else has made one; returns its entity tag. */
    String complete() throws IOException, InterruptedException {
        String key = entry.file().key();
        if (entry.isAbsent() && sender.look(key).isPresent()) {
            throw new S3Failure("conflict", "somebody else has made this object in the meantime; theirs stays", null);
        }
        Map<Integer, PartInfo> parts = new LinkedHashMap<>(done);
        try {
            sender.retry().call(() -> {
                sender.bucket().complete(upload, parts, Map.of());
                return true;
            });
        } catch (S3Failure gone) {
            if (!gone.code().equals("noSuchUpload")) {
                throw gone;
            }
            // The answer to an attempt that went well may have been lost: then there is another object than before.
        }
        S3Answer there = sender.look(key).orElse(null);
        if (there != null && there.etag().equals(entry.etag()) && !entry.isAbsent()) {
            throw new S3Failure("noSuchUpload", "the server has forgotten this upload", null);
        }
        if (there == null || !there.header("Content-Length").equals(Long.toString(stamp.bytes()))) {
            throw new S3Failure("damaged", "the object that was made of the parts has not the size of the file", null);
        }
        sender.verify(key, path, stamp, there.etag());
        return there.etag();
    }

    /** Gives it up on the server. */
    void abort() throws IOException, InterruptedException {
        sender.retry().call(() -> {
            sender.bucket().abort(upload);
            return true;
        });
    }
}
