package pulseboard.machine.linux;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pulseboard.machine.Reader;

/**
 * The mean current clock frequency of all cores, in hertz, to 10 MHz; 0 where the machine does not report it. From cpufreq
 * where there is a driver (<a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">kernel documentation</a>), else
 * from {@code /proc/cpuinfo}.
 */
public final class Frequency implements Reader<Long> {

    private static final long STEP_HERTZ = 10_000_000;
    private static final double HERTZ_PER_MEGAHERTZ = 1e6;
    private static final double MOST_MEGAHERTZ = 1e5;
    private static final String[] KEYS = {"cpu MHz", "cpu MHz dynamic", "clock"};

    private final Folder proc;
    private final Folder cpus;

    /** Reads below a proc and a sys folder. */
    public Frequency(Path proc, Path sys) {
        this.proc = Folder.of(proc);
        cpus = Folder.of(sys).folder("devices/system/cpu");
    }

    @Override
    public Long read() {
        List<Double> hertz = fromCpufreq();
        if (hertz.isEmpty()) {
            hertz = parseCpuinfo(proc.words("cpuinfo"));
        }
        double mean = hertz.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return Math.round(mean / STEP_HERTZ) * STEP_HERTZ;
    }

    /** A core that does not report it ({@code <unknown>}), or reports more than {@link #MOST_MEGAHERTZ}, is left out. */
    private List<Double> fromCpufreq() {
        List<Double> hertz = new ArrayList<>();
        for (Folder cpu : cpus.folders("cpu", true)) {
            add(hertz, cpu.count("cpufreq/scaling_cur_freq") / 1e3);
        }
        return hertz;
    }

    /** x86 and s390x report {@code cpu MHz}, on s390x what it is rated for in a line of its own; POWER {@code clock}. */
    static List<Double> parseCpuinfo(Words words) {
        List<Double> hertz = new ArrayList<>();
        while (words.nextLine()) {
            if (words.nextUntilLast(':') && words.indexIn(KEYS) >= 0 && words.next()) {
                add(hertz, words.endsWith("MHz") ? words.number(0, "MHz".length()) : words.number());
            }
        }
        return hertz;
    }

    private static void add(List<Double> hertz, double megahertz) {
        if (megahertz > 0 && megahertz < MOST_MEGAHERTZ) {
            hertz.add(megahertz * HERTZ_PER_MEGAHERTZ);
        }
    }
}
