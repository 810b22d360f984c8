package pulseboard.history;

/**
 * Settings of the history.
 *
 * @param folder where it is kept; empty: where users and tokens are
 * @param days how long it is kept, 0 to 3650; 0 keeps nothing on disk
 * @param maxSeries how many series are kept at most, 10 to 20000
 * @param processDays how long the busiest processes of each minute are kept, 0 to 3650; 0 does not even look for them
 */
public record HistoryConfig(String folder, int days, int maxSeries, int processDays) {

    /** What is used unless somebody says otherwise. */
    public static final HistoryConfig DEFAULT = new HistoryConfig("", 730, 500, 30);

    /** Checks every value. */
    public HistoryConfig {
        requireRange("history.days", days, 0, 3650);
        requireRange("history.maxSeries", maxSeries, 10, 20_000);
        requireRange("history.processDays", processDays, 0, 3650);
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
