package pulseboard.alert;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares one value of a board.
 *
 * @param how {@code above} or {@code below} a number, {@code is} or {@code isNot} a text, number or true and false, {@code present}
 *     or {@code absent}
 * @param than what it is compared with, as it is written; empty for the last two
 */
record Condition(String how, String than) {

    static final String ABOVE = "above";
    static final String BELOW = "below";
    static final String IS = "is";
    static final String IS_NOT = "isNot";
    static final String PRESENT = "present";
    static final String ABSENT = "absent";

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when it can never hold
     */
    Condition {
        switch (how) {
            case ABOVE, BELOW -> Double.parseDouble(than);
            case IS, IS_NOT, PRESENT, ABSENT -> {}
            default ->
                throw new IllegalArgumentException(
                        "a condition is above, below, is, isNot, present or absent, not " + how);
        }
    }

    /** Whether nothing more is said of it than its name. */
    boolean isAlone() {
        return isAlone(how);
    }

    static boolean isAlone(String how) {
        return how.equals(PRESENT) || how.equals(ABSENT);
    }

    /** Whether a value is so; one of another type is not, and of one that is not there only that is known. */
    boolean holds(@Nullable Object value) {
        if (value == null || isAlone()) {
            return value == null ? how.equals(ABSENT) : how.equals(PRESENT);
        }
        return switch (how) {
            case ABOVE -> value instanceof Number number && number.doubleValue() > limit();
            case BELOW -> value instanceof Number number && number.doubleValue() < limit();
            case IS -> isEqual(value);
            default -> !isEqual(value);
        };
    }

    private double limit() {
        return Double.parseDouble(than);
    }

    private boolean isEqual(Object value) {
        if (value instanceof Number number && than.matches("-?[0-9.]+")) {
            return number.doubleValue() == limit();
        }
        return Objects.toString(value).equals(than);
    }
}
