package pulseboard.history;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Some hundred intervals of one series. Samples are decimal numbers of few digits, so they are written as whole multiples of a
 * power of ten, minimum and maximum exactly and the mean with two digits more; neighbours differ little, so differences are
 * written, all lowest bytes together, then all second ones, and so on, and compressed. Numbers that are not like that are
 * written as they are.
 */
final class Block {

    private static final int COLUMNS = 3;
    private static final int COLUMN_BYTES = Integer.BYTES;
    private static final int MEAN_DIGITS = 100;
    private static final int MOST_EXPONENT = 12;
    private static final int LEAST_EXPONENT = -3;
    private static final int AS_IT_IS = Byte.MAX_VALUE;

    /** Leaves room for the digits of the mean, and for differences. */
    private static final double LARGEST = Integer.MAX_VALUE / 4.0 / MEAN_DIGITS;

    private static final int NOTHING = Integer.MIN_VALUE;

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
        int exponent = exponent();
        byte[] planes = new byte[summaries.length * COLUMNS * COLUMN_BYTES];
        int[] before = new int[COLUMNS];
        for (int row = 0; row < summaries.length; row++) {
            int[] numbers = exponent == AS_IT_IS ? bits(summaries[row]) : multiples(summaries[row], exponent);
            for (int column = 0; column < COLUMNS; column++) {
                put(planes, column, row, zigzag(numbers[column] - before[column]));
            }
            // Where nothing is known, what was known goes on to be what others differ from.
            before = numbers[0] == NOTHING ? before : numbers;
        }
        return deflate((byte) exponent, planes);
    }

    static Block decode(byte[] bytes, int rows) {
        int exponent = bytes[0];
        byte[] planes = inflate(bytes, rows * COLUMNS * COLUMN_BYTES);
        Block block = new Block(rows);
        int[] before = new int[COLUMNS];
        for (int row = 0; row < rows; row++) {
            int[] numbers = new int[COLUMNS];
            for (int column = 0; column < COLUMNS; column++) {
                numbers[column] = before[column] + unzigzag(get(planes, rows, column, row));
            }
            if (numbers[0] != NOTHING) {
                block.summaries[row] = exponent == AS_IT_IS ? ofBits(numbers) : ofMultiples(numbers, exponent);
                before = numbers;
            }
        }
        return block;
    }

    /** Of the largest power of ten of which all minima and maxima are multiples. */
    private int exponent() {
        for (int exponent = MOST_EXPONENT; exponent >= LEAST_EXPONENT; exponent--) {
            if (isMultiple(exponent)) {
                return exponent;
            }
        }
        return AS_IT_IS;
    }

    private boolean isMultiple(int exponent) {
        for (Summary summary : summaries) {
            if (!summary.isNone() && !(isMultiple(summary.min(), exponent) && isMultiple(summary.max(), exponent))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isMultiple(float value, int exponent) {
        double multiple = Math.rint(value / power(exponent));
        return Math.abs(multiple) < LARGEST && (float) (multiple * power(exponent)) == value;
    }

    /** Exact for these exponents where it is a whole number; else a quotient, which rounds better than a product. */
    private static double power(int exponent) {
        return exponent >= 0 ? Math.pow(10, exponent) : 1 / Math.pow(10, -exponent);
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

    private static Summary ofMultiples(int[] numbers, int exponent) {
        float min = (float) (numbers[0] * power(exponent));
        float max = (float) ((numbers[0] + numbers[1]) * power(exponent));
        double mean = (numbers[2] + (double) numbers[0] * MEAN_DIGITS) / MEAN_DIGITS * power(exponent);
        return Summary.of(min, mean, max);
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

    private static Summary ofBits(int[] numbers) {
        return new Summary(
                Float.intBitsToFloat(numbers[0]), Float.intBitsToFloat(numbers[2]), Float.intBitsToFloat(numbers[1]));
    }

    /** Small numbers of either sign become small numbers. */
    private static int zigzag(int number) {
        return (number << 1) ^ (number >> 31);
    }

    private static int unzigzag(int number) {
        return (number >>> 1) ^ -(number & 1);
    }

    private void put(byte[] planes, int column, int row, int number) {
        for (int plane = 0; plane < COLUMN_BYTES; plane++) {
            planes[(column * COLUMN_BYTES + plane) * summaries.length + row] = (byte) (number >>> (8 * plane));
        }
    }

    private static int get(byte[] planes, int rows, int column, int row) {
        int number = 0;
        for (int plane = 0; plane < COLUMN_BYTES; plane++) {
            number |= (planes[(column * COLUMN_BYTES + plane) * rows + row] & 0xff) << (8 * plane);
        }
        return number;
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

    private static byte[] inflate(byte[] bytes, int length) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, 1, bytes.length - 1);
            ByteBuffer out = ByteBuffer.allocate(length);
            int made = 1;
            while (out.hasRemaining() && made > 0) {
                made = inflater.inflate(out);
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
