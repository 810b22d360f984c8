package pulseboard.host.linux;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import oshi.spi.SystemInfoProvider;
import pulseboard.host.ContainerReading;
import pulseboard.host.CpuReading;
import pulseboard.host.DiskReading;
import pulseboard.host.FilesystemReading;
import pulseboard.host.HostConfig;
import pulseboard.host.HostSources;
import pulseboard.host.InterfaceReading;
import pulseboard.host.Link;
import pulseboard.host.LoadReading;
import pulseboard.host.MemoryReading;
import pulseboard.host.Mount;
import pulseboard.host.ProcessCounts;
import pulseboard.host.ProcessReading;
import pulseboard.host.Reader;
import pulseboard.host.SensorsReading;
import pulseboard.host.oshi.HostFacts;

/**
 * Linux: figures straight from the kernel's files, each read once a sample and kept open, which costs a fraction of what
 * OSHI needs for the same numbers (see the README's "Decisions"); facts from OSHI.
 */
public final class LinuxSources implements HostSources {

    private static final Path PROC = Path.of("/proc");
    private static final Path SYS = Path.of("/sys");

    private final HostFacts facts;
    private final HostConfig config;
    private final long pageBytes;

    /** Makes the sources over this machine's {@code /proc} and {@code /sys}. */
    public LinuxSources(SystemInfoProvider oshi, HostConfig config, String pulseboardVersion) {
        this.config = config;
        this.facts = new HostFacts(oshi, pulseboardVersion);
        this.pageBytes = PageSize.read(PROC);
    }

    @Override
    public Reader<CpuReading> cpu() {
        return new ProcStat(PROC);
    }

    @Override
    public Reader<Long> frequencyHertz() {
        return new Frequency(PROC, SYS);
    }

    @Override
    public Reader<LoadReading> load() {
        return new LoadAverage(PROC);
    }

    @Override
    public Reader<ProcessCounts> processCounts() {
        return new LoadAverage(PROC)::readCounts;
    }

    @Override
    public Reader<MemoryReading> memory() {
        return new MemInfo(PROC, pageBytes);
    }

    @Override
    public Map<String, Reader<Map<String, Double>>> pressure() {
        Map<String, Reader<Map<String, Double>>> resources = new LinkedHashMap<>();
        for (String resource : new String[] {"cpu", "memory", "io"}) {
            resources.put(resource, new Pressure(PROC, resource));
        }
        return resources;
    }

    @Override
    public Reader<Map<String, DiskReading>> disks() {
        return new DiskStats(PROC, SYS, Pattern.compile(config.ignoreDisks()));
    }

    @Override
    public Reader<Map<String, InterfaceReading>> interfaces() {
        return netDev();
    }

    @Override
    public Reader<Map<String, Link>> links() {
        return netDev()::readLinks;
    }

    private NetDev netDev() {
        return new NetDev(PROC, SYS, Pattern.compile(config.ignoreInterfaces()));
    }

    @Override
    public Reader<Map<String, Integer>> tcpStates() {
        return new TcpStates(PROC);
    }

    @Override
    public Reader<Collection<Mount>> mounts() {
        return new MountInfo(PROC, Pattern.compile(config.ignoreFilesystems()));
    }

    @Override
    public FilesystemReading usage(Mount mount) throws IOException {
        return Statvfs.read(mount.path());
    }

    @Override
    public Reader<SensorsReading> sensors() {
        return new Hwmon(SYS);
    }

    @Override
    public Reader<Optional<ContainerReading>> container() {
        return new Cgroup(SYS);
    }

    @Override
    public Reader<Collection<ProcessReading>> processes() {
        return new Processes(PROC, pageBytes);
    }

    @Override
    public JsonObject facts() {
        return facts.toJson();
    }
}
