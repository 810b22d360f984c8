package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** What the kernel counts for the machine as a whole: load, processes, files, entropy, pressure. */
final class KernelCounts {

    private static final double MICROSECONDS = 1e6;
    private static final double NANOSECONDS = 1e9;

    private record Count(String name, String help, boolean isCounter) {}

    private static final Map<String, Count> STAT = Map.of(
            "intr", new Count("node_intr_total", "Interrupts served since boot.", true),
            "ctxt", new Count("node_context_switches_total", "Context switches since boot.", true),
            "processes", new Count("node_forks_total", "Processes and threads made since boot.", true),
            "btime", new Count("node_boot_time_seconds", "When this machine was started, in Unix seconds.", false),
            "procs_running", new Count("node_procs_running", "Threads that run or could run.", false),
            "procs_blocked", new Count("node_procs_blocked", "Threads that wait for a disk.", false));

    private KernelCounts() {}

    static void collectStat(Kernel kernel, Families into) throws IOException {
        for (String line : kernel.lines("proc/stat")) {
            int end = line.indexOf(' ');
            Count count = STAT.get(end < 0 ? line : line.substring(0, end));
            if (count != null) {
                int next = line.indexOf(' ', end + 1); // After the sum of interrupts there is each of them.
                double value = Double.parseDouble(line.substring(end + 1, next < 0 ? line.length() : next));
                Family family =
                        count.isCounter ? into.counter(count.name, count.help) : into.gauge(count.name, count.help);
                family.add(value);
            }
        }
    }

    static void collectLoad(Kernel kernel, Families into) throws IOException {
        String[] words = Kernel.words(kernel.lines("proc/loadavg").get(0));
        into.gauge("node_load1", "Load, averaged over 1 minute.").add(Double.parseDouble(words[0]));
        into.gauge("node_load5", "Load, averaged over 5 minutes.").add(Double.parseDouble(words[1]));
        into.gauge("node_load15", "Load, averaged over 15 minutes.").add(Double.parseDouble(words[2]));
    }

    static void collectEntropy(Kernel kernel, Families into) throws IOException {
        into.gauge("node_entropy_available_bits", "Randomness that is there, in bits.")
                .add(kernel.required("proc/sys/kernel/random/entropy_avail"));
        into.gauge("node_entropy_pool_size_bits", "Randomness that there is room for, in bits.")
                .add(kernel.required("proc/sys/kernel/random/poolsize"));
    }

    static void collectFiles(Kernel kernel, Families into) throws IOException {
        String[] words = Kernel.words(kernel.lines("proc/sys/fs/file-nr").get(0));
        into.gauge("node_filefd_allocated", "Files that are open.").add(Double.parseDouble(words[0]));
        into.gauge("node_filefd_maximum", "Files that may be open.").add(Double.parseDouble(words[2]));
    }

    static void collectPressure(Kernel kernel, Families into) throws IOException {
        for (String resource : List.of("cpu", "io", "memory")) {
            for (String line : kernel.lines("proc/pressure/" + resource)) {
                boolean some = line.startsWith("some");
                if (some || !resource.equals("cpu")) { // Of the whole machine's CPU "full" has no meaning.
                    String name = "node_pressure_" + resource + (some ? "_waiting" : "_stalled") + "_seconds_total";
                    String what = some ? "some task" : "every task";
                    double total = Double.parseDouble(line.substring(line.indexOf("total=") + "total=".length()));
                    into.counter(name, "Time in which " + what + " waited for " + resource + ", in seconds.")
                            .add(total / MICROSECONDS);
                }
            }
        }
    }

    static void collectScheduler(Kernel kernel, Families into) throws IOException {
        Family running = into.counter("node_schedstat_running_seconds_total", "Time in which tasks ran, in seconds.");
        Family waiting = into.counter(
                "node_schedstat_waiting_seconds_total", "Time in which tasks waited for this processor, in seconds.");
        Family slices = into.counter("node_schedstat_timeslices_total", "Turns that tasks had on this processor.");
        for (String line : kernel.lines("proc/schedstat")) {
            String[] words = Kernel.words(line);
            if (line.startsWith("cpu") && words.length > 9) {
                String cpu = words[0].substring(3);
                running.add(Double.parseDouble(words[7]) / NANOSECONDS, "cpu", cpu);
                waiting.add(Double.parseDouble(words[8]) / NANOSECONDS, "cpu", cpu);
                slices.add(Double.parseDouble(words[9]), "cpu", cpu);
            }
        }
    }
}
