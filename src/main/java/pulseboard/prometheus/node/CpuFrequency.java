package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Path;
import pulseboard.prometheus.Families;

/** The clock frequency of each processor, where there is a driver for it. */
final class CpuFrequency {

    private static final double KILOHERTZ = 1000;
    private static final String[][] FILES = {
        {"cpuinfo_cur_freq", "node_cpu_frequency_hertz", "Frequency of the hardware, in hertz."},
        {"cpuinfo_min_freq", "node_cpu_frequency_min_hertz", "Lowest frequency of the hardware, in hertz."},
        {"cpuinfo_max_freq", "node_cpu_frequency_max_hertz", "Highest frequency of the hardware, in hertz."},
        {"scaling_cur_freq", "node_cpu_scaling_frequency_hertz", "Frequency as scaled, in hertz."},
        {"scaling_min_freq", "node_cpu_scaling_frequency_min_hertz", "Lowest frequency as scaled, in hertz."},
        {"scaling_max_freq", "node_cpu_scaling_frequency_max_hertz", "Highest frequency as scaled, in hertz."},
    };

    private CpuFrequency() {}

    static void collect(Kernel kernel, Families into) throws IOException {
        for (Path cpu : kernel.entries("sys/devices/system/cpu", "cpu[0-9]*")) {
            for (String[] file : FILES) {
                into.gauge(file[1], file[2])
                        .add(
                                Kernel.number(cpu.resolve("cpufreq").resolve(file[0])),
                                KILOHERTZ,
                                "cpu",
                                Kernel.name(cpu).substring(3));
            }
        }
    }
}
