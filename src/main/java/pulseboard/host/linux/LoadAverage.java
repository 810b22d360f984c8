package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.StringTokenizer;
import pulseboard.host.LoadReading;
import pulseboard.host.ProcessCounts;
import pulseboard.host.Reader;

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
        return parse(file.text());
    }

    /** Reads the thread counts, and counts the processes, each of which is a folder named by its number. */
    public ProcessCounts readCounts() throws IOException {
        return parseCounts(file.text(), Processes.pids(proc).size());
    }

    static LoadReading parse(String text) {
        StringTokenizer words = new StringTokenizer(text);
        return new LoadReading(nextDouble(words), nextDouble(words), nextDouble(words));
    }

    static ProcessCounts parseCounts(String text, int processCount) {
        StringTokenizer words = new StringTokenizer(text, " /");
        for (int load = 0; load < 3; load++) {
            words.nextToken();
        }
        int running = Integer.parseInt(words.nextToken());
        return new ProcessCounts(processCount, Integer.parseInt(words.nextToken()), running);
    }

    private static double nextDouble(StringTokenizer words) {
        return Double.parseDouble(words.nextToken());
    }
}
