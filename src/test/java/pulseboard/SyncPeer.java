package pulseboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that keeps one folder equal to another on this machine, as {@link SyncBench} measures it. */
abstract class SyncPeer implements AutoCloseable {

    /** Where Debian's packages are unpacked. */
    static final Path TOOLS = Path.of("target/peers/sync").toAbsolutePath();

    private static final Path LIBRARIES = TOOLS.resolve("usr/lib/x86_64-linux-gnu");

    final Path home;
    final Path from;
    final Path to;
    private final Map<String, Process> processes = new LinkedHashMap<>();

    /** What it has used so far. */
    record Used(double cpuSeconds, double mebibytes) {}

    SyncPeer(Path home) throws IOException {
        this.home = Files.createDirectories(home).toAbsolutePath();
        from = Files.createDirectories(this.home.resolve("from"));
        to = Files.createDirectories(this.home.resolve("to"));
    }

    /** Keys, settings, and whatever is not part of keeping folders equal. */
    abstract void prepare() throws Exception;

    /** From now on it keeps them equal. */
    abstract void begin() throws Exception;

    /** Something was changed; most programs see that by themselves. */
    void changed() throws Exception {}

    final Process start(String name, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().keySet().removeIf(each -> each.startsWith("PULSEBOARD_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("LD_LIBRARY_PATH", LIBRARIES.toString());
        Process process = builder.start();
        processes.put(name, process);
        return process;
    }

    final void run(String name, List<String> command) throws IOException, InterruptedException {
        if (start(name, command).waitFor() != 0) {
            throw new IOException(name + ": " + Files.readString(home.resolve(name + ".log")));
        }
        processes.remove(name);
    }

    /** CPU of all its processes, and the highest memory of each added up. What has ended is counted where it was waited for. */
    Used used() throws IOException {
        double cpu = 0;
        double memory = 0;
        for (Process process : processes.values()) {
            List<ProcessHandle> all = new ArrayList<>(List.of(process.toHandle()));
            try (Stream<ProcessHandle> below = process.descendants()) {
                below.forEach(all::add);
            }
            for (ProcessHandle each : all) {
                Path proc = Path.of("/proc", Long.toString(each.pid()));
                if (Files.exists(proc)) {
                    cpu += cpuSeconds(Files.readString(proc.resolve("stat")));
                    memory += peakMebibytes(Files.readString(proc.resolve("status")));
                }
            }
        }
        return new Used(cpu, memory);
    }

    /** Fields 14 to 17 of {@code proc(5)}, in ticks of 10 ms: its own, and those of children that it has waited for. */
    private static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum() / 100.0;
    }

    private static double peakMebibytes(String status) {
        return status.lines()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / 1_024.0;
    }

    @Override
    public void close() throws IOException {
        for (Process each : processes.values()) {
            each.destroy();
            try {
                if (!each.waitFor(20, TimeUnit.SECONDS)) {
                    each.destroyForcibly();
                }
            } catch (InterruptedException e) {
                each.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
