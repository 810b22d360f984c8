package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** Time of each processor by what it was spent on, and how often heat slowed it down. See proc_stat(5). */
final class Cpus implements Collector {

    private static final double TICKS_PER_SECOND = 100; // What the kernel shows to programs, whatever it uses itself.
    private static final String[] MODES = {"user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"};
    private static final int IDLE = 3;
    private static final int GUEST = 8;
    private static final double HOTPLUG_SECONDS = 3;

    private final Kernel kernel;
    private final Map<Integer, double[]> last = new TreeMap<>();

    Cpus(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public void collect(Families into) throws IOException {
        for (String line : kernel.lines("proc/stat")) {
            if (line.startsWith("cpu") && line.length() > 3 && Character.isDigit(line.charAt(3))) {
                remember(Kernel.words(line));
            }
        }
        Family seconds = into.counter("node_cpu_seconds_total", "Time of each processor by mode, in seconds.");
        Family guest = into.counter(
                "node_cpu_guest_seconds_total", "Part of the time that went to virtual machines, in seconds.");
        last.forEach((cpu, values) -> {
            for (int mode = 0; mode < MODES.length; mode++) {
                seconds.add(values[mode], "cpu", cpu.toString(), "mode", MODES[mode]);
            }
            guest.add(values[GUEST], "cpu", cpu.toString(), "mode", "user");
            guest.add(values[GUEST + 1], "cpu", cpu.toString(), "mode", "nice");
        });
        collectThrottles(into);
    }

    /** Some of the kernel's counters fall back a little now and then, which would look like a restart. */
    private void remember(String[] words) {
        double[] next = new double[MODES.length + 2];
        for (int mode = 0; mode < next.length && mode + 1 < words.length; mode++) {
            next[mode] = Long.parseLong(words[mode + 1]) / TICKS_PER_SECOND;
        }
        last.merge(Integer.valueOf(words[0].substring(3)), next, (old, now) -> {
            if (old[IDLE] - now[IDLE] < HOTPLUG_SECONDS) {
                for (int mode = 0; mode < now.length; mode++) {
                    now[mode] = Math.max(now[mode], old[mode]);
                }
            }
            return now;
        });
    }

    private void collectThrottles(Families into) throws IOException {
        Family cores = into.counter("node_cpu_core_throttles_total", "How often heat slowed this core down.");
        Family packages = into.counter("node_cpu_package_throttles_total", "How often heat slowed this package down.");
        for (Path cpu : kernel.entries("sys/devices/system/cpu", "cpu[0-9]*")) {
            Kernel.value(cpu.resolve("topology/physical_package_id")).ifPresent(packageId -> {
                Kernel.value(cpu.resolve("topology/core_id"))
                        .ifPresent(core -> cores.add(
                                Kernel.number(cpu.resolve("thermal_throttle/core_throttle_count")),
                                1,
                                "package",
                                packageId,
                                "core",
                                core));
                packages.add(
                        Kernel.number(cpu.resolve("thermal_throttle/package_throttle_count")), 1, "package", packageId);
            });
        }
    }
}
