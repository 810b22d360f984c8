package pulseboard.engine;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** How old a file is, by when its content was last changed, in days of 24 hours. */
public final class Ages {

    /** All of them, the youngest first. */
    public static final List<String> LABELS = List.of("today", "week", "month", "quarter", "year", "older", "unknown");

    private static final int[] DAYS = {1, 7, 30, 90, 365};

    private Ages() {}

    /**
     * Its label; a time to come is today's, and 0 or less is not known.
     *
     * @param modifiedAt in milliseconds of Unix time
     */
    public static String of(long modifiedAt, long now) {
        if (modifiedAt <= 0) {
            return "unknown";
        }
        long days = TimeUnit.MILLISECONDS.toDays(Math.max(0, now - modifiedAt));
        for (int index = 0; index < DAYS.length; index++) {
            if (days < DAYS[index]) {
                return LABELS.get(index);
            }
        }
        return "older";
    }
}
