package pulseboard.machine.oshi;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.PowerSource;
import oshi.hardware.VirtualMemory;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
import oshi.spi.SystemInfoFactory;
import oshi.spi.SystemInfoProvider;
import oshi.util.PlatformEnum;
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
import pulseboard.machine.linux.NetworkStack;

/**
 * Any system that OSHI knows. What OSHI does not report (pressure, containers) is absent or says so; {@code
 * docs/boards/host-source.md} lists it.
 */
public final class OshiSources implements MachineSources {

    private static final Logger LOG = LoggerFactory.getLogger(OshiSources.class);
    static final boolean IS_LINUX = PlatformEnum.getCurrentPlatform() == PlatformEnum.LINUX;
    private static final long FREQUENCY_STEP_HERTZ = 10_000_000;

    private final OshiFacts facts;
    private final OshiDisks disks;
    private final OshiNetwork network;
    private final NetworkStack stack = new NetworkStack(Path.of("/sys"));
    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;

    /** Makes the sources over one OSHI instance, which is to be the only one. */
    public OshiSources(SystemInfoProvider oshi, IgnorePatterns ignore) {
        this.facts = new OshiFacts(oshi);
        this.hardware = oshi.getHardware();
        this.system = oshi.getOperatingSystem();
        this.disks = new OshiDisks(hardware, system.getFileSystem(), ignore);
        this.network = new OshiNetwork(hardware, system.getInternetProtocolStats(), ignore.interfaces());
    }

    /** Makes the sources over an OSHI instance of their own, as {@link #provider}. */
    public static OshiSources withNativeCode(IgnorePatterns ignore) {
        return new OshiSources(provider(), ignore);
    }

    /** Whether this is Linux. */
    public static boolean isLinux() {
        return IS_LINUX;
    }

    /** OSHI where it reports most: with native code, if that can be loaded (not from a temporary folder mounted noexec). */
    public static SystemInfoProvider provider() {
        try {
            if (Native.POINTER_SIZE > 0) {
                return SystemInfoFactory.create();
            }
        } catch (LinkageError e) {
            LOG.info("OSHI goes without native code: {}", e.toString());
        }
        return new oshi.nativefree.SystemInfo();
    }

    /** OSHI hands out zeros and empty lists where it cannot read. */
    static void require(boolean known, String what) throws IOException {
        if (!known) {
            throw new IOException("OSHI reports no " + what + " here");
        }
    }

    /** OSHI's ticks are milliseconds, and cores go by their place: of one that comes or goes, one sample is wrong. */
    @Override
    public Reader<CpuReading> cpu() {
        CentralProcessor processor = hardware.getProcessor();
        return () -> {
            Map<Integer, long[]> ticks = new TreeMap<>();
            long[][] byCore = processor.getProcessorCpuLoadTicks();
            for (int core = 0; core < byCore.length; core++) {
                if (Arrays.stream(byCore[core]).sum() > 0) {
                    ticks.put(core, byCore[core]);
                }
            }
            require(!ticks.isEmpty(), "CPU time");
            return new CpuReading(ticks, processor.getContextSwitches(), processor.getInterrupts());
        };
    }

    @Override
    public Reader<Long> frequencyHertz() {
        return () -> Math.round(Arrays.stream(hardware.getProcessor().getCurrentFreq())
                                .filter(hertz -> hertz > 0)
                                .average()
                                .orElse(0)
                        / FREQUENCY_STEP_HERTZ)
                * FREQUENCY_STEP_HERTZ;
    }

    @Override
    public Reader<LoadReading> load() {
        return () -> {
            double[] load = hardware.getProcessor().getSystemLoadAverage(3);
            return new LoadReading(load[0], load[1], load[2]);
        };
    }

    @Override
    public Reader<ProcessCounts> processCounts() {
        return () -> {
            int count = system.getProcessCount();
            require(count > 0, "processes");
            return new ProcessCounts(count, system.getThreadCount(), -1);
        };
    }

    @Override
    public Reader<MemoryReading> memory() {
        GlobalMemory memory = hardware.getMemory();
        VirtualMemory virtual = memory.getVirtualMemory();
        long pageBytes = memory.getPageSize();
        return () -> {
            long total = memory.getTotal();
            require(total > 0, "memory");
            return new MemoryReading(
                    total,
                    memory.getAvailable(),
                    -1,
                    -1,
                    virtual.getSwapTotal(),
                    virtual.getSwapUsed(),
                    virtual.getSwapPagesIn() * pageBytes,
                    virtual.getSwapPagesOut() * pageBytes);
        };
    }

    @Override
    public Map<String, Reader<Map<String, Double>>> pressure() {
        return Map.of("cpu", () -> {
            throw new IOException("OSHI does not report pressure stall information, which Linux alone has");
        });
    }

    @Override
    public Reader<Map<String, DiskReading>> disks() {
        return disks.disks();
    }

    @Override
    public Reader<Collection<Mount>> mounts() {
        return disks.mounts();
    }

    @Override
    public FilesystemReading usage(Mount mount) throws IOException {
        return disks.usage(mount);
    }

    @Override
    public Reader<Map<String, InterfaceReading>> interfaces() {
        return network.interfaces();
    }

    @Override
    public Reader<Map<String, Link>> links() {
        return network.links();
    }

    @Override
    public Reader<Map<String, Integer>> tcpStates() {
        return network.tcpStates();
    }

    @Override
    public Set<String> bottomOf(Set<String> interfaces) {
        return stack.bottom(interfaces);
    }

    @Override
    public Reader<SensorsReading> sensors() {
        return () -> {
            Map<String, Double> celsius = new TreeMap<>();
            double temperature = hardware.getSensors().getCpuTemperature();
            if (temperature > 0) {
                celsius.put("CPU", temperature);
            }
            Map<String, Long> fans = new TreeMap<>();
            int[] speeds = hardware.getSensors().getFanSpeeds();
            for (int fan = 0; fan < speeds.length; fan++) {
                fans.put("fan " + (fan + 1), (long) speeds[fan]);
            }
            Map<String, SensorsReading.Battery> batteries = new TreeMap<>();
            for (PowerSource source : hardware.getPowerSources()) {
                int percent = (int) Math.round(source.getRemainingCapacityPercent() * 100);
                String status =
                        source.isCharging() ? "Charging" : source.isDischarging() ? "Discharging" : "Not charging";
                batteries.put(source.getName(), new SensorsReading.Battery(percent, status));
            }
            return new SensorsReading(celsius, fans, batteries);
        };
    }

    @Override
    public Reader<Optional<ContainerReading>> container() {
        return Optional::empty;
    }

    @Override
    public Reader<Collection<ProcessReading>> processes() {
        return () -> {
            List<OSProcess> processes = system.getProcesses();
            require(!processes.isEmpty(), "processes");
            return processes.stream().map(OshiSources::reading).toList();
        };
    }

    private static ProcessReading reading(OSProcess process) {
        String state = switch (process.getState()) {
            case RUNNING -> "running";
            case SLEEPING -> "sleeping";
            case WAITING -> IS_LINUX ? "disk sleep" : "sleeping";
            case ZOMBIE -> "zombie";
            case STOPPED -> "stopped";
            default -> "other";
        };
        return new ProcessReading(
                process.getProcessID(),
                process.getStartTime(),
                process.getName(),
                state,
                process.getKernelTime() + process.getUserTime(),
                process.getResidentMemory(),
                process.getThreadCount(),
                process.getParentProcessID(),
                process::getUser);
    }

    /** The facts that the same OSHI instance reports. */
    public OshiFacts facts() {
        return facts;
    }
}
