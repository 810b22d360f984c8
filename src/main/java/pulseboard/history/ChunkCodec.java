package pulseboard.history;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Writes a chunk as bytes and reads it again. Samples are decimal numbers of few digits, so they are written as whole multiples of a
 * power of ten, minimum and maximum exactly and the mean with two digits more; neighbours differ little, so differences are
 * written, all lowest bytes together, then all second ones, and so on, and compressed. Numbers that are not like that are
 * written as they are.
 */
final class ChunkCodec {

    private static final int COLUMNS = 3;
    private static final int COLUMN_BYTES = Integer.BYTES;
    private static final int MEAN_DIGITS = 100;
    private static final int MOST_EXPONENT = 12;
    private static final int LEAST_EXPONENT = -3;
    private static final int AS_IT_IS = Byte.MAX_VALUE;

    /** Leaves room for the digits of the mean, and for differences. */
    private static final double LARGEST = Integer.MAX_VALUE / 4.0 / MEAN_DIGITS;

    private static final int NOTHING = Integer.MIN_VALUE;

    /** By exponent, from the least. Exact where it is a whole number; else a quotient, which rounds better than a product. */
    private static final double[] POWERS = new double[MOST_EXPONENT - LEAST_EXPONENT + 1];

    static {
        for (int exponent = LEAST_EXPONENT; exponent <= MOST_EXPONENT; exponent++) {
            POWERS[exponent - LEAST_EXPONENT] = exponent >= 0 ? Math.pow(10, exponent) : 1 / Math.pow(10, -exponent);
        }
    }

    private ChunkCodec() {}

    static byte[] encode(Chunk chunk) {
        int exponent = exponent(chunk);
        int rows = chunk.rows();
        byte[] planes = new byte[rows * COLUMNS * COLUMN_BYTES];
        int[] before = new int[COLUMNS];
        for (int row = 0; row < rows; row++) {
            int[] numbers = exponent == AS_IT_IS ? bits(chunk.get(row)) : multiples(chunk.get(row), exponent);
            for (int column = 0; column < COLUMNS; column++) {
                put(planes, column * rows * COLUMN_BYTES + row, rows, zigzag(numbers[column] - before[column]));
            }
            // Where nothing is known, what was known goes on to be what others differ from.
            before = numbers[0] == NOTHING ? before : numbers;
        }
        return deflate((byte) exponent, planes);
    }

    /** Reads what {@link #encode} made; the inflater is used again, as a new one takes longer than most blocks. */
    static Chunk decode(byte[] bytes, int rows, Inflater inflater) {
        int exponent = bytes[0];
        int[] numbers = new int[rows * COLUMNS];
        unite(inflate(bytes, rows * COLUMNS * COLUMN_BYTES, inflater), numbers);
        Chunk chunk = new Chunk(rows);
        int[] known = new int[COLUMNS];
        for (int row = 0; row < rows; row++) {
            int first = known[0] + unzigzag(numbers[row]);
            if (first != NOTHING) {
                known[0] = first;
                known[1] += unzigzag(numbers[rows + row]);
                known[2] += unzigzag(numbers[2 * rows + row]);
                put(chunk, row, known, exponent);
            }
        }
        return chunk;
    }

    /** Puts the bytes of each number together again. */
    private static void unite(byte[] planes, int[] numbers) {
        int rows = numbers.length / COLUMNS;
        for (int column = 0; column < COLUMNS; column++) {
            int start = column * COLUMN_BYTES * rows;
            for (int row = 0; row < rows; row++) {
                int at = start + row;
                numbers[column * rows + row] = (planes[at] & 0xff)
                        | (planes[at + rows] & 0xff) << 8
                        | (planes[at + 2 * rows] & 0xff) << 16
                        | planes[at + 3 * rows] << 24;
            }
        }
    }

    private static void put(Chunk chunk, int row, int[] numbers, int exponent) {
        if (exponent == AS_IT_IS) {
            chunk.set(
                    row,
                    Float.intBitsToFloat(numbers[0]),
                    Float.intBitsToFloat(numbers[2]),
                    Float.intBitsToFloat(numbers[1]));
            return;
        }
        double power = power(exponent);
        float min = (float) (numbers[0] * power);
        float max = (float) ((numbers[0] + numbers[1]) * power);
        double mean = (numbers[2] + (double) numbers[0] * MEAN_DIGITS) / MEAN_DIGITS * power;
        chunk.set(row, min, Summary.mean(min, mean, max), max);
    }

    /** Of the largest power of ten of which all minima and maxima are multiples. */
    private static int exponent(Chunk chunk) {
        for (int exponent = MOST_EXPONENT; exponent >= LEAST_EXPONENT; exponent--) {
            if (isMultiple(chunk, exponent)) {
                return exponent;
            }
        }
        return AS_IT_IS;
    }

    private static boolean isMultiple(Chunk chunk, int exponent) {
        for (int row = 0; row < chunk.rows(); row++) {
            if (chunk.isKnown(row) && !(isMultiple(chunk.min(row), exponent) && isMultiple(chunk.max(row), exponent))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMultiple(float value, int exponent) {
        double multiple = Math.rint(value / power(exponent));
        return Math.abs(multiple) < LARGEST && (float) (multiple * power(exponent)) == value;
    }

    private static double power(int exponent) {
        return POWERS[exponent - LEAST_EXPONENT];
    }

    private static int[] multiples(Summary summary, int exponent) {
        if (summary.isNone()) {
            return new int[] {NOTHING, 0, 0};
        }
        int min = (int) Math.rint(summary.min() / power(exponent));
        int max = (int) Math.rint(summary.max() / power(exponent));
        int mean = (int) Math.rint(summary.average() / power(exponent) * MEAN_DIGITS);
        return new int[] {min, max - min, mean - min * MEAN_DIGITS};
    }

    private static int[] bits(Summary summary) {
        return summary.isNone()
                ? new int[] {NOTHING, 0, 0}
                : new int[] {
                    Float.floatToRawIntBits(summary.min() + 0f), // -0 would look like nothing.
                    Float.floatToRawIntBits(summary.max()),
                    Float.floatToRawIntBits(summary.average())
                };
    }

    /** Small numbers of either sign become small numbers. */
    private static int zigzag(int number) {
        return (number << 1) ^ (number >> 31);
    }

    private static int unzigzag(int number) {
        return (number >>> 1) ^ -(number & 1);
    }

    private static void put(byte[] planes, int first, int rows, int number) {
        for (int plane = 0; plane < COLUMN_BYTES; plane++) {
            planes[first + plane * rows] = (byte) (number >>> (8 * plane));
        }
    }

    private static byte[] deflate(byte exponent, byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(exponent);
            byte[] buffer = new byte[1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] bytes, int length, Inflater inflater) {
        try {
            inflater.reset();
            inflater.setInput(bytes, 1, bytes.length - 1);
            byte[] out = new byte[length];
            int filled = 0;
            int made = 1;
            while (filled < length && made > 0) {
                made = inflater.inflate(out, filled, length - filled);
                filled += made;
            }
            if (filled < length) {
                throw new IllegalStateException("a block of the history is too short");
            }
            return out;
        } catch (DataFormatException e) {
            throw new IllegalStateException("a block of the history cannot be read", e);
        }
    }
}
