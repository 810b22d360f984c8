package pulseboard.board.uploads.config;

/**
 * A text in rclone's log that has an account rest.
 *
 * @param text part of a message; capitals do not matter
 * @param count how often it has to be said
 * @param windowSeconds within so long, from the first time on
 * @param suspendHours how long the account rests then
 */
public record TriggerConfig(String text, int count, int windowSeconds, int suspendHours) {

    /** What is used unless somebody says otherwise. */
    public static final TriggerConfig DEFAULT = new TriggerConfig("", 1, 3_600, 24);

    /** Checks the values, once it is known how the trigger is called. */
    void check(String key) {
        require(!text.isBlank(), key + ".text must be a part of a message of rclone's, and is missing");
        require(count >= 1, key + ".count must be 1 or more, not " + count);
        require(windowSeconds >= 1, key + ".windowSeconds must be 1 or more, not " + windowSeconds);
        require(suspendHours >= 1, key + ".suspendHours must be 1 or more, not " + suspendHours);
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
