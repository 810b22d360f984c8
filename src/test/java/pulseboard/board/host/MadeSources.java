package pulseboard.board.host;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pulseboard.machine.ClockReading;
import pulseboard.machine.ContainerReading;
import pulseboard.machine.CpuReading;
import pulseboard.machine.DiskReading;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.LoadReading;
import pulseboard.machine.MachineSources;
import pulseboard.machine.Made;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.Mount;
import pulseboard.machine.ProcessCounts;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;
import pulseboard.machine.SensorsReading;

/** A machine that is made up: one core, one disk, one interface, one process; each reading can be set. */
final class MadeSources implements MachineSources {

    final Made<CpuReading> cpu = new Made<>(new CpuReading(Map.of(0, new long[8]), 0, 0));
    final Made<MemoryReading> memory = new Made<>(new MemoryReading(1_000, 750, 10, 10, 0, 0, -1, -1));
    final Made<Map<String, Double>> pressure = new Made<>(Map.of("some", 1.5));
    final Made<Collection<ProcessReading>> processes = new Made<>(List.of(process(0)));
    final Made<SensorsReading> sensors = new Made<>(new SensorsReading(Map.of("CPU", 40.0), Map.of(), Map.of()));
    final Made<JsonObject> facts = new Made<>(new JsonObject().put("name", "made"));

    Optional<MachineSources> fallback = Optional.empty();
    int fallbacks;
    String loadFailure = "";

    static ProcessReading process(long cpuMilliseconds) {
        return new ProcessReading(7, 1, "trial", "running", cpuMilliseconds, 1_000_000, 3, () -> "alice");
    }

    @Override
    public Reader<CpuReading> cpu() {
        return cpu;
    }

    @Override
    public Reader<Long> frequencyHertz() {
        return () -> 2_000_000_000L;
    }

    @Override
    public Reader<LoadReading> load() {
        return () -> {
            if (!loadFailure.isEmpty()) {
                throw new IOException(loadFailure);
            }
            return new LoadReading(0.5, 0.25, 0.125);
        };
    }

    @Override
    public Reader<ProcessCounts> processCounts() {
        return () -> new ProcessCounts(1, 3, 1);
    }

    @Override
    public Reader<MemoryReading> memory() {
        return memory;
    }

    @Override
    public Reader<ClockReading> clock() {
        return () -> new ClockReading(true, 0.03);
    }

    @Override
    public Reader<String> bootId() {
        return () -> "0b3c6e54-2a3f-4d3c-9a52-1c1f9f6f7a10";
    }

    @Override
    public Map<String, Reader<Map<String, Double>>> pressure() {
        return Map.of("cpu", pressure);
    }

    @Override
    public Reader<Map<String, DiskReading>> disks() {
        return () -> Map.of("sda", new DiskReading(1, 1, 1, 1, 1, 1, 1));
    }

    @Override
    public Reader<Map<String, InterfaceReading>> interfaces() {
        return () -> Map.of("eth0", new InterfaceReading(1, 1, 0, 0, 1, 1, 0, 0));
    }

    @Override
    public Reader<Map<String, Link>> links() {
        return () -> Map.of("eth0", new Link(true, 0));
    }

    @Override
    public Reader<Map<String, Integer>> tcpStates() {
        return () -> Map.of("established", 1);
    }

    @Override
    public Reader<Collection<Mount>> mounts() {
        return () -> List.of(new Mount("/", "ext4", "/dev/sda"));
    }

    @Override
    public FilesystemReading usage(Mount mount) {
        return new FilesystemReading(1_000, 500, 400, 100, 50);
    }

    @Override
    public Reader<SensorsReading> sensors() {
        return sensors;
    }

    @Override
    public Reader<Optional<ContainerReading>> container() {
        return () -> Optional.of(new ContainerReading(1, 0, 1_000, 100));
    }

    @Override
    public Reader<Collection<ProcessReading>> processes() {
        return processes;
    }

    @Override
    public Optional<MachineSources> fallback() {
        fallbacks++;
        return fallback;
    }

    JsonObject facts() {
        try {
            return facts.read();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
