package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.StringTokenizer;
import pulseboard.machine.LoadReading;
import pulseboard.machine.ProcessCounts;
import pulseboard.machine.Reader;

/** {@code /proc/loadavg}: load averages, running and existing threads. See proc_loadavg(5). */
public final class LoadAverage implements Reader<LoadReading> {

    private final Path proc;
    private final KernelFile file;

    /** Reads {@code loadavg} below a proc folder. */
    public LoadAverage(Path proc) {
        this.proc = proc;
        file = new KernelFile(proc.resolve("loadavg"));
    }

    @Override
    public LoadReading read() throws IOException {
        LoadReading reading = parse(file.text());
        if (reading.load1() < 0 && reading.load5() < 0 && reading.load15() < 0) {
            throw new IOException("/proc/loadavg tells of no load");
        }
        return reading;
    }

    /** Reads the thread counts, and counts the processes, each of which is a folder named by its number. */
    public ProcessCounts readCounts() throws IOException {
        return parseCounts(file.textIfAny(), Processes.pids(proc).size());
    }

    static LoadReading parse(String text) {
        StringTokenizer words = new StringTokenizer(text);
        return new LoadReading(nextDecimal(words), nextDecimal(words), nextDecimal(words));
    }

    static ProcessCounts parseCounts(String text, int processCount) {
        StringTokenizer words = new StringTokenizer(text);
        for (int load = 0; load < 3 && words.hasMoreTokens(); load++) {
            words.nextToken();
        }
        String[] threads = (words.hasMoreTokens() ? words.nextToken() : "").split("/", 2);
        return new ProcessCounts(
                processCount,
                Numbers.smallCount(threads[threads.length - 1]),
                threads.length < 2 ? (int) Numbers.UNKNOWN : Numbers.smallCount(threads[0]));
    }

    private static double nextDecimal(StringTokenizer words) {
        return words.hasMoreTokens() ? Numbers.decimal(words.nextToken()) : Numbers.UNKNOWN;
    }
}
