package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.ClockReading;
import pulseboard.machine.ContainerReading;
import pulseboard.machine.CpuReading;
import pulseboard.machine.DiskReading;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.IgnorePatterns;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.Link;
import pulseboard.machine.LoadReading;
import pulseboard.machine.MachineSources;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.Mount;
import pulseboard.machine.ProcessCounts;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;
import pulseboard.machine.SensorsReading;

/**
 * Linux: figures straight from the kernel's files, each read once a sample and kept open, which costs a fraction of what
 * OSHI needs for the same numbers (see docs/decisions/host.md).
 */
public final class LinuxSources implements MachineSources {

    private final Path proc;
    private final Path sys;
    private final NetworkStack stack;
    private final IgnorePatterns ignore;
    private final long pageBytes;
    private @Nullable Supplier<MachineSources> makeFallback;
    private @Nullable MachineSources fallback;

    /** Makes the sources over this machine's {@code /proc} and {@code /sys}. */
    public LinuxSources(IgnorePatterns ignore) {
        this(ignore, Path.of("/proc"), Path.of("/sys"));
    }

    /** The same over other folders, such as those of another machine. */
    public LinuxSources(IgnorePatterns ignore, Path proc, Path sys) {
        this.ignore = ignore;
        this.proc = proc;
        this.sys = sys;
        this.stack = new NetworkStack(sys);
        this.pageBytes = PageSize.read(proc);
    }

    /**
     * Takes other sources for what the kernel's files do not report; to be called before anybody samples.
     *
     * @param make makes them; called once, when they are needed first
     */
    public LinuxSources orElse(Supplier<MachineSources> make) {
        makeFallback = make;
        return this;
    }

    @Override
    public Reader<CpuReading> cpu() {
        return new ProcStat(proc);
    }

    @Override
    public Reader<Long> frequencyHertz() {
        return new Frequency(proc, sys);
    }

    @Override
    public Reader<LoadReading> load() {
        return new LoadAverage(proc);
    }

    @Override
    public Reader<ProcessCounts> processCounts() {
        return new LoadAverage(proc)::readCounts;
    }

    @Override
    public Reader<MemoryReading> memory() {
        return new MemInfo(proc, pageBytes);
    }

    @Override
    public Map<String, Reader<Map<String, Double>>> pressure() {
        Map<String, Reader<Map<String, Double>>> resources = new LinkedHashMap<>();
        for (String resource : new String[] {"cpu", "memory", "io"}) {
            resources.put(resource, new Pressure(proc, resource));
        }
        return resources;
    }

    @Override
    public Reader<String> bootId() {
        return new BootId(proc);
    }

    @Override
    public Reader<ClockReading> clock() {
        return Timex::readClock;
    }

    @Override
    public Reader<Map<String, DiskReading>> disks() {
        return new DiskStats(proc, sys, ignore.disks());
    }

    @Override
    public Reader<Map<String, InterfaceReading>> interfaces() {
        return netDev();
    }

    @Override
    public Reader<Map<String, Link>> links() {
        return netDev()::readLinks;
    }

    @Override
    public Set<String> bottomOf(Set<String> interfaces) {
        return stack.bottom(interfaces);
    }

    private NetDev netDev() {
        return new NetDev(proc, sys, ignore.interfaces());
    }

    @Override
    public Reader<Map<String, Integer>> tcpStates() {
        return new TcpStates(proc);
    }

    @Override
    public Reader<Collection<Mount>> mounts() {
        return new MountInfo(proc, ignore.filesystems());
    }

    @Override
    public FilesystemReading usage(Mount mount) throws IOException {
        return Statvfs.read(mount.path());
    }

    @Override
    public Reader<SensorsReading> sensors() {
        return new Hwmon(sys);
    }

    @Override
    public Reader<Optional<ContainerReading>> container() {
        return new Cgroup(proc, sys);
    }

    @Override
    public Reader<Collection<ProcessReading>> processes() {
        return new Processes(proc, pageBytes);
    }

    /** Asked from the threads of more than one board. */
    @Override
    public synchronized Optional<MachineSources> fallback() {
        if (fallback == null && makeFallback != null) {
            fallback = makeFallback.get();
        }
        return Optional.ofNullable(fallback);
    }
}
