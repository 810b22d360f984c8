package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.S3Answer;
import pulseboard.board.s3.wire.S3Failure;

/** Sends a file in one request. */
final class Whole {

    private static final String ONLY_NEW = "If-None-Match";

    private final Sender sender;
    private final Server server;
    private final Path path;
    private final PlanEntry entry;
    private final Slot slot;

    /** Whether the object may only be made where there is none. Once it may be ours, that would be in the way. */
    private boolean isOnlyNew;

    Whole(Sender sender, Path path, PlanEntry entry, Slot slot) {
        this.sender = sender;
        this.server = sender.server();
        this.path = path;
        this.entry = entry;
        this.slot = slot;
        this.isOnlyNew = entry.isAbsent();
    }

    /** Sends it as it is now; returns the entity tag. */
    String send(Stamp stamp) throws IOException, InterruptedException {
        Piece piece = new Piece(path, 0, stamp.bytes());
        try {
            String etag = sender.send(piece, stamp, slot, this::put);
            sender.verify(entry.file().key(), path, stamp, etag);
            return etag;
        } catch (S3Failure failure) {
            if (failure.code().equals("conflict")) {
                String same = etagIfSame(piece);
                if (same != null) {
                    sender.verify(entry.file().key(), path, stamp, same);
                    return same;
                }
            }
            throw failure;
        }
    }

    private S3Answer put(Map<String, String> headers, PieceBody body) throws IOException, InterruptedException {
        Map<String, String> all = new LinkedHashMap<>(sender.headers());
        all.putAll(headers);
        boolean isConditional = isOnlyNew && server.mindsConditions();
        if (isConditional) {
            all.put(ONLY_NEW, "*");
        }
        try {
            S3Answer answer = sender.bucket().put(entry.file().key(), all, body);
            if (isConditional) {
                server.tookCondition(true);
            }
            isOnlyNew = false;
            return answer;
        } catch (S3Failure failure) {
            if (failure.status() == 501 && isConditional) {
                server.tookCondition(false);
                throw new S3Failure("serverError", "the server knows no conditions; once more without", failure);
            }
            throw failure;
        }
    }

    /** The answer to an attempt that went well may have been lost: then the object is ours already. */
    private @Nullable String etagIfSame(Piece piece) throws IOException, InterruptedException {
        S3Answer there = sender.look(entry.file().key()).orElse(null);
        return there != null && there.etag().equals(piece.md5()) ? there.etag() : null;
    }
}
