package pulseboard.alert;

/**
 * Settings of the verdict.
 *
 * @param enabled whether boards are judged at all
 */
public record AlertConfig(boolean enabled) {

    /** What is used unless somebody says otherwise. */
    public static final AlertConfig DEFAULT = new AlertConfig(true);
}
