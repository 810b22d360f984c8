package pulseboard.machine.linux;

import org.jspecify.annotations.Nullable;

/**
 * The line of {@code /proc/PID/stat}. See proc_pid_stat(5). A figure that cannot be read is {@link Numbers#UNKNOWN}.
 *
 * @param name what the process calls itself
 * @param state a letter; {@code ?} where it cannot be read
 * @param parent the number of its parent
 * @param userTicks time in user mode, in 1/{@value ProcStat#TICKS_PER_SECOND} s, as are the other ticks
 * @param systemTicks time in the kernel
 * @param threads how many it has
 * @param startTicks when it was started, after the machine was
 * @param virtualBytes its address space
 * @param residentPages what of it is in memory
 */
public record ProcessStat(
        String name,
        char state,
        long parent,
        long userTicks,
        long systemTicks,
        long threads,
        long startTicks,
        long virtualBytes,
        long residentPages) {

    /**
     * Parses the line. The name stands in parentheses and may itself hold some, and line feeds, so the last one ends it.
     *
     * @return nothing for a line without a name
     */
    public static @Nullable ProcessStat parse(Words words) {
        if (!words.nextBetween('(', ')')) {
            return null;
        }
        String name = words.text();
        char state = words.next() ? words.text().charAt(0) : '?';
        long parent = words.nextCount();
        words.skip(9);
        long userTicks = words.nextCount();
        long systemTicks = words.nextCount();
        words.skip(4);
        long threads = words.nextCount();
        words.skip(1);
        long startTicks = words.nextCount();
        return new ProcessStat(
                name, state, parent, userTicks, systemTicks, threads, startTicks, words.nextCount(), words.nextCount());
    }

    /** Time in user mode and in the kernel. */
    public long ticks() {
        return userTicks < 0 || systemTicks < 0 ? Numbers.UNKNOWN : userTicks + systemTicks;
    }
}
