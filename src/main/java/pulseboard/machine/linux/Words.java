package pulseboard.machine.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a kernel's file, read line by line and word by word without making a string of what is not needed. What cannot be
 * read as a number is unknown or {@code NaN} (see {@link Numbers}) and goes no further. Not thread-safe.
 */
public final class Words {

    private static final long MISSING = -2;

    private byte[] bytes = new byte[0];
    private int length;
    private int nextLine;
    private int lineStart;
    private int lineEnd;
    private int at;
    private int start;
    private int end;

    /** The words of a text, before its first line. */
    static Words of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new Words().reset(utf8, utf8.length);
    }

    /** Begins before the first line of this text, which is not copied. */
    Words reset(byte[] text, int count) {
        bytes = text;
        length = count;
        nextLine = 0;
        lineStart = lineEnd = at = start = end = 0;
        return this;
    }

    /** Goes on to the next line, before its first word. */
    public boolean nextLine() {
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
    public boolean next() {
        int from = Math.min(at, lineEnd);
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

    /** The word is what stands before the next blank, which may be nothing: here a tab or a carriage return is part of a name. */
    public boolean nextField() {
        if (at > lineEnd) {
            start = end = lineEnd;
            return false;
        }
        int to = at;
        while (to < lineEnd && bytes[to] != ' ') {
            to++;
        }
        start = at;
        end = to;
        at = to + 1;
        return true;
    }

    /** Goes on by so many words. */
    public boolean skip(int words) {
        boolean found = true;
        for (int word = 0; word < words; word++) {
            found = next();
        }
        return found;
    }

    /** The word is what stands before the last such character of the line, without blanks around; the rest follows. */
    public boolean nextUntilLast(char last) {
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

    /** The word is all between the first of the one and the last of the other character of the whole text; the rest follows as one line. */
    boolean nextBetween(char first, char last) {
        int from = 0;
        while (from < length && bytes[from] != first) {
            from++;
        }
        int to = length - 1;
        while (to > from && bytes[to] != last) {
            to--;
        }
        if (to <= from) {
            return false;
        }
        start = from + 1;
        end = to;
        at = to + 1;
        lineEnd = nextLine = length;
        return true;
    }

    private static boolean isSpace(byte each) {
        return each <= ' ' && each >= 0;
    }

    /** Whether the line begins like this. */
    public boolean lineStartsWith(String ascii) {
        return regionIs(lineStart, lineEnd, ascii);
    }

    /** Whether the word begins like this. */
    public boolean startsWith(String ascii) {
        return regionIs(start, end, ascii);
    }

    /** Whether the word ends like this. */
    boolean endsWith(String ascii) {
        return end - start >= ascii.length() && regionIs(end - ascii.length(), end, ascii);
    }

    /** Whether this is the word. */
    public boolean is(String ascii) {
        return end - start == ascii.length() && regionIs(start, end, ascii);
    }

    /** Whether this is somewhere in the word. */
    public boolean contains(String ascii) {
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
    public String text() {
        return Utf8.text(bytes, start, end);
    }

    /** The word without this many bytes at its beginning and at its end. */
    public String text(int first, int last) {
        return Utf8.text(bytes, Math.min(start + first, end), Math.max(end - last, Math.min(start + first, end)));
    }

    /** The whole line as text. */
    public String line() {
        return Utf8.text(bytes, lineStart, lineEnd);
    }

    /** Whether the whole line is these bytes. */
    public boolean lineIs(byte[] other) {
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
    public byte[] lineBytes() {
        return Arrays.copyOfRange(bytes, lineStart, lineEnd);
    }

    /** The word as a number. */
    public double number() {
        return Numbers.number(bytes, start, end);
    }

    /** The word as a number, without this many bytes at its beginning. */
    public double number(int first) {
        return number(first, 0);
    }

    /** The same without this many bytes at its beginning and at its end. */
    double number(int first, int last) {
        int from = Math.min(start + first, end);
        return Numbers.number(bytes, from, Math.max(from, end - last));
    }

    /** The word as a whole number from 0 on; {@link Numbers#UNKNOWN} where it is none. */
    public long count() {
        return Numbers.count(bytes, start, end);
    }

    /** The same without this many bytes at its beginning. */
    long count(int first) {
        return Numbers.count(bytes, Math.min(start + first, end), end);
    }

    /** The same of the next word. */
    public long nextCount() {
        next();
        return count();
    }

    /** The next word as a number. */
    public double nextNumber() {
        next();
        return number();
    }

    /**
     * The numbers behind these keys, each of which is the first word of its line; of two alike the first counts.
     *
     * @param between how many words there are between a key and its number
     */
    long[] countsBehind(int between, String... keys) {
        long[] counts = new long[keys.length];
        Arrays.fill(counts, MISSING);
        while (nextLine()) {
            next();
            int key = indexIn(keys);
            if (key >= 0 && counts[key] == MISSING) {
                skip(between);
                counts[key] = nextCount();
            }
        }
        for (int key = 0; key < counts.length; key++) {
            counts[key] = Math.max(Numbers.UNKNOWN, counts[key]);
        }
        return counts;
    }

    /** Which of these the word is; negative for none. */
    int indexIn(String... keys) {
        for (int key = 0; key < keys.length; key++) {
            if (is(keys[key])) {
                return key;
            }
        }
        return -1;
    }

    /** The word as a hexadecimal number. */
    public double hexadecimal() {
        return Numbers.hexadecimal(bytes, start, end);
    }

    /** The two hexadecimal numbers of the word, with a colon between them, the first or the second. */
    public double hexadecimal(boolean first) {
        int colon = start;
        while (colon < end && bytes[colon] != ':') {
            colon++;
        }
        return first
                ? Numbers.hexadecimal(bytes, start, colon)
                : Numbers.hexadecimal(bytes, Math.min(colon + 1, end), end);
    }
}
