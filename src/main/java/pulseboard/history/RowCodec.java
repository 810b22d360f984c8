package pulseboard.history;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** All series in one interval, as bytes: number of the series, minimum, average and maximum, 4 bytes each, by number. */
final class RowCodec {

    private static final int ENTRY_BYTES = 16;

    private RowCodec() {}

    static byte[] encode(Map<Integer, Summary> summaries) {
        ByteBuffer bytes = ByteBuffer.allocate(summaries.size() * ENTRY_BYTES);
        new TreeMap<>(summaries)
                .forEach((id, summary) -> bytes.putInt(id)
                        .putFloat(summary.min())
                        .putFloat(summary.average())
                        .putFloat(summary.max()));
        return bytes.array();
    }

    static Map<Integer, Summary> decode(byte[] row) {
        Map<Integer, Summary> summaries = new TreeMap<>();
        forEach(row, summaries::put);
        return summaries;
    }

    static void forEach(byte[] row, BiConsumer<Integer, Summary> taker) {
        ByteBuffer bytes = ByteBuffer.wrap(row);
        while (bytes.hasRemaining()) {
            taker.accept(bytes.getInt(), new Summary(bytes.getFloat(), bytes.getFloat(), bytes.getFloat()));
        }
    }

    /** What it holds of one series. */
    static Summary find(byte[] row, int id) {
        ByteBuffer bytes = ByteBuffer.wrap(row);
        int low = 0;
        int high = row.length / ENTRY_BYTES - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = bytes.getInt(middle * ENTRY_BYTES);
            if (found == id) {
                bytes.position(middle * ENTRY_BYTES + Integer.BYTES);
                return new Summary(bytes.getFloat(), bytes.getFloat(), bytes.getFloat());
            }
            if (found < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Summary.NONE;
    }
}
