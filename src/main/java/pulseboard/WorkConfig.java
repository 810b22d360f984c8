package pulseboard;

/**
 * Settings of {@code pulseboard work}, the process in which jobs run.
 *
 * @param start whether this program starts it by itself when there is a job; where it is a service of its own, it is false
 */
public record WorkConfig(boolean start) {

    /** What is used unless somebody says otherwise. */
    public static final WorkConfig DEFAULT = new WorkConfig(true);
}
