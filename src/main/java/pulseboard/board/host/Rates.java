package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;

/**
 * Counters to rates, and figures to what a person can see. Rounding happens here, at the source, because a digit that
 * nobody can read would otherwise be pushed to everyone each second.
 */
final class Rates {

    /** Further up, rounding would overflow. */
    private static final double MOST_ROUNDED = 0x1p62;

    private Rates() {}

    /**
     * What a counter grew by in a second, rounded to two significant digits. A counter that went down was reset: 0, not
     * a negative or absurd rate.
     */
    static long perSecond(long before, long now, double seconds) {
        return significant(Math.min(MOST_ROUNDED, Math.max(0, now - before) / seconds), 2);
    }

    /** The same; empty where the counter is not known at both times, which is a negative one. */
    static OptionalLong rate(long before, long now, double seconds) {
        return before < 0 || now < 0 ? OptionalLong.empty() : OptionalLong.of(perSecond(before, now, seconds));
    }

    /** Puts a figure where it is known. */
    static void put(JsonObject into, String key, OptionalLong figure) {
        figure.ifPresent(value -> into.put(key, value));
    }

    /** A share of a whole in percent from 0 to 100, to one decimal; 0 when there is no whole. */
    static double percent(double part, double whole) {
        return whole <= 0 ? 0 : oneDecimal(Math.min(100, Math.max(0, part / whole * 100)));
    }

    /** The same of whole numbers. */
    static double percent(long part, long whole) {
        return percent((double) part, (double) whole);
    }

    /** To one decimal, never negative. */
    static double oneDecimal(double value) {
        return Math.round(Math.max(0, value) * 10) / 10.0;
    }

    /** To two decimals, never negative. */
    static double twoDecimals(double value) {
        return Math.round(Math.max(0, value) * 100) / 100.0;
    }

    /** An amount of bytes to three significant digits, never negative. */
    static long bytes(long amount) {
        return significant((double) Math.min(1L << 62, Math.max(0, amount)), 3);
    }

    /** The same of what may be more than a {@code long} holds: then it stays a fraction. */
    static Number bytes(double amount) {
        return amount < MOST_ROUNDED ? (Number) bytes((long) amount) : (Number) amount;
    }

    /** An amount of bytes as it is. */
    static Number exactBytes(double amount) {
        return amount < MOST_ROUNDED ? (Number) Math.round(amount) : (Number) amount;
    }

    private static long significant(double value, int digits) {
        long rounded = Math.round(value);
        long step = 1;
        for (long rest = rounded; rest >= Math.pow(10, digits); rest /= 10) {
            step *= 10;
        }
        return (rounded + step / 2) / step * step;
    }
}
