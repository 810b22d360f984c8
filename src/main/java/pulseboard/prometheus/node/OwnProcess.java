package pulseboard.prometheus.node;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;

/** What the kernel says of this very process, under the names that Prometheus's client libraries use. */
final class OwnProcess implements Collector {

    private static final double TICKS_PER_SECOND = 100;

    private final KernelFile stat;
    private final KernelFile limits;
    private final KernelFile kernelStat;
    private final Folder descriptors;
    private final long pageBytes;
    private double bootSeconds = Double.NaN;

    /** @param pageBytes the size of a memory page, in which the kernel counts what is resident */
    OwnProcess(Kernel kernel, long pageBytes) {
        this.stat = kernel.file("proc/self/stat");
        this.limits = kernel.file("proc/self/limits");
        this.kernelStat = kernel.file("proc/stat");
        this.descriptors = kernel.folder("proc/self/fd");
        this.pageBytes = pageBytes;
    }

    @Override
    public String name() {
        return "process";
    }

    /** After the name, which is in parentheses and may hold anything, the fields of proc_pid_stat(5) from the third on. */
    @Override
    public void collect(Families into) throws IOException {
        into.gauge("process_open_fds", "Files and connections that Pulseboard has open.")
                .add(descriptors.list().length);
        into.gauge("process_max_fds", "Files and connections that Pulseboard may have open.")
                .add(mostFiles(limits.readIfThere()));
        Words fields = stat.read();
        fields.nextLine();
        fields.nextUntilLast(')');
        fields.skip(11);
        double ticks = fields.nextNumber() + fields.nextNumber();
        into.counter("process_cpu_seconds_total", "CPU time that Pulseboard has used, in seconds.")
                .add(ticks / TICKS_PER_SECOND);
        fields.skip(6);
        into.gauge("process_start_time_seconds", "When Pulseboard was started, in Unix seconds.")
                .add(bootTime() + fields.nextNumber() / TICKS_PER_SECOND);
        into.gauge("process_virtual_memory_bytes", "Address space of Pulseboard, in bytes.")
                .add(fields.nextNumber());
        into.gauge("process_resident_memory_bytes", "Memory that Pulseboard has resident, in bytes.")
                .add(fields.nextNumber() * pageBytes);
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
        Words words = Double.isNaN(bootSeconds) ? kernelStat.readIfThere() : null;
        while (words != null && words.nextLine()) {
            if (words.lineStartsWith("btime ")) {
                words.next();
                bootSeconds = words.nextNumber();
            }
        }
        return bootSeconds;
    }
}
