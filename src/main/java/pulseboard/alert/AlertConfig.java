package pulseboard.alert;

/**
 * Settings of the verdict.
 *
 * @param on whether boards are judged at all
 */
public record AlertConfig(boolean on) {

    /** What is used unless somebody says otherwise. */
    public static final AlertConfig DEFAULT = new AlertConfig(true);
}
