package pulseboard.prometheus.node;

import pulseboard.machine.linux.Folder;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Collector;
import pulseboard.prometheus.Families;
import pulseboard.prometheus.Family;

/** The clock frequency of each processor, and what chooses it, where there is a driver for it. */
final class CpufreqCollector implements Collector {

    private static final double KILOHERTZ = 1000;
    private static final String[][] FILES = {
        {"cpuinfo_cur_freq", "node_cpu_frequency_hertz", "Frequency of the hardware, in hertz."},
        {"cpuinfo_min_freq", "node_cpu_frequency_min_hertz", "Lowest frequency of the hardware, in hertz."},
        {"cpuinfo_max_freq", "node_cpu_frequency_max_hertz", "Highest frequency of the hardware, in hertz."},
        {"scaling_cur_freq", "node_cpu_scaling_frequency_hertz", "Frequency as scaled, in hertz."},
        {"scaling_min_freq", "node_cpu_scaling_frequency_min_hertz", "Lowest frequency as scaled, in hertz."},
        {"scaling_max_freq", "node_cpu_scaling_frequency_max_hertz", "Highest frequency as scaled, in hertz."},
    };

    private final Kernel kernel;

    CpufreqCollector(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public String name() {
        return "cpufreq";
    }

    @Override
    public void collect(Families into) {
        for (Folder cpu : kernel.folders("sys/devices/system/cpu", "cpu", true)) {
            Folder frequency = cpu.folder("cpufreq");
            if (frequency.has("")) {
                String number = cpu.name().substring("cpu".length());
                for (String[] file : FILES) {
                    into.gauge(file[1], file[2]).add(frequency.number(file[0]) * KILOHERTZ, "cpu", number);
                }
                collectGovernors(frequency, number, into);
            }
        }
    }

    private static void collectGovernors(Folder frequency, String cpu, Families into) {
        String chosen = frequency.value("scaling_governor");
        if (!chosen.isEmpty()) {
            Family governors = into.gauge(
                    "node_cpu_scaling_governor", "1 for the governor that chooses the frequency, 0 for the others.");
            for (String each : frequency.value("scaling_available_governors").split(" ", -1)) {
                if (!each.isEmpty()) {
                    governors.add(each.equals(chosen) ? 1 : 0, "cpu", cpu, "governor", each);
                }
            }
        }
    }
}
