package pulseboard.machine;

import java.util.function.Supplier;

/**
 * One process; a negative number is not known.
 *
 * @param pid its number
 * @param startedAt distinguishes it from an earlier process of the same number; the unit is the system's own
 * @param name its name: untrusted text
 * @param state one of {@code running}, {@code sleeping}, {@code disk sleep}, {@code stopped}, {@code zombie}, {@code
 *     idle}, {@code other}
 * @param cpuMilliseconds CPU time it has used
 * @param residentBytes memory it has resident
 * @param threadCount its threads
 * @param parent the number of the process that it belongs to
 * @param details what can be asked of it
 */
public record ProcessReading(
        long pid,
        long startedAt,
        String name,
        String state,
        long cpuMilliseconds,
        long residentBytes,
        int threadCount,
        long parent,
        ProcessDetails details) {

    /** One of which nothing but the owner can be asked for. */
    public ProcessReading(
            long pid,
            long startedAt,
            String name,
            String state,
            long cpuMilliseconds,
            long residentBytes,
            int threadCount,
            Supplier<String> user) {
        this(pid, startedAt, name, state, cpuMilliseconds, residentBytes, threadCount, -1, ProcessDetails.of(user));
    }
}
