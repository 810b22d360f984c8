package pulseboard.host;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Compares amounts that were read one after the other. */
public final class Near {

    private Near() {}

    /** Fails when two amounts are further apart than this. */
    public static void assertNear(long expected, long actual, double tolerance) {
        assertTrue(
                Math.abs((double) expected - actual) <= tolerance,
                () -> actual + " is not within " + Math.round(tolerance) + " of " + expected);
    }

    /** Fails when a counter that only grows is not between an earlier and a later reading of it. */
    public static void assertBetween(long least, long value, long most) {
        assertTrue(least <= value && value <= most, () -> value + " is not between " + least + " and " + most);
    }
}
