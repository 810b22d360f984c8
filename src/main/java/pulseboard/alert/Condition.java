package pulseboard.alert;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares one value of a board.
 *
 * @param how in which way
 * @param than what it is compared with, as it is written
 * @param number the same as a number; not one where it is none
 * @param windowMilliseconds over which time it is counted, or how far ahead it is looked; 0 where neither is done
 */
record Condition(How how, List<String> than, double number, long windowMilliseconds) {

    /** The value of something of which nothing is known, not even whether it is there. */
    static final Object UNKNOWN = new Object();

    /** The value of something that does not count for now. */
    static final Object OFF = new Object();

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

    /** The ways to compare. */
    enum How {
        /** A number is higher. */
        ABOVE,
        /** A number is lower. */
        BELOW,
        /** A text, number or true and false is this. */
        IS,
        /** It is another. */
        IS_NOT,
        /** It is one of these. */
        IN,
        /** It is there, which only what is wrong is. */
        PRESENT,
        /** What holds it is there, and it is not. */
        GONE,
        /** It is not there. */
        ABSENT,
        /** A counter rose by so much within a time. */
        RISES,
        /** It changed so often within a time. */
        CHANGES,
        /** It is another than before, also than before a restart: an event. */
        DIFFERS,
        /** A number will get there within a time, if it goes on as it did. */
        REACHES;

        /** As it is written in a rule, such as {@code isNot}. */
        String text() {
            return this == IS_NOT ? "isNot" : name().toLowerCase(Locale.ROOT);
        }

        /** Whether a missing value says something. */
        boolean isOfPresence() {
            return this == PRESENT || this == GONE || this == ABSENT;
        }

        /** Whether it takes more than the newest value. */
        boolean isRemembering() {
            return this == ABSENT || this == RISES || this == CHANGES || this == DIFFERS;
        }

        private boolean isOfNumbers() {
            return this == ABOVE || this == BELOW || this == RISES || this == CHANGES || this == REACHES;
        }
    }

    /** Copies. */
    Condition {
        than = List.copyOf(than);
    }

    /**
     * Checks what it is compared with.
     *
     * @throws WrongRule when it has to be a number and is none
     */
    static Condition of(How how, List<String> than, long windowMilliseconds) {
        String first = than.isEmpty() ? "" : than.get(0);
        boolean isNumber = NUMBER.matcher(first).matches();
        if (how.isOfNumbers() && !isNumber) {
            throw new WrongRule(
                    "\"" + first + "\" after " + how.text() + " is no number", 1, "write one such as 93 or 0.5");
        }
        return new Condition(how, than, isNumber ? Double.parseDouble(first) : Double.NaN, windowMilliseconds);
    }

    static Condition of(How how, String... than) {
        return of(how, List.of(than), 0);
    }

    /** Whether a value is so; one of another type is not. */
    boolean holds(@Nullable Object value) {
        if (value == null || value == UNKNOWN || value == OFF) {
            return how == How.ABSENT ? value != OFF : how == How.GONE && value == null;
        }
        return switch (how) {
            case ABOVE -> value instanceof Number found && found.doubleValue() > number;
            case BELOW -> value instanceof Number found && found.doubleValue() < number;
            case RISES, CHANGES -> value instanceof Number found && found.doubleValue() >= number;
            case REACHES -> value instanceof Number found && found.doubleValue() * 1_000 <= windowMilliseconds;
            case IS, IN -> isOne(value);
            case IS_NOT -> !isOne(value);
            case PRESENT -> true;
            case DIFFERS -> Boolean.TRUE.equals(value);
            default -> false;
        };
    }

    private boolean isOne(Object value) {
        if (value instanceof Number found && !Double.isNaN(number) && how != How.IN) {
            return found.doubleValue() == number;
        }
        return than.contains(Objects.toString(value))
                || (value instanceof Number found && than.contains(Figures.plain(found.doubleValue())));
    }

    /** What ends it, unless somebody says otherwise: just not the same, and two hundredths away from a number. */
    Condition opposite() {
        double away = Math.abs(number) * 0.02;
        return switch (how) {
            case ABOVE -> new Condition(How.BELOW, than, Math.nextUp(number - away), 0);
            case BELOW -> new Condition(How.ABOVE, than, Math.nextDown(number + away), 0);
            case RISES, CHANGES -> new Condition(How.BELOW, than, number, 0);
            case REACHES -> new Condition(How.ABOVE, than, windowMilliseconds / 1_000.0 * 1.25, 0);
            case IS -> new Condition(How.IS_NOT, than, number, 0);
            case IS_NOT -> new Condition(How.IS, than, number, 0);
            case IN -> new Condition(How.IS_NOT, than, Double.NaN, 0);
            case PRESENT -> new Condition(How.GONE, List.of(), Double.NaN, 0);
            default -> new Condition(How.PRESENT, List.of(), Double.NaN, 0);
        };
    }

    /** The same limit on the other side, where that is said. */
    Condition clearedAt(Condition clear) {
        How other = how == How.BELOW ? How.ABOVE : How.BELOW;
        double limit = other == How.BELOW ? Math.nextUp(clear.number) : Math.nextDown(clear.number);
        return new Condition(other, clear.than, limit, 0);
    }

    /** Whether it can be said at which number it ends. */
    boolean canBeCleared() {
        return how == How.ABOVE || how == How.BELOW || how == How.RISES || how == How.CHANGES;
    }

    private static String word(String text) {
        return text.matches("[^\\s,\\[\\]]+") ? text : '"' + text + '"';
    }

    /** As it is written. */
    String text() {
        String list = than.stream().map(Condition::word).collect(Collectors.joining(", "));
        return switch (how) {
            case PRESENT, ABSENT, GONE, DIFFERS -> how.text();
            case IN -> "in [" + list + "]";
            case RISES, CHANGES -> how.text() + " " + list + " in " + Times.text(windowMilliseconds);
            case REACHES -> how.text() + " " + list + " within " + Times.text(windowMilliseconds);
            default -> how.text() + " " + list;
        };
    }
}
