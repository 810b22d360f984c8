package pulseboard.machine.linux;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as the kernel and those who stand in for it (lxcfs, LX zones, drivers) print them. Read here and nowhere else: one that
 * cannot be read costs itself alone. A counter or an amount is a {@code long}, {@link #UNKNOWN} where it cannot be read; what may be
 * a fraction or below zero is a {@code double}, NaN where it cannot.
 */
public final class Numbers {

    /**
     * In place of a count or an amount, which is never negative. A counter of the kernel is an unsigned 64-bit number, and what fell
     * below zero is printed as one near 2^64; nothing counts that far, so from 2^63 on it is unknown, as is a negative number, a word
     * or nothing.
     */
    public static final long UNKNOWN = -1;

    private static final int EXACT_DIGITS = 18;
    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int power = 1; power < POWERS.length; power++) {
            POWERS[power] = POWERS[power - 1] * 10;
        }
    }

    private Numbers() {}

    /** A whole number from 0 to 2^63 - 1, which these bytes are; else {@link #UNKNOWN}. */
    static long count(byte[] bytes, int from, int to) {
        if (from >= to) {
            return UNKNOWN;
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return UNKNOWN;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The same of a text. */
    static long count(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return count(bytes, 0, bytes.length);
    }

    /** A count that fits an int, else unknown. */
    static int small(long count) {
        return count > Integer.MAX_VALUE ? (int) UNKNOWN : (int) count;
    }

    /** So many units of so many each; unknown where the count is, or where that is more than a long holds. */
    public static long times(long count, long each) {
        return count < 0 || count > Long.MAX_VALUE / each ? UNKNOWN : count * each;
    }

    /** A count as a number: {@code NaN} where it is unknown. */
    public static double orNaN(long count) {
        return count < 0 ? Double.NaN : count;
    }

    /** A number: whole, with a decimal point, or hexadecimal with 0x; {@code NaN} for all else. */
    public static double number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return number(bytes, 0, bytes.length);
    }

    /** The same of bytes. */
    static double number(byte[] bytes, int from, int to) {
        int at = from < to && bytes[from] == '-' ? from + 1 : from;
        int first = at;
        int point = -1;
        long value = 0;
        for (; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (bytes[at] == '.' && point < 0) {
                point = at;
            } else {
                return otherNumber(bytes, from, to);
            }
        }
        int digits = to - first - (point < 0 ? 0 : 1);
        int decimals = point < 0 ? 0 : to - point - 1;
        if (digits == 0 || digits > EXACT_DIGITS || (decimals > 0 && value > EXACT)) {
            return otherNumber(bytes, from, to);
        }
        double exact = decimals == 0 ? value : value / POWERS[decimals];
        return bytes[from] == '-' ? -exact : exact;
    }

    /** What is rare: large numbers, exponents, hexadecimal, and what is no number at all. */
    private static double otherNumber(byte[] bytes, int from, int to) {
        if (to - from > 2 && bytes[from] == '0' && bytes[from + 1] == 'x') {
            return hexadecimal(bytes, from + 2, to);
        }
        for (int at = from; at < to; at++) {
            if ((bytes[at] < '0' || bytes[at] > '9') && "+-.eE".indexOf(bytes[at]) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A hexadecimal number without 0x. */
    static double hexadecimal(byte[] bytes, int from, int to) {
        double value = from < to ? 0 : Double.NaN;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(bytes[at], 16);
            value = digit < 0 ? Double.NaN : value * 16 + digit;
        }
        return value;
    }
}
