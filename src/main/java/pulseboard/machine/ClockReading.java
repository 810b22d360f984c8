package pulseboard.machine;

/**
 * How well this machine's clock is kept.
 *
 * @param isSynchronized whether something, as a rule a time server, keeps it right
 * @param maximumErrorSeconds how far it may be off at most, as the kernel reckons; grows while nobody corrects it, up to 16
 */
public record ClockReading(boolean isSynchronized, double maximumErrorSeconds) {}
