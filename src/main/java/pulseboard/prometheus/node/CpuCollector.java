package pulseboard.prometheus.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.Numbers;
import pulseboard.machine.linux.ProcStat;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Time of each processor by what it was spent on, which are kept from ordinary tasks, and how often heat slowed one down. See proc_stat(5). */
final class CpuCollector implements Collector {

    private static final String[] MODES = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};
    private static final int IDLE = 3;
    private static final int GUEST = 8;
    private static final double HOTPLUG_SECONDS = 3;
    private static final String CPUS = "sys/devices/system/cpu";

    private final Kernel kernel;
    private final ProcStat stat;
    private Map<Integer, double[]> last = new TreeMap<>();

    /** Package and core of each processor, once they are known: they stay. */
    private final Map<String, String[]> places = new HashMap<>();

    CpuCollector(Kernel kernel) {
        this.kernel = kernel;
        this.stat = new ProcStat(kernel.file("proc/stat"));
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public void collect(Families into) throws IOException {
        collectThrottles(into);
        collectIsolated(into);
        last = seconds(stat.readCounts(ProcStat.KINDS).ticksByCore());
        Family seconds = into.counter("node_cpu_seconds_total", "Time of each processor by mode, in seconds.");
        Family guest = into.counter(
                "node_cpu_guest_seconds_total", "Part of the time that went to virtual machines, in seconds.");
        for (Map.Entry<Integer, double[]> each : last.entrySet()) {
            String cpu = each.getKey().toString();
            double[] values = each.getValue();
            for (int mode = 0; mode < MODES.length; mode++) {
                seconds.add(values[mode], "cpu", cpu, "mode", MODES[mode]);
            }
            guest.add(values[GUEST], "cpu", cpu, "mode", "user");
            guest.add(values[GUEST + 1], "cpu", cpu, "mode", "nice");
        }
    }

    private Map<Integer, double[]> seconds(Map<Integer, long[]> ticksByCore) {
        Map<Integer, double[]> cpus = new TreeMap<>();
        ticksByCore.forEach((cpu, ticks) -> cpus.put(cpu, seconds(ticks, last.get(cpu))));
        return cpus;
    }

    /** Some of the kernel's counters fall back a little now and then, which would look like a restart. */
    private static double[] seconds(long[] ticks, double @Nullable [] old) {
        double[] now = new double[ticks.length];
        for (int mode = 0; mode < now.length; mode++) {
            now[mode] = Numbers.orNaN(ticks[mode]) / ProcStat.TICKS_PER_SECOND;
        }
        if (old != null && old[IDLE] - now[IDLE] < HOTPLUG_SECONDS) {
            for (int mode = 0; mode < now.length; mode++) {
                if (old[mode] > now[mode]) {
                    now[mode] = old[mode];
                }
            }
        }
        return now;
    }

    /** {@code 1,3-5,9} */
    private void collectIsolated(Families into) {
        Family isolated = into.gauge("node_cpu_isolated", "1 for each processor that is kept from ordinary tasks.");
        for (String range : kernel.folder(CPUS).value("isolated").split(",", -1)) {
            String[] ends = range.split("-", 2);
            int first = cpu(ends[0]);
            int end = cpu(ends[ends.length - 1]);
            for (int cpu = first; cpu >= 0 && cpu <= end; cpu++) {
                isolated.add(1, "cpu", Integer.toString(cpu));
            }
        }
    }

    private static int cpu(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
    }

    private void collectThrottles(Families into) {
        Family cores = into.counter("node_cpu_core_throttles_total", "How often heat slowed this core down.");
        Family packages = into.counter("node_cpu_package_throttles_total", "How often heat slowed this package down.");
        for (Folder cpu : kernel.folders(CPUS, "cpu", true)) {
            Folder throttle = cpu.folder("thermal_throttle");
            if (throttle.has("")) {
                String[] place = place(cpu);
                if (!place[0].isEmpty()) {
                    packages.add(throttle.number("package_throttle_count"), "package", place[0]);
                    if (!place[1].isEmpty()) {
                        cores.add(throttle.number("core_throttle_count"), "package", place[0], "core", place[1]);
                    }
                }
            }
        }
    }

    private String[] place(Folder cpu) {
        String[] known = places.get(cpu.name());
        if (known == null) {
            Folder topology = cpu.folder("topology");
            known = new String[] {topology.value("physical_package_id"), topology.value("core_id")};
            if (!known[0].isEmpty() && !known[1].isEmpty()) {
                places.put(cpu.name(), known);
            }
        }
        return known;
    }
}
