package pulseboard.host.oshi;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import oshi.hardware.CentralProcessor;
import oshi.hardware.GlobalMemory;
import oshi.hardware.HWDiskStore;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.PowerSource;
import oshi.hardware.VirtualMemory;
import oshi.software.os.InternetProtocolStats.IPConnection;
import oshi.software.os.InternetProtocolStats.TcpState;
import oshi.software.os.OSFileStore;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;
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

/** Any system that OSHI knows. What OSHI does not tell there (pressure, containers) says so. */
public final class OshiSources implements HostSources {

    private final HostConfig config;
    private final HostFacts facts;
    private final HardwareAbstractionLayer hardware;
    private final OperatingSystem system;

    /** Makes the sources over one OSHI instance, which is to be the only one. */
    public OshiSources(SystemInfoProvider oshi, HostConfig config, String pulseboardVersion) {
        this.config = config;
        this.facts = new HostFacts(oshi, pulseboardVersion);
        this.hardware = oshi.getHardware();
        this.system = oshi.getOperatingSystem();
    }

    @Override
    public Reader<CpuReading> cpu() {
        CentralProcessor processor = hardware.getProcessor();
        return () -> {
            Map<Integer, long[]> ticks = new TreeMap<>();
            long[][] byCore = processor.getProcessorCpuLoadTicks();
            for (int core = 0; core < byCore.length; core++) {
                ticks.put(core, byCore[core]);
            }
            return new CpuReading(ticks, processor.getContextSwitches(), processor.getInterrupts());
        };
    }

    @Override
    public Reader<Long> frequencyHertz() {
        return () -> Math.round(Arrays.stream(hardware.getProcessor().getCurrentFreq())
                .average()
                .orElse(0));
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
        return () -> new ProcessCounts(system.getProcessCount(), system.getThreadCount(), -1);
    }

    @Override
    public Reader<MemoryReading> memory() {
        GlobalMemory memory = hardware.getMemory();
        VirtualMemory virtual = memory.getVirtualMemory();
        long pageBytes = memory.getPageSize();
        return () -> new MemoryReading(
                memory.getTotal(),
                memory.getAvailable(),
                -1,
                -1,
                virtual.getSwapTotal(),
                virtual.getSwapUsed(),
                virtual.getSwapPagesIn() * pageBytes,
                virtual.getSwapPagesOut() * pageBytes);
    }

    @Override
    public Map<String, Reader<Map<String, Double>>> pressure() {
        return Map.of("cpu", () -> {
            throw new IOException("pressure stall information is a feature of Linux");
        });
    }

    @Override
    public Reader<Map<String, DiskReading>> disks() {
        Pattern ignore = Pattern.compile(config.ignoreDisks());
        List<HWDiskStore> stores = hardware.getDiskStores();
        return () -> {
            Map<String, DiskReading> disks = new TreeMap<>();
            for (HWDiskStore disk : stores) {
                String name = disk.getName().substring(disk.getName().lastIndexOf('/') + 1);
                if (!ignore.matcher(name).matches() && disk.updateAttributes()) {
                    disks.put(
                            name,
                            new DiskReading(
                                    disk.getReads(),
                                    disk.getReadBytes(),
                                    disk.getWrites(),
                                    disk.getWriteBytes(),
                                    -1,
                                    disk.getTransferTime(),
                                    -1));
                }
            }
            return disks;
        };
    }

    @Override
    public Reader<Map<String, InterfaceReading>> interfaces() {
        return () -> {
            Map<String, InterfaceReading> readings = new TreeMap<>();
            for (NetworkIF face : faces()) {
                readings.put(
                        face.getName(),
                        new InterfaceReading(
                                face.getBytesRecv(),
                                face.getPacketsRecv(),
                                face.getInErrors(),
                                face.getInDrops(),
                                face.getBytesSent(),
                                face.getPacketsSent(),
                                face.getOutErrors(),
                                -1));
            }
            return readings;
        };
    }

    @Override
    public Reader<Map<String, Link>> links() {
        return () -> {
            Map<String, Link> links = new TreeMap<>();
            for (NetworkIF face : faces()) {
                boolean up = face.getIfOperStatus() != NetworkIF.IfOperStatus.DOWN;
                links.put(face.getName(), new Link(up, Math.max(0, face.getSpeed())));
            }
            return links;
        };
    }

    private List<NetworkIF> faces() {
        Pattern ignore = Pattern.compile(config.ignoreInterfaces());
        return hardware.getNetworkIFs().stream()
                .filter(face -> !ignore.matcher(face.getName()).matches())
                .toList();
    }

    @Override
    public Reader<Map<String, Integer>> tcpStates() {
        return () -> {
            Map<String, Integer> counts = new TreeMap<>();
            for (IPConnection connection : system.getInternetProtocolStats().getConnections()) {
                TcpState state = connection.getState();
                if (state != null && connection.getType().startsWith("tcp")) {
                    counts.merge(camelCase(state.name()), 1, Integer::sum);
                }
            }
            return counts;
        };
    }

    private static String camelCase(String constant) {
        StringBuilder name = new StringBuilder();
        for (String word : constant.toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    @Override
    public Reader<Collection<Mount>> mounts() {
        Pattern ignore = Pattern.compile(config.ignoreFilesystems());
        return () -> {
            List<Mount> mounts = new ArrayList<>();
            for (OSFileStore store : system.getFileSystem().getFileStores(true)) {
                if (!ignore.matcher(store.getMount()).matches()) {
                    mounts.add(new Mount(store.getMount(), store.getType(), store.getVolume()));
                }
            }
            return mounts;
        };
    }

    @Override
    public FilesystemReading usage(Mount mount) throws IOException {
        OSFileStore store = system.getFileSystem().getFileStores(true).stream()
                .filter(candidate -> candidate.getMount().equals(mount.path()))
                .findFirst()
                .orElseThrow(() -> new IOException("no longer mounted"));
        return new FilesystemReading(
                store.getTotalSpace(),
                store.getFreeSpace(),
                store.getUsableSpace(),
                Math.max(0, store.getTotalInodes()),
                store.getFreeInodes());
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
        return () -> system.getProcesses().stream().map(OshiSources::reading).toList();
    }

    private static ProcessReading reading(OSProcess process) {
        String state = switch (process.getState()) {
            case RUNNING -> "running";
            case SLEEPING, WAITING -> "sleeping";
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
                process::getUser);
    }

    @Override
    public JsonObject facts() {
        return facts.toJson();
    }
}
