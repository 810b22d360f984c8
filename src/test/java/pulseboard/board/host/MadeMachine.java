package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import pulseboard.machine.FakeClock;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.MachineSources;
import pulseboard.machine.Mount;
import pulseboard.machine.linux.LinuxSources;

/**
 * A machine made of files below a folder. Each file has two texts: that of the first sample, and that of the second, a second
 * later, in which every counter has grown.
 */
final class MadeMachine {

    private static final Pattern COUNTER = Pattern.compile("\\{(\\d+)}");
    private static final int SAMPLES_UNTIL_CLOSED = 500;

    /** Which sampler reads what, by how the path begins. */
    private static final Map<String, List<String>> FILES = Map.of(
            "cpu", List.of("proc/stat", "proc/loadavg", "proc/cpuinfo", "sys/devices/"),
            "memory", List.of("proc/vmstat", "proc/meminfo", "proc/spl/"),
            "pressure", List.of("proc/pressure/"),
            "container", List.of("sys/fs/cgroup/", "proc/self/cgroup"),
            "disks", List.of("proc/diskstats", "sys/block/"),
            "network", List.of("proc/net/", "sys/class/net/"),
            "processes", List.of("proc/loadavg"),
            "sensors", List.of("sys/class/hwmon/", "sys/class/thermal/", "sys/class/power_supply/"),
            "filesystems", List.of("proc/self/mountinfo", "proc/1/mountinfo"),
            "table", List.of("proc/842/", "proc/9000/"));

    private final Path root;
    private final Map<String, byte[]> written = new HashMap<>();
    private final Map<String, String> texts = new TreeMap<>();
    private int samples;

    MadeMachine(Path root) {
        this.root = root;
    }

    /** Adds the files of a text: each is a line {@code FILE PATH} and what follows. Numbers in braces are counters. */
    MadeMachine add(String files) throws IOException {
        for (String file : files.split("(?m)^FILE ", -1)) {
            int line = file.indexOf('\n');
            if (line > 0) {
                texts.put(file.substring(0, line), file.substring(line + 1));
            }
        }
        for (String path : texts.keySet()) {
            write(path, bytes(first(path)));
        }
        return this;
    }

    Set<String> paths() {
        return texts.keySet();
    }

    String first(String path) {
        return COUNTER.matcher(texts.getOrDefault(path, "")).replaceAll("$1");
    }

    /** A second later: each counter has grown by another amount. */
    String later(String path) {
        int[] step = {0};
        return COUNTER.matcher(texts.getOrDefault(path, "")).replaceAll(match -> {
            step[0]++;
            long counter = Long.parseLong(match.group(1));
            return Long.toString(counter + counter / 1000 + 10 + 3L * (step[0] % 17));
        });
    }

    boolean hasCounters(String path) {
        return COUNTER.matcher(texts.getOrDefault(path, "")).find();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void write(String path, byte[] text) throws IOException {
        if (Arrays.equals(text, written.get(path))) {
            return;
        }
        Path file = root.resolve(path);
        if (Files.isDirectory(file)) {
            Files.delete(file);
        }
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        // Not emptied first: some file systems write a file that was empty to the disk when it is closed.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(text));
            channel.truncate(text.length);
        }
        written.put(path, text);
    }

    /** Takes a file away. */
    void delete(String path) throws IOException {
        Files.deleteIfExists(root.resolve(path));
        written.remove(path);
    }

    /** Puts a folder in the place of a file, so that it is there and cannot be read, not even by root. */
    void makeUnreadable(String path) throws IOException {
        delete(path);
        Files.createDirectories(root.resolve(path));
    }

    /** The samplers that read this file. */
    static List<String> samplersOf(String path) {
        return FILES.entrySet().stream()
                .filter(each -> each.getValue().stream().anyMatch(start -> path.startsWith(start)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The counters of these samplers, first as they are, then a second later; but for one file, which is left alone. */
    private void writeCounters(List<String> samplers, boolean isLater, String except) throws IOException {
        for (String path : texts.keySet()) {
            if (!path.equals(except)
                    && hasCounters(path)
                    && samplersOf(path).stream().anyMatch(samplers::contains)) {
                write(path, bytes(isLater ? later(path) : first(path)));
            }
        }
    }

    /** Changes what is below the folder. */
    interface Change {
        void make() throws IOException;
    }

    /** What these samplers show at their second sample; {@code first} and {@code second} make one file before each sample. */
    Map<String, Object> figures(List<String> names, String path, Change first, Change second) throws IOException {
        if (++samples % SAMPLES_UNTIL_CLOSED == 0) {
            System.gc(); // Readers leave their files open; those of samplers that are gone are closed with this.
        }
        FakeClock clock = new FakeClock();
        writeCounters(names, false, path);
        first.make();
        List<Sampler> samplers = samplers(names, clock);
        Map<String, Object> figures = new TreeMap<>();
        samplers.forEach(sampler -> addFigures(sampler, figures));
        clock.passSeconds(1);
        writeCounters(names, true, path);
        second.make();
        figures.clear();
        samplers.forEach(sampler -> addFigures(sampler, figures));
        return figures;
    }

    /** New samplers over the files as they are now. */
    private List<Sampler> samplers(List<String> names, FakeClock clock) {
        MachineSources sources =
                new LinuxSources(HostConfig.DEFAULT.ignorePatterns(), root.resolve("proc"), root.resolve("sys"));
        List<Sampler> all = new ArrayList<>(List.of(
                new CpuSampler(sources.cpu(), sources.load(), sources.frequencyHertz(), clock),
                new MemorySampler(sources.memory(), clock),
                new PressureSampler(sources.pressure()),
                new ContainerSampler(sources.container(), clock),
                new DisksSampler(sources.disks(), clock),
                new NetworkSampler(NetworkSampler.Readers.of(sources), clock),
                new ProcessCountSampler(sources.processCounts()),
                new SensorsSampler(sources.sensors(), Pattern.compile("")),
                new FilesystemsSampler(sources.mounts(), MadeMachine::usage, Runnable::run, HostConfig.DEFAULT)));
        all.removeIf(sampler -> !names.contains(sampler.name()));
        if (names.contains("table")) {
            all.add(new ProcessTable(sources.processes(), 100, clock));
        }
        return all;
    }

    /** Another fill for each path. */
    private static FilesystemReading usage(Mount mount) {
        int free = 100 + Math.floorMod(mount.path().hashCode(), 800);
        return new FilesystemReading(1000, free, free, 1000, free);
    }

    /** All figures of a sample, by their path; of a sampler that fails there are none. */
    private static void addFigures(Sampler sampler, Map<String, Object> figures) {
        try {
            addLeaves(sampler.name(), sampler.sample(), figures);
        } catch (IOException e) {
            figures.put(sampler.name() + " failed", String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            figures.put(sampler.name() + " failed", e.toString());
        }
    }

    private static void addLeaves(String path, JsonObject values, Map<String, Object> figures) {
        values.forEach(member -> {
            if (member.getValue() instanceof JsonObject inner) {
                addLeaves(path + " > " + member.getKey(), inner, figures);
            } else {
                figures.put(path + " > " + member.getKey(), member.getValue());
            }
        });
    }
}
