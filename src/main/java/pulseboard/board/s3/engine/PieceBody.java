package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.wire.Body;
import pulseboard.engine.RateLimit;

/** A piece of a file on its way; what was read of it is hashed if that is wanted. */
final class PieceBody implements Body, AutoCloseable {

    private final Piece piece;
    private final @Nullable FileChannel channel;
    private final @Nullable ByteBuffer content;
    private final Slot slot;
    private final Tally tally;
    private final Guard guard;
    private final RateLimit limit;
    private @Nullable MessageDigest digest;

    /** Asked before the last of it is given away: until then, the server makes nothing of it. */
    interface Guard {
        void check() throws IOException;
    }

    PieceBody(Piece piece, Slot slot, Tally tally, Way way) throws IOException {
        this.piece = piece;
        this.slot = slot;
        this.tally = tally;
        this.guard = way.guard;
        this.limit = way.limit;
        content = way.content == null ? null : way.content.duplicate();
        channel = content == null ? FileChannel.open(piece.file(), StandardOpenOption.READ) : null;
        if (channel != null) {
            channel.position(piece.offset());
        }
    }

    /**
     * What holds it up: a look at the file, and how fast it may go.
     *
     * @param content what is in the piece, if it was read already
     */
    record Way(Guard guard, RateLimit limit, @Nullable ByteBuffer content) {}

    /** From now on, what is read is hashed. */
    void hash() {
        digest = Piece.newMd5();
    }

    @Override
    public long bytes() {
        return piece.bytes();
    }

    @Override
    public int read(ByteBuffer chunk) throws IOException, InterruptedException {
        limit.await(chunk.remaining());
        int begin = chunk.position();
        int count = channel == null ? copy(chunk) : channel.read(chunk);
        if (count > 0 && digest != null) {
            digest.update(chunk.slice(begin, count));
        }
        guard.check();
        return count;
    }

    private int copy(ByteBuffer chunk) {
        if (content == null) {
            return 0;
        }
        int count = Math.min(chunk.remaining(), content.remaining());
        chunk.put(content.slice().limit(count));
        content.position(content.position() + count);
        return count;
    }

    @Override
    public void sent(int bytes) {
        slot.sent(bytes);
        tally.sent(bytes);
    }

    /** The MD5 of what was read; empty where it was not wanted. */
    String md5() {
        return digest == null ? "" : HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
