package pulseboard.board.s3.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Whether a file is what an object was made of, by the entity tag of the object. */
final class Content {

    private static final long MEBIBYTE = 1 << 20;

    /** Parts that programs cut files into, in MiB. */
    private static final int[] USUAL = {5, 8, 15, 16, 25, 50, 64, 100};

    private Content() {}

    /** Reads the file; more than once where its object may have been made of parts of several sizes. */
    static boolean isSame(Path file, long bytes, String etag, long ownPartBytes) throws IOException {
        int dash = etag.indexOf('-');
        if (dash < 0) {
            return new Piece(file, 0, bytes).md5().equals(etag);
        }
        int parts = Integer.parseInt(etag.substring(dash + 1));
        for (long partBytes : candidates(bytes, parts, ownPartBytes)) {
            if (Piece.etagOfParts(file, bytes, partBytes).equals(etag)) {
                return true;
            }
        }
        return false;
    }

    /** The sizes that make so many parts. */
    private static Set<Long> candidates(long bytes, int parts, long ownPartBytes) {
        Set<Long> sizes = new LinkedHashSet<>();
        sizes.add(ownPartBytes);
        for (int usual : USUAL) {
            sizes.add(usual * MEBIBYTE);
        }
        sizes.removeIf(size -> (bytes + size - 1) / size != parts);
        return sizes;
    }
}
