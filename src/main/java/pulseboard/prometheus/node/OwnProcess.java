package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.List;
import pulseboard.prometheus.Families;

/** What the kernel says of this very process, under the names that Prometheus's client libraries use. */
final class OwnProcess {

    private static final double TICKS_PER_SECOND = 100;
    private static final double KIB = 1024;

    private OwnProcess() {}

    /** After the name, which is in parentheses and may hold anything, the fields of proc_pid_stat(5) from the third on. */
    static void collect(Kernel kernel, Families into) throws IOException {
        String line = kernel.lines("proc/self/stat").get(0);
        String[] fields = Kernel.words(line.substring(line.lastIndexOf(')') + 1));
        double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
        into.counter("process_cpu_seconds_total", "CPU time that Pulseboard has used, in seconds.")
                .add(ticks / TICKS_PER_SECOND);
        into.gauge("process_start_time_seconds", "When Pulseboard was started, in Unix seconds.")
                .add(bootTime(kernel) + Double.parseDouble(fields[19]) / TICKS_PER_SECOND);
        into.gauge("process_virtual_memory_bytes", "Address space of Pulseboard, in bytes.")
                .add(Double.parseDouble(fields[20]));
        into.gauge("process_resident_memory_bytes", "Memory that Pulseboard has resident, in bytes.")
                .add(resident(kernel.lines("proc/self/status")));
        into.gauge("process_open_fds", "Files and connections that Pulseboard has open.")
                .add(kernel.entries("proc/self/fd", "*").size());
        for (String limit : kernel.lines("proc/self/limits")) {
            if (limit.startsWith("Max open files")) {
                String soft = Kernel.words(limit)[3];
                into.gauge("process_max_fds", "Files and connections that Pulseboard may have open.")
                        .add(soft.equals("unlimited") ? Double.POSITIVE_INFINITY : Double.parseDouble(soft));
            }
        }
    }

    private static double bootTime(Kernel kernel) throws IOException {
        for (String line : kernel.lines("proc/stat")) {
            if (line.startsWith("btime ")) {
                return Double.parseDouble(line.substring("btime ".length()));
            }
        }
        throw new IOException("proc/stat has no time of boot");
    }

    private static double resident(List<String> status) {
        for (String line : status) {
            if (line.startsWith("VmRSS:")) {
                return Double.parseDouble(Kernel.words(line)[1]) * KIB;
            }
        }
        return 0;
    }
}
