package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import pulseboard.machine.Reader;

/**
 * The mean current clock frequency of all cores, in hertz, to 10 MHz; 0 where the machine does not tell. From cpufreq
 * where there is a driver (<a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">kernel documentation</a>), else
 * from {@code /proc/cpuinfo}.
 */
public final class Frequency implements Reader<Long> {

    private static final long STEP_HERTZ = 10_000_000;
    private static final double HERTZ_PER_MEGAHERTZ = 1e6;
    private static final double MOST_MEGAHERTZ = 1e5;
    private static final Set<String> KEYS = Set.of("cpu MHz", "cpu MHz dynamic", "clock");

    private final Path proc;
    private final Path cpus;

    /** Reads below a proc and a sys folder. */
    public Frequency(Path proc, Path sys) {
        this.proc = proc;
        cpus = sys.resolve("devices/system/cpu");
    }

    @Override
    public Long read() throws IOException {
        List<Double> hertz = fromCpufreq();
        if (hertz.isEmpty()) {
            hertz = parseCpuinfo(SysValue.text(proc.resolve("cpuinfo")).orElse(""));
        }
        double mean = hertz.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return Math.round(mean / STEP_HERTZ) * STEP_HERTZ;
    }

    /** A core that does not tell ({@code <unknown>}), or tells of more than {@link #MOST_MEGAHERTZ}, is left out. */
    private List<Double> fromCpufreq() throws IOException {
        List<Double> hertz = new ArrayList<>();
        if (Files.isDirectory(cpus)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
                for (Path folder : folders) {
                    add(hertz, SysValue.count(folder.resolve("cpufreq/scaling_cur_freq")) / 1e3);
                }
            }
        }
        return hertz;
    }

    /** x86 and s390x tell {@code cpu MHz}, on s390x what it is rated for in a line of its own; POWER {@code clock}. */
    static List<Double> parseCpuinfo(String text) {
        List<Double> hertz = new ArrayList<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0 && KEYS.contains(line.substring(0, colon).strip())) {
                String value = line.substring(colon + 1).strip();
                add(hertz, Numbers.decimal(value.endsWith("MHz") ? value.substring(0, value.length() - 3) : value));
            }
        });
        return hertz;
    }

    private static void add(List<Double> hertz, double megahertz) {
        if (megahertz > 0 && megahertz < MOST_MEGAHERTZ) {
            hertz.add(megahertz * HERTZ_PER_MEGAHERTZ);
        }
    }
}
