package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import pulseboard.machine.CpuReading;
import pulseboard.machine.Reader;

/** {@code /proc/stat}: CPU ticks by core, context switches and interrupts, all from one read. See proc_stat(5). */
public final class ProcStat implements Reader<CpuReading> {

    private static final int KINDS = 8;

    private final KernelFile file;

    /** Reads {@code stat} below a proc folder. */
    public ProcStat(Path proc) {
        file = new KernelFile(proc.resolve("stat"));
    }

    @Override
    public CpuReading read() throws IOException {
        CpuReading reading = parse(file.text());
        if (reading.ticksByCore().isEmpty()) {
            throw new IOException("/proc/stat tells of no core");
        }
        return reading;
    }

    /**
     * Parses the whole file. Kinds of time that an old kernel does not report count as 0; a number that cannot be read is
     * negative.
     */
    static CpuReading parse(String text) {
        Map<Integer, long[]> cores = new TreeMap<>();
        long contextSwitches = Numbers.UNKNOWN;
        long interrupts = Numbers.UNKNOWN;
        for (int start = 0; start < text.length(); start = lineEnd(text, start) + 1) {
            if (text.startsWith("cpu", start)) {
                addCore(cores, text.substring(start + 3, lineEnd(text, start)));
            } else if (text.startsWith("ctxt ", start)) {
                contextSwitches = Numbers.countAt(text, start + 5);
            } else if (text.startsWith("intr ", start)) {
                interrupts = Numbers.countAt(text, start + 5);
            }
        }
        return new CpuReading(cores, contextSwitches, interrupts);
    }

    /** The line of all cores together has a blank where this has a number. */
    private static void addCore(Map<Integer, long[]> cores, String line) {
        int end = Math.max(0, line.indexOf(' '));
        long core = Numbers.count(line, 0, end);
        if (core < 0 || core > Integer.MAX_VALUE) {
            return;
        }
        StringTokenizer words = new StringTokenizer(line.substring(end));
        long[] ticks = new long[KINDS];
        for (int kind = 0; kind < KINDS && words.hasMoreTokens(); kind++) {
            ticks[kind] = Numbers.count(words.nextToken());
        }
        cores.put((int) core, ticks);
    }

    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }
}
