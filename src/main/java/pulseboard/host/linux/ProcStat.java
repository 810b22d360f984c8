package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.TreeMap;
import pulseboard.host.CpuReading;
import pulseboard.host.Reader;

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
        return parse(file.text());
    }

    /** Parses the whole file; kinds of time that an old kernel does not report count as 0. */
    static CpuReading parse(String text) {
        TreeMap<Integer, long[]> cores = new TreeMap<>();
        long contextSwitches = 0;
        long interrupts = 0;
        for (int start = 0; start < text.length(); start = lineEnd(text, start) + 1) {
            if (text.startsWith("cpu", start) && text.charAt(start + 3) != ' ') {
                addCore(cores, text.substring(start + 3, lineEnd(text, start)));
            } else if (text.startsWith("ctxt ", start)) {
                contextSwitches = firstNumber(text, start + 5);
            } else if (text.startsWith("intr ", start)) {
                interrupts = firstNumber(text, start + 5);
            }
        }
        return new CpuReading(cores, contextSwitches, interrupts);
    }

    private static void addCore(Map<Integer, long[]> cores, String line) {
        StringTokenizer words = new StringTokenizer(line);
        int core = Integer.parseInt(words.nextToken());
        long[] ticks = new long[KINDS];
        for (int kind = 0; kind < KINDS && words.hasMoreTokens(); kind++) {
            ticks[kind] = Long.parseLong(words.nextToken());
        }
        cores.put(core, ticks);
    }

    private static int lineEnd(String text, int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private static long firstNumber(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Long.parseLong(text, start, end, 10);
    }
}
