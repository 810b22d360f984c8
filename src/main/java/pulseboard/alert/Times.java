package pulseboard.alert;

import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Lengths of time, as rules and people write them. */
final class Times {

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,6}[smhd]");
    private static final long MOST_DAYS = 366;

    private Times() {}

    /**
     * Reads {@code 30s}, {@code 10m}, {@code 2h} or {@code 7d}.
     *
     * @throws WrongRule when it is none
     */
    static long milliseconds(String text) {
        if (!LENGTH.matcher(text).matches()) {
            throw new WrongRule("\"" + text + "\" is no time", 1, "write a number and s, m, h or d, such as 10m");
        }
        long number = Long.parseLong(text.substring(0, text.length() - 1));
        long length = switch (text.charAt(text.length() - 1)) {
            case 's' -> TimeUnit.SECONDS.toMillis(number);
            case 'm' -> TimeUnit.MINUTES.toMillis(number);
            case 'h' -> TimeUnit.HOURS.toMillis(number);
            default -> TimeUnit.DAYS.toMillis(number);
        };
        if (length > TimeUnit.DAYS.toMillis(MOST_DAYS)) {
            throw new WrongRule("\"" + text + "\" is too long", 1, "write at most " + MOST_DAYS + "d");
        }
        return length;
    }

    /** Writes what {@link #milliseconds} reads. */
    static String text(long milliseconds) {
        long seconds = milliseconds / 1_000;
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0 && seconds > 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** As people say it, in one unit: {@code 9 min}, {@code 5 h}. */
    static String spoken(long milliseconds) {
        long seconds = milliseconds / 1_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 5_400) {
            return Math.round(seconds / 60.0) + " min";
        }
        return seconds < 129_600 ? Math.round(seconds / 3_600.0) + " h" : Math.round(seconds / 86_400.0) + " days";
    }

    /** Fills in {@code {{for}}}: how long it has been so; since 0 it has not. */
    static String filled(String said, long since, long now) {
        return said.replace("{{for}}", spoken(since == 0 ? 0 : now - since));
    }
}
