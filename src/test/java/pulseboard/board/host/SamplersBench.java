package pulseboard.board.host;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import pulseboard.machine.MachineSources;
import pulseboard.machine.linux.LinuxSources;
import pulseboard.machine.oshi.OshiSources;

/**
 * CPU of one sample for each sampler, over the kernel's files and through OSHI, beside the floor: reading the same files
 * from end to end and looking at nothing.
 */
public final class SamplersBench {

    private static final int WARM_UP = 400;
    private static final int ROUNDS = 200;
    private static final Map<String, List<String>> FILES = Map.of(
            "cpu", List.of("/proc/stat", "/proc/loadavg"),
            "memory", List.of("/proc/meminfo"),
            "pressure", List.of("/proc/pressure/cpu", "/proc/pressure/memory", "/proc/pressure/io"),
            "disks", List.of("/proc/diskstats"),
            "network", List.of("/proc/net/dev"),
            "processes", List.of("/proc/loadavg"),
            "filesystems", List.of("/proc/self/mountinfo"));

    private static final AtomicInteger ENDED = new AtomicInteger();

    private SamplersBench() {}

    private interface Work {
        void run() throws IOException;
    }

    /** Prints the table. */
    public static void run() throws IOException {
        System.setProperty("oshi.util.memoizer.expiration", "0");
        Map<String, Sampler> direct = samplers(new LinuxSources(HostConfig.DEFAULT.ignorePatterns()));
        Map<String, Sampler> throughOshi = samplers(OshiSources.withNativeCode(HostConfig.DEFAULT.ignorePatterns()));
        System.out.printf(
                "%nCPU of one sample, microseconds%n%-14s %10s %10s %8s %12s%n",
                "sampler", "Pulseboard", "floor", "ratio", "through OSHI");
        for (String name : direct.keySet()) {
            double own = measure(Objects.requireNonNull(direct.get(name))::sample);
            List<String> files = FILES.getOrDefault(name, List.of());
            double floor = files.isEmpty() ? Double.NaN : measure(bareReads(files));
            double other = name.equals("pressure") || name.equals("container")
                    ? Double.NaN
                    : measure(Objects.requireNonNull(throughOshi.get(name))::sample);
            System.out.printf(
                    "%-14s %10.0f %10s %8s %12s%n",
                    name, own, text(floor, "%.0f"), text(own / floor, "%.1f"), text(other, "%.0f"));
        }
        ProcessTable table = new ProcessTable(
                new LinuxSources(HostConfig.DEFAULT.ignorePatterns()).processes(), 15, System::nanoTime);
        ProcessTable oshiTable = new ProcessTable(
                OshiSources.withNativeCode(HostConfig.DEFAULT.ignorePatterns()).processes(), 15, System::nanoTime);
        double own = measure(table::sample);
        double floor = measure(SamplersBench::readAllProcesses);
        System.out.printf(
                "%-14s %10.0f %10.0f %8.1f %12.0f   (only while watched)%n",
                "process table", own, floor, own / floor, measure(oshiTable::sample));
    }

    private static Map<String, Sampler> samplers(MachineSources sources) {
        return Samplers.create(sources, HostConfig.DEFAULT, Runnable::run).stream()
                .collect(Collectors.toMap(Sampler::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
    }

    private static String text(double value, String format) {
        return Double.isNaN(value) ? "-" : String.format(format, value);
    }

    private static Work bareReads(List<String> paths) throws IOException {
        byte[] buffer = new byte[1 << 16];
        List<RandomAccessFile> files = new ArrayList<>();
        for (String path : paths) {
            if (Files.exists(Path.of(path))) {
                files.add(new RandomAccessFile(path, "r"));
            }
        }
        return () -> {
            for (RandomAccessFile file : files) {
                file.seek(0);
                while (file.read(buffer) > 0) {}
            }
        };
    }

    private static void readAllProcesses() throws IOException {
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                try {
                    Files.readAllBytes(Path.of("/proc", name, "stat"));
                    Files.readAllBytes(Path.of("/proc", name, "io"));
                } catch (IOException ended) {
                    ENDED.incrementAndGet();
                }
            }
        }
    }

    /** Mean CPU of this thread for one round, in microseconds. */
    private static double measure(Work work) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < WARM_UP; round++) {
            work.run();
        }
        long start = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < ROUNDS; round++) {
            work.run();
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e3 / ROUNDS;
    }
}
