package pulseboard.machine;

/**
 * How many processes there are.
 *
 * @param count processes
 * @param threadCount threads of all processes; negative where unknown
 * @param runningCount threads running or ready to run; negative where unknown
 */
public record ProcessCounts(int count, int threadCount, int runningCount) {}
