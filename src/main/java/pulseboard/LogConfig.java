package pulseboard;

/**
 * Settings of logging.
 *
 * @param folder where log files are written; without it, only the console is
 */
public record LogConfig(String folder) {

    /** What is used unless somebody says otherwise. */
    public static final LogConfig DEFAULT = new LogConfig("");
}
