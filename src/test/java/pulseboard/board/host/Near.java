package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares amounts that were read one after the other. */
public final class Near {

    private Near() {}

    /** Fails when two amounts are further apart than this. */
    public static void assertNear(long expected, long actual, double tolerance) {
        assertNear((double) expected, (double) actual, tolerance);
    }

    /** The same of fractions. */
    public static void assertNear(double expected, double actual, double tolerance) {
        assertTrue(
                Math.abs(expected - actual) <= tolerance,
                () -> actual + " is not within " + Math.round(tolerance) + " of " + expected);
    }

    /** Fails when a counter that only grows is not between an earlier and a later reading of it. */
    public static void assertBetween(long least, long value, long most) {
        assertTrue(least <= value && value <= most, () -> value + " is not between " + least + " and " + most);
    }
}
