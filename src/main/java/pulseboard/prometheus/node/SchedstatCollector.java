package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** What the scheduler counts for each processor. */
final class SchedstatCollector implements Collector {

    private static final double NANOSECONDS = 1e9;

    /** Words of a line before the times. */
    private static final int BEFORE_TIMES = 7;

    private final KernelFile file;

    SchedstatCollector(Kernel kernel) {
        this.file = kernel.file("proc/schedstat");
    }

    @Override
    public String name() {
        return "schedstat";
    }

    @Override
    public void collect(Families into) throws IOException {
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
