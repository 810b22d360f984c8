package pulseboard.machine.linux;

import java.util.OptionalLong;
import java.util.StringTokenizer;

/**
 * Numbers as the kernel and those who stand in for it (lxcfs, LX zones, drivers) print them. One that cannot be read costs
 * itself alone: it is {@link #UNKNOWN}. A counter is an unsigned 64-bit number, and what fell below zero is printed as one
 * near 2^64; nothing here counts that far, so from 2^63 on it is unknown, as is a negative number, a word or nothing.
 */
final class Numbers {

    /** In place of a count or an amount, which is never negative. */
    static final long UNKNOWN = -1;

    private Numbers() {}

    /** A whole number from 0 to 2^63 - 1, which the part of the text consists of; else {@link #UNKNOWN}. */
    static long count(CharSequence text, int start, int end) {
        if (start >= end) {
            return UNKNOWN;
        }
        long value = 0;
        for (int at = start; at < end; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return UNKNOWN;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** The same of a whole word. */
    static long count(String word) {
        return count(word, 0, word.length());
    }

    /** The same of the word that starts there and ends at white space or at the end of the text. */
    static long countAt(CharSequence text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        return count(text, start, end);
    }

    /** The same of the next word, where there is one. */
    static long nextCount(StringTokenizer words) {
        return words.hasMoreTokens() ? count(words.nextToken()) : UNKNOWN;
    }

    /** A count that fits an int. */
    static int smallCount(String word) {
        long value = count(word);
        return value > Integer.MAX_VALUE ? (int) UNKNOWN : (int) value;
    }

    /** So many units of so many each; unknown where the count is, or where that is more than a long holds. */
    static long times(long count, long each) {
        return count < 0 || count > Long.MAX_VALUE / each ? UNKNOWN : count * each;
    }

    /** A whole number with or without a sign; empty where the word is none. */
    static OptionalLong signed(String word) {
        boolean negative = word.startsWith("-");
        long value = count(word, negative ? 1 : 0, word.length());
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(negative ? -value : value);
    }

    /** A decimal fraction from 0 on; negative where the word is none. */
    static double decimal(String word) {
        try {
            double value = Double.parseDouble(word);
            return Double.isFinite(value) ? value : UNKNOWN;
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
