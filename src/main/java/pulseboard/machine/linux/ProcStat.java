package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.machine.CpuReading;
import pulseboard.machine.Reader;

/** {@code /proc/stat}: CPU ticks by core, and what the kernel counts for the machine as a whole. See proc_stat(5). */
public final class ProcStat implements Reader<CpuReading> {

    /** What the kernel shows to programs, whatever it uses itself, on every architecture that Java runs on. */
    public static final int TICKS_PER_SECOND = 100;

    /** Kinds of time of a core: user, nice, system, idle, I/O wait, IRQ, soft IRQ, steal, and of those for guests, plain and nice. */
    public static final int KINDS = 10;

    private static final int KINDS_WITHOUT_GUESTS = 8;

    private final KernelFile file;

    /**
     * All that the file reports; {@link Numbers#UNKNOWN} where a number cannot be read.
     *
     * @param ticksByCore of each core that is on; kinds that an old kernel does not report are 0
     * @param interrupts since boot
     * @param contextSwitches since boot
     * @param forks processes and threads made since boot
     * @param bootSeconds when the machine was started, in Unix seconds
     * @param running threads that run or could run
     * @param blocked threads that wait for a disk
     */
    public record Counts(
            Map<Integer, long[]> ticksByCore,
            long interrupts,
            long contextSwitches,
            long forks,
            long bootSeconds,
            long running,
            long blocked) {}

    /** Reads {@code stat} below a proc folder. */
    public ProcStat(Path proc) {
        this(new KernelFile(proc.resolve("stat")));
    }

    /** Reads this file. */
    public ProcStat(KernelFile file) {
        this.file = file;
    }

    @Override
    public CpuReading read() throws IOException {
        CpuReading reading = parse(file.read());
        if (reading.ticksByCore().isEmpty()) {
            throw new IOException("/proc/stat reports no core");
        }
        return reading;
    }

    /**
     * Reads all of it.
     *
     * @param kinds how many kinds of time are wanted; 0 for no cores at all
     */
    public Counts readCounts(int kinds) throws IOException {
        return parse(file.read(), kinds);
    }

    static CpuReading parse(Words words) {
        Counts counts = parse(words, KINDS_WITHOUT_GUESTS);
        return new CpuReading(counts.ticksByCore, counts.contextSwitches, counts.interrupts);
    }

    private static Counts parse(Words words, int kinds) {
        Map<Integer, long[]> cores = new TreeMap<>();
        long[] counts = {
            Numbers.UNKNOWN, Numbers.UNKNOWN, Numbers.UNKNOWN, Numbers.UNKNOWN, Numbers.UNKNOWN, Numbers.UNKNOWN
        };
        while (words.nextLine()) {
            words.next();
            if (words.startsWith("cpu")) {
                addCore(cores, words, kinds);
            } else {
                int count = words.indexIn(COUNTS);
                if (count >= 0) {
                    counts[count] = words.nextCount(); // After the sum of interrupts there is each of them.
                }
            }
        }
        return new Counts(cores, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    private static final String[] COUNTS = {"intr", "ctxt", "processes", "btime", "procs_running", "procs_blocked"};

    /** The line of all cores together has no number. One that is torn before its first figure says nothing. */
    private static void addCore(Map<Integer, long[]> cores, Words words, int kinds) {
        long core = words.count("cpu".length());
        if (core < 0 || core > Integer.MAX_VALUE || kinds == 0 || !words.next()) {
            return;
        }
        long[] ticks = new long[kinds];
        ticks[0] = words.count();
        for (int kind = 1; kind < kinds && words.next(); kind++) {
            ticks[kind] = words.count();
        }
        cores.put((int) core, ticks);
    }
}
