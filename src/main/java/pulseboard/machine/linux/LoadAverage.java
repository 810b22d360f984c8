package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.LoadReading;
import pulseboard.machine.ProcessCounts;
import pulseboard.machine.Reader;

/** {@code /proc/loadavg}: load averages, running and existing threads. See proc_loadavg(5). */
public final class LoadAverage implements Reader<LoadReading> {

    private final Folder processes;
    private final KernelFile file;

    /** Reads {@code loadavg} below a proc folder. */
    public LoadAverage(Path proc) {
        this(new KernelFile(proc.resolve("loadavg")), Folder.of(proc));
    }

    /** Reads this file, and counts processes in this folder. */
    public LoadAverage(KernelFile file, Folder proc) {
        this.file = file;
        this.processes = proc;
    }

    @Override
    public LoadReading read() throws IOException {
        Words words = file.read();
        words.nextLine();
        LoadReading reading = new LoadReading(nextLoad(words), nextLoad(words), nextLoad(words));
        if (reading.load1() < 0 && reading.load5() < 0 && reading.load15() < 0) {
            throw new IOException("/proc/loadavg reports no load");
        }
        return reading;
    }

    private static double nextLoad(Words words) {
        double load = words.nextNumber();
        return load >= 0 ? load : Numbers.UNKNOWN;
    }

    /** Reads the thread counts, and counts the processes, each of which is a folder named by its number. */
    public ProcessCounts readCounts() throws IOException {
        return parseCounts(file.readOrWait(), Processes.pids(processes.path()).size());
    }

    /** Running and existing threads are the fourth word, with a slash between them. */
    private static ProcessCounts parseCounts(@Nullable Words words, int processCount) {
        String both = words != null && words.nextLine() && words.skip(4) ? words.text() : "";
        int slash = both.indexOf('/');
        return new ProcessCounts(
                processCount,
                Numbers.small(Numbers.count(both.substring(slash + 1))),
                slash < 0 ? (int) Numbers.UNKNOWN : Numbers.small(Numbers.count(both.substring(0, slash))));
    }
}
