package pulseboard.machine;

/**
 * Load averages: how many tasks ran, were ready to run or waited for a disk, on average; negative where
 * one is not known.
 *
 * @param load1 of the last minute
 * @param load5 of the last 5 minutes
 * @param load15 of the last 15 minutes
 */
public record LoadReading(double load1, double load5, double load15) {}
