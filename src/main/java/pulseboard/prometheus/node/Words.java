package pulseboard.prometheus.node;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a kernel's file, read line by line and word by word without making a string of what is not needed. Numbers are read
 * here and nowhere else: what is no number is {@code NaN}, which {@link pulseboard.prometheus.Family} leaves out, so that a field
 * that cannot be read costs that field alone. Not thread-safe.
 */
final class Words {

    /** From here on a number that the kernel prints unsigned is one below zero that it took for a large one. */
    static final double UNSIGNED = 0x1p63;

    private static final int EXACT_DIGITS = 18;
    private static final long EXACT = 1L << 53;
    private static final double[] POWERS = new double[EXACT_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int power = 1; power < POWERS.length; power++) {
            POWERS[power] = POWERS[power - 1] * 10;
        }
    }

    private byte[] bytes = new byte[0];
    private int length;
    private int nextLine;
    private int lineStart;
    private int lineEnd;
    private int at;
    private int start;
    private int end;

    /** Begins before the first line of this text, which is not copied. */
    Words reset(byte[] text, int count) {
        bytes = text;
        length = count;
        nextLine = 0;
        lineStart = lineEnd = at = start = end = 0;
        return this;
    }

    /** Goes on to the next line, before its first word. */
    boolean nextLine() {
        if (nextLine >= length) {
            lineStart = lineEnd = at = start = end = length;
            return false;
        }
        int to = nextLine;
        while (to < length && bytes[to] != '\n') {
            to++;
        }
        lineStart = at = start = end = nextLine;
        lineEnd = to;
        nextLine = to + 1;
        return true;
    }

    /** Goes on to the next word of the line; at its end the word is empty. */
    boolean next() {
        int from = at;
        while (from < lineEnd && isSpace(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < lineEnd && !isSpace(bytes[to])) {
            to++;
        }
        start = from;
        end = at = to;
        return to > from;
    }

    /** Goes on by so many words. */
    boolean skip(int words) {
        boolean found = true;
        for (int word = 0; word < words; word++) {
            found = next();
        }
        return found;
    }

    /** The word is what stands before the last such character of the line, without blanks around; the rest follows. */
    boolean nextUntilLast(char last) {
        int to = lineEnd - 1;
        while (to >= at && bytes[to] != last) {
            to--;
        }
        if (to < at) {
            return false;
        }
        start = at;
        end = to;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        at = to + 1;
        return end > start;
    }

    private static boolean isSpace(byte each) {
        return each <= ' ' && each >= 0;
    }

    /** Whether the line begins like this. */
    boolean lineStartsWith(String ascii) {
        return regionIs(lineStart, lineEnd, ascii);
    }

    /** Whether the word begins like this. */
    boolean startsWith(String ascii) {
        return regionIs(start, end, ascii);
    }

    /** Whether this is the word. */
    boolean is(String ascii) {
        return end - start == ascii.length() && regionIs(start, end, ascii);
    }

    /** Whether this is somewhere in the word. */
    boolean contains(String ascii) {
        for (int from = start; from + ascii.length() <= end; from++) {
            if (regionIs(from, end, ascii)) {
                return true;
            }
        }
        return false;
    }

    private boolean regionIs(int from, int to, String ascii) {
        if (to - from < ascii.length()) {
            return false;
        }
        for (int index = 0; index < ascii.length(); index++) {
            if (bytes[from + index] != ascii.charAt(index)) {
                return false;
            }
        }
        return true;
    }

    /** The word as text. */
    String text() {
        return text(bytes, start, end);
    }

    /** The word without this many bytes at its beginning and at its end. */
    String text(int first, int last) {
        return text(bytes, Math.min(start + first, end), Math.max(end - last, Math.min(start + first, end)));
    }

    /** The whole line as text. */
    String line() {
        return text(bytes, lineStart, lineEnd);
    }

    /** Whether the whole line is these bytes. */
    boolean lineIs(byte[] other) {
        if (lineEnd - lineStart != other.length) {
            return false;
        }
        for (int index = 0; index < other.length; index++) {
            if (bytes[lineStart + index] != other[index]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of the whole line. */
    byte[] lineBytes() {
        return Arrays.copyOfRange(bytes, lineStart, lineEnd);
    }

    /** The word as a number. */
    double number() {
        return number(bytes, start, end);
    }

    /** The word as a number, without this many bytes at its beginning. */
    double number(int first) {
        return number(bytes, Math.min(start + first, end), end);
    }

    /** The next word as a number. */
    double nextNumber() {
        next();
        return number();
    }

    /** The word as a hexadecimal number. */
    double hexadecimal() {
        return hexadecimal(bytes, start, end);
    }

    /** The two hexadecimal numbers of the word, with a colon between them, the first or the second. */
    double hexadecimal(boolean first) {
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        return first ? hexadecimal(bytes, start, colon) : hexadecimal(bytes, Math.min(colon + 1, end), end);
    }

    /** Text as it should be, UTF-8; a run of bytes that is none is one replacement character, as elsewhere in Prometheus's world. */
    static String text(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : text.replaceAll("\uFFFD+", "\uFFFD");
    }

    /** A number: whole, with a decimal point, or hexadecimal with 0x; {@code NaN} for all else. */
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

    private static double hexadecimal(byte[] bytes, int from, int to) {
        double value = from < to ? 0 : Double.NaN;
        for (int at = from; at < to; at++) {
            int digit = Character.digit(bytes[at], 16);
            value = digit < 0 ? Double.NaN : value * 16 + digit;
        }
        return value;
    }
}
