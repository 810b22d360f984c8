package pulseboard.prometheus.node;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import pulseboard.machine.linux.Kernel;
import pulseboard.machine.linux.PageSize;
import pulseboard.machine.linux.Statvfs;
import pulseboard.prometheus.Collector;

/** The list of what is read of a Linux machine, under the names of node_exporter's collectors. */
public final class NodeCollectors {

    private NodeCollectors() {}

    /**
     * All of them.
     *
     * @param threads on which filesystems are asked, which may hang
     * @param deadlineMilliseconds how long a collector may take
     */
    public static List<Collector> of(Kernel kernel, Executor threads, long deadlineMilliseconds) {
        long pageBytes = PageSize.read(kernel.root().resolve("proc"));
        return Stream.of(
                        hardware(kernel),
                        network(kernel, pageBytes),
                        counts(kernel),
                        Stream.of(
                                new ProcessCollector(kernel, pageBytes),
                                // Last, because it is the one that may hang.
                                new FilesystemCollector(
                                        kernel,
                                        mount -> Statvfs.read(mount.path()),
                                        threads,
                                        deadlineMilliseconds / 2)))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Collector> hardware(Kernel kernel) {
        return Stream.of(
                new CpuCollector(kernel),
                new CpufreqCollector(kernel),
                new DiskstatsCollector(kernel),
                new DmiCollector(kernel),
                new DmmultipathCollector(kernel),
                new HwmonCollector(kernel),
                new OsCollector(kernel),
                new PowersupplyclassCollector(kernel),
                new ThermalZoneCollector(kernel),
                new TimeCollector(kernel),
                new TimexCollector(),
                new UnameCollector(kernel));
    }

    private static Stream<Collector> network(Kernel kernel, long pageBytes) {
        return Stream.of(
                new ArpCollector(kernel),
                new ConntrackCollector(kernel),
                new NetclassCollector(kernel),
                new NetdevCollector(kernel),
                new NetstatCollector(kernel),
                new SockstatCollector(kernel, pageBytes),
                new SoftnetCollector(kernel),
                new UdpQueuesCollector(kernel));
    }

    private static Stream<Collector> counts(Kernel kernel) {
        return Stream.of(
                new EntropyCollector(kernel),
                new FilefdCollector(kernel),
                new LoadavgCollector(kernel),
                new MeminfoCollector(kernel),
                new PressureCollector(kernel),
                new SchedstatCollector(kernel),
                new StatCollector(kernel),
                new VmstatCollector(kernel));
    }
}
