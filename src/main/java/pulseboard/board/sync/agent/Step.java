package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.content.BlockDelta;
import pulseboard.board.sync.content.Content;

/**
 * What is to be got next of a content.
 *
 * @param list its chunks
 * @param basis an older version that is here
 * @param known where its chunks are in that version, by their hashes
 * @param part what is here of it
 */
record Step(Content list, Step.@Nullable Basis basis, Map<ByteBuffer, Integer> known, Part part) {

    private static final int STEP_BYTES = 8 << 20;
    private static final int MOST_REGION_BYTES = 4 << 20;

    /** Of a file that is here in another version, and may be like what is wanted. */
    record Basis(Content content, FileChannel file) {}

    /** Some chunks in a row, all known here or all not, or with old bytes that are like them. */
    record Run(int first, int count, int oldFirst, int oldCount) {}

    int old(int chunk) {
        return chunk < 0 || chunk >= list.chunks() ? -1 : known.getOrDefault(list.hash(chunk), -1);
    }

    /** What comes next, in the order of the file: so much as one round trip is worth. */
    List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        int chunk = part.next();
        long start = list.offset(chunk);
        while (chunk < list.chunks() && list.offset(chunk) - start < STEP_BYTES && runs.size() < Ask.MOST_ITEMS) {
            boolean isHere = old(chunk) >= 0;
            int count = 1;
            while (chunk + count < list.chunks()
                    && list.offset(chunk + count + 1) - list.offset(chunk) < MOST_REGION_BYTES
                    && (old(chunk + count) >= 0) == isHere) {
                count++;
            }
            runs.add(isHere ? new Run(chunk, count, -1, 0) : run(chunk, count));
            chunk += count;
        }
        return runs;
    }

    /** What is old between the neighbours of what is missing. */
    private Run run(int first, int count) {
        if (basis == null) {
            return new Run(first, count, -1, 0);
        }
        Content then = basis.content;
        int left = first == 0 ? -1 : old(first - 1);
        int right = first + count == list.chunks() ? then.chunks() : old(first + count);
        boolean isBetween = (first == 0 || left >= 0) && right > left + 1;
        long bytes = isBetween ? then.offset(right) - then.offset(left + 1) : 0;
        boolean isWorthIt = bytes >= BlockDelta.BLOCK
                && bytes <= MOST_REGION_BYTES
                && bytes / BlockDelta.BLOCK * BlockDelta.SIGNATURE
                        < (list.offset(first + count) - list.offset(first)) / 2;
        return isWorthIt ? new Run(first, count, left + 1, right - left - 1) : new Run(first, count, -1, 0);
    }

    static byte[] old(Basis basis, int first, int count) throws IOException {
        long from = basis.content.offset(first);
        ByteBuffer bytes = ByteBuffer.allocate((int) (basis.content.offset(first + count) - from));
        while (bytes.hasRemaining() && basis.file.read(bytes, from + bytes.position()) >= 0) {
            // Reads on.
        }
        return bytes.array();
    }
}
