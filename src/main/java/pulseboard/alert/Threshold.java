package pulseboard.alert;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * From when on a level is reached, and until when: both need to hold for a while, and between them nothing changes.
 *
 * @param when it is reached
 * @param forMilliseconds how long that must hold
 * @param until it is over; the opposite of {@code when} unless {@code clear} says otherwise
 * @param clearForMilliseconds how long that must hold
 */
record Threshold(Condition when, long forMilliseconds, Condition until, long clearForMilliseconds) {

    /**
     * Reads the short form: {@code above 93 for 2m clear 85 clearFor 5m}; all after the number may be missing.
     *
     * @throws IllegalArgumentException when it is none; the message says what is wrong
     */
    static Threshold of(String text) {
        Deque<String> words = new ArrayDeque<>(Arrays.asList(text.strip().split("\\s+", -1)));
        Condition when = condition(words);
        String clear = "";
        long hold = 0;
        long clearHold = -1;
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            String value = next(words, word);
            switch (word) {
                case "for" -> hold = milliseconds(value);
                case "clear" -> clear = value;
                case "clearFor" -> clearHold = milliseconds(value);
                default -> throw new IllegalArgumentException("\"" + word + "\" is none of for, clear, clearFor");
            }
        }
        return new Threshold(when, hold, opposite(when, clear), clearHold < 0 ? hold : clearHold);
    }

    /** A condition alone, such as {@code is squashfs}, at the beginning of these words. */
    static Condition condition(Deque<String> words) {
        String how = next(words, "the beginning");
        return new Condition(how, Condition.isAlone(how) ? "" : next(words, how));
    }

    private static String next(Deque<String> words, String before) {
        String word = words.pollFirst();
        if (word == null || word.isEmpty()) {
            throw new IllegalArgumentException("nothing follows \"" + before + "\"");
        }
        return word;
    }

    private static Condition opposite(Condition when, String clear) {
        String than = clear.isEmpty() ? when.than() : clear;
        return switch (when.how()) {
            case Condition.ABOVE -> new Condition(Condition.BELOW, clear.isEmpty() ? above(than) : than);
            case Condition.BELOW -> new Condition(Condition.ABOVE, clear.isEmpty() ? below(than) : than);
            case Condition.IS -> new Condition(Condition.IS_NOT, than);
            case Condition.PRESENT -> new Condition(Condition.ABSENT, "");
            case Condition.ABSENT -> new Condition(Condition.PRESENT, "");
            default -> new Condition(Condition.IS, than);
        };
    }

    /** Just above, so that the number itself is below it. */
    private static String above(String number) {
        return Double.toString(Math.nextUp(Double.parseDouble(number)));
    }

    private static String below(String number) {
        return Double.toString(Math.nextDown(Double.parseDouble(number)));
    }

    /** {@code 30s}, {@code 10m} or {@code 2h}. */
    static long milliseconds(String text) {
        if (!text.matches("[0-9]{1,6}[smh]")) {
            throw new IllegalArgumentException("a time is a number and s, m or h, such as 10m, not " + text);
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> TimeUnit.SECONDS.toMillis(number);
            case 'm' -> TimeUnit.MINUTES.toMillis(number);
            default -> TimeUnit.HOURS.toMillis(number);
        };
    }
}
