package pulseboard.prometheus.node;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.KernelFile;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.ProcStat;
import pulseboard.machine.linux.ProcessStat;
import pulseboard.machine.linux.Words;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What the kernel says of this very process, under the names that Prometheus's client libraries use. */
final class ProcessCollector implements Collector {

    private final KernelFile stat;
    private final KernelFile limits;
    private final ProcStat kernelStat;
    private final Folder descriptors;
    private final long pageBytes;
    private double bootSeconds = Double.NaN;

    /** @param pageBytes the size of a memory page, in which the kernel counts what is resident */
    ProcessCollector(Kernel kernel, long pageBytes) {
        this.stat = kernel.file("proc/self/stat");
        this.limits = kernel.file("proc/self/limits");
        this.kernelStat = new ProcStat(kernel.file("proc/stat"));
        this.descriptors = kernel.folder("proc/self/fd");
        this.pageBytes = pageBytes;
    }

    @Override
    public String name() {
        return "process";
    }

    @Override
    public void collect(Families into) throws IOException {
        into.gauge("process_open_fds", "Files and connections that Pulseboard has open.")
                .add(descriptors.list().length);
        into.gauge("process_max_fds", "Files and connections that Pulseboard may have open.")
                .add(mostFiles(limits.readIfThere()));
        ProcessStat now = ProcessStat.parse(stat.read());
        if (now == null) {
            throw new IOException("/proc/self/stat cannot be understood");
        }
        into.counter("process_cpu_seconds_total", "CPU time that Pulseboard has used, in seconds.")
                .add(seconds(now.ticks()));
        into.gauge("process_start_time_seconds", "When Pulseboard was started, in Unix seconds.")
                .add(bootTime() + seconds(now.startTicks()));
        into.gauge("process_virtual_memory_bytes", "Address space of Pulseboard, in bytes.")
                .add(Numbers.orNaN(now.virtualBytes()));
        into.gauge("process_resident_memory_bytes", "Memory that Pulseboard has resident, in bytes.")
                .add(Numbers.orNaN(Numbers.times(now.residentPages(), pageBytes)));
    }

    private static double seconds(long ticks) {
        return Numbers.orNaN(ticks) / ProcStat.TICKS_PER_SECOND;
    }

    private static double mostFiles(@Nullable Words limits) {
        while (limits != null && limits.nextLine()) {
            if (limits.lineStartsWith("Max open files")) {
                limits.skip(4);
                return limits.is("unlimited") ? Double.POSITIVE_INFINITY : limits.number();
            }
        }
        return Double.NaN;
    }

    /** Asked for once: it is moved only when the clock is set. */
    private double bootTime() {
        if (Double.isNaN(bootSeconds)) {
            try {
                bootSeconds = Numbers.orNaN(kernelStat.readCounts(0).bootSeconds());
            } catch (IOException e) {
                return Double.NaN; // Then it is not known either when this process was started.
            }
        }
        return bootSeconds;
    }
}
