package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.Map;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** What the kernel counts for the machine as a whole: load, processes, files, entropy, pressure. */
final class KernelCounts {

    private static final double MICROSECONDS = 1e6;
    private static final double NANOSECONDS = 1e9;

    /** Words of a line of /proc/schedstat before the times. */
    private static final int BEFORE_TIMES = 7;

    private record Count(String name, String help, boolean isCounter) {}

    private static final Map<String, Count> STAT = Map.of(
            "intr", new Count("node_intr_total", "Interrupts served since boot.", true),
            "ctxt", new Count("node_context_switches_total", "Context switches since boot.", true),
            "processes", new Count("node_forks_total", "Processes and threads made since boot.", true),
            "btime", new Count("node_boot_time_seconds", "When this machine was started, in Unix seconds.", false),
            "procs_running", new Count("node_procs_running", "Threads that run or could run.", false),
            "procs_blocked", new Count("node_procs_blocked", "Threads that wait for a disk.", false));

    private KernelCounts() {}

    static void collectStat(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        while (words.nextLine()) {
            Count count = words.next() ? STAT.get(words.text()) : null;
            if (count != null) {
                Family family =
                        count.isCounter ? into.counter(count.name, count.help) : into.gauge(count.name, count.help);
                family.add(words.nextNumber()); // After the sum of interrupts there is each of them.
            }
        }
    }

    static void collectLoad(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        words.nextLine();
        into.gauge("node_load1", "Load, averaged over 1 minute.").add(words.nextNumber());
        into.gauge("node_load5", "Load, averaged over 5 minutes.").add(words.nextNumber());
        into.gauge("node_load15", "Load, averaged over 15 minutes.").add(words.nextNumber());
    }

    static void collectEntropy(KernelFile available, KernelFile size, Families into) throws IOException {
        double bits = available.number();
        double most = size.number();
        into.gauge("node_entropy_available_bits", "Randomness that is there, in bits.")
                .add(bits);
        into.gauge("node_entropy_pool_size_bits", "Randomness that there is room for, in bits.")
                .add(most);
        require(bits, most, "the kernel does not tell its entropy");
    }

    /** Fails when neither could be read. */
    static void require(double first, double second, String otherwise) throws IOException {
        if (Double.isNaN(first) && Double.isNaN(second)) {
            throw new IOException(otherwise);
        }
    }

    static void collectFiles(KernelFile file, Families into) throws IOException {
        Words words = file.read();
        words.nextLine();
        into.gauge("node_filefd_allocated", "Files that are open.").add(words.nextNumber());
        words.next();
        into.gauge("node_filefd_maximum", "Files that may be open.").add(words.nextNumber());
    }

    /** @param files those of cpu, io, memory and irq; kernels before 5.18 have not all */
    static void collectPressure(Map<String, KernelFile> files, Families into) throws IOException {
        boolean any = false;
        for (Map.Entry<String, KernelFile> each : files.entrySet()) {
            Words words = each.getValue().readIfThere();
            if (words != null) {
                any = true;
                addPressure(each.getKey(), words, into);
            }
        }
        if (!any) {
            throw new IOException("this kernel does not tell pressure");
        }
    }

    private static void addPressure(String resource, Words words, Families into) {
        while (words.nextLine()) {
            words.next();
            boolean some = words.is("some");
            // Of the whole machine's CPU "full" has no meaning.
            if (some || (words.is("full") && !resource.equals("cpu"))) {
                while (words.next()) {
                    if (words.startsWith("total=")) {
                        String name = "node_pressure_" + resource + (some ? "_waiting" : "_stalled") + "_seconds_total";
                        into.counter(
                                        name,
                                        (some ? "Time in which some task" : "Time in which every task")
                                                + " waited for "
                                                + resource
                                                + ", in seconds.")
                                .add(words.number("total=".length()) / MICROSECONDS);
                    }
                }
            }
        }
    }

    static void collectScheduler(KernelFile file, Families into) throws IOException {
        Family running = into.counter("node_schedstat_running_seconds_total", "Time in which tasks ran, in seconds.");
        Family waiting = into.counter(
                "node_schedstat_waiting_seconds_total", "Time in which tasks waited for this processor, in seconds.");
        Family slices = into.counter("node_schedstat_timeslices_total", "Turns that tasks had on this processor.");
        Words words = file.read();
        while (words.nextLine()) {
            if (words.lineStartsWith("cpu") && words.next()) {
                String cpu = words.text("cpu".length(), 0);
                words.skip(BEFORE_TIMES - 1);
                running.add(words.nextNumber() / NANOSECONDS, "cpu", cpu);
                waiting.add(words.nextNumber() / NANOSECONDS, "cpu", cpu);
                slices.add(words.nextNumber(), "cpu", cpu);
            }
        }
    }
}
