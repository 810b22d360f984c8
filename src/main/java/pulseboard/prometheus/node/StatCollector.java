package pulseboard.prometheus.node;

import java.io.IOException;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.ProcStat;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What {@code /proc/stat} counts for the machine as a whole. */
final class StatCollector implements Collector {

    private final ProcStat stat;

    StatCollector(Kernel kernel) {
        this.stat = new ProcStat(kernel.file("proc/stat"));
    }

    @Override
    public String name() {
        return "stat";
    }

    @Override
    public void collect(Families into) throws IOException {
        ProcStat.Counts now = stat.readCounts(0);
        into.counter("node_intr_total", "Interrupts served since boot.").add(Numbers.orNaN(now.interrupts()));
        into.counter("node_context_switches_total", "Context switches since boot.")
                .add(Numbers.orNaN(now.contextSwitches()));
        into.gauge("node_boot_time_seconds", "When this machine was started, in Unix seconds.")
                .add(Numbers.orNaN(now.bootSeconds()));
        into.counter("node_forks_total", "Processes and threads made since boot.")
                .add(Numbers.orNaN(now.forks()));
        into.gauge("node_procs_running", "Threads that run or could run.").add(Numbers.orNaN(now.running()));
        into.gauge("node_procs_blocked", "Threads that wait for a disk.").add(Numbers.orNaN(now.blocked()));
    }
}
