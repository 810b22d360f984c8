package pulseboard.history;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Some hundred intervals of one series. As bytes, they are compressed: neighbours differ little, and minimum and maximum are
 * often the average, so what differs is written, all first bytes together, then all second ones, and so on.
 */
final class Block {

    private static final int PLANES = 3 * Integer.BYTES;

    private final Summary[] summaries;

    /** Makes one without anything known. */
    Block(int rows) {
        summaries = new Summary[rows];
        Arrays.fill(summaries, Summary.NONE);
    }

    void set(int row, Summary summary) {
        summaries[row] = summary;
    }

    Summary get(int row) {
        return summaries[row];
    }

    byte[] encode() {
        byte[] planes = new byte[summaries.length * PLANES];
        int before = 0;
        for (int row = 0; row < summaries.length; row++) {
            int average = Float.floatToRawIntBits(summaries[row].average());
            put(planes, row, average ^ before);
            put(
                    planes,
                    summaries.length * Integer.BYTES + row,
                    Float.floatToRawIntBits(summaries[row].min()) ^ average);
            put(
                    planes,
                    summaries.length * 2 * Integer.BYTES + row,
                    Float.floatToRawIntBits(summaries[row].max()) ^ average);
            before = average;
        }
        return deflate(planes);
    }

    static Block decode(byte[] bytes, int rows) {
        byte[] planes = inflate(bytes, rows * PLANES);
        Block block = new Block(rows);
        int average = 0;
        for (int row = 0; row < rows; row++) {
            average ^= get(planes, rows, row);
            int min = get(planes, rows, rows * Integer.BYTES + row) ^ average;
            int max = get(planes, rows, rows * 2 * Integer.BYTES + row) ^ average;
            block.summaries[row] =
                    new Summary(Float.intBitsToFloat(min), Float.intBitsToFloat(average), Float.intBitsToFloat(max));
        }
        return block;
    }

    private void put(byte[] planes, int index, int bits) {
        for (int plane = 0; plane < Integer.BYTES; plane++) {
            planes[index + plane * summaries.length] = (byte) (bits >>> (8 * plane));
        }
    }

    private static int get(byte[] planes, int rows, int index) {
        int bits = 0;
        for (int plane = 0; plane < Integer.BYTES; plane++) {
            bits |= (planes[index + plane * rows] & 0xff) << (8 * plane);
        }
        return bits;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] bytes, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes);
            ByteBuffer out = ByteBuffer.allocate(length);
            while (out.hasRemaining() && inflater.inflate(out) > 0) {
                // Once more: it hands over what fits.
            }
            if (out.hasRemaining()) {
                throw new IllegalStateException("a block of the history is too short");
            }
            return out.array();
        } catch (DataFormatException e) {
            throw new IllegalStateException("a block of the history cannot be read", e);
        } finally {
            inflater.end();
        }
    }
}
