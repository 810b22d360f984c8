package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pulseboard.host.Reader;

/**
 * The mean current clock frequency of all cores, in hertz, to 10 MHz; 0 where the machine does not tell. From cpufreq
 * where there is a driver (<a href="https://docs.kernel.org/admin-guide/pm/cpufreq.html">kernel documentation</a>), else
 * from {@code /proc/cpuinfo}.
 */
public final class Frequency implements Reader<Long> {

    private static final long STEP_HERTZ = 10_000_000;
    private static final String KEY = "cpu MHz";

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
            hertz = parseCpuinfo(Files.readString(proc.resolve("cpuinfo")));
        }
        double mean = hertz.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        return Math.round(mean / STEP_HERTZ) * STEP_HERTZ;
    }

    private List<Double> fromCpufreq() throws IOException {
        List<Double> hertz = new ArrayList<>();
        if (Files.isDirectory(cpus)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
                for (Path folder : folders) {
                    SysValue.number(folder.resolve("cpufreq/scaling_cur_freq"))
                            .ifPresent(kilohertz -> hertz.add(kilohertz * 1e3));
                }
            }
        }
        return hertz;
    }

    static List<Double> parseCpuinfo(String text) {
        return text.lines()
                .filter(line -> line.startsWith(KEY))
                .map(line ->
                        Double.parseDouble(line.substring(line.indexOf(':') + 1).strip()) * 1e6)
                .toList();
    }
}
