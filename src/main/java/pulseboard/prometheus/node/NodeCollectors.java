package pulseboard.prometheus.node;

import java.util.List;
import java.util.concurrent.Executor;
import pulseboard.host.linux.PageSize;
import pulseboard.host.linux.Statvfs;
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
        return List.of(
                Collector.of("arp", into -> Protocols.collectNeighbours(kernel, into)),
                Collector.of("conntrack", into -> Protocols.collectTracked(kernel, into)),
                new Cpus(kernel),
                Collector.of("cpufreq", into -> CpuFrequency.collect(kernel, into)),
                Collector.of("diskstats", into -> Disks.collect(kernel, into)),
                Collector.of("dmi", into -> Identity.collectDmi(kernel, into)),
                Collector.of("entropy", into -> KernelCounts.collectEntropy(kernel, into)),
                Collector.of("filefd", into -> KernelCounts.collectFiles(kernel, into)),
                Collector.of("hwmon", into -> Chips.collect(kernel, into)),
                Collector.of("loadavg", into -> KernelCounts.collectLoad(kernel, into)),
                Collector.of("meminfo", into -> Memory.collectMeminfo(kernel, into)),
                Collector.of("netclass", into -> Interfaces.collectLinks(kernel, into)),
                Collector.of("netdev", into -> Interfaces.collectCounters(kernel, into)),
                Collector.of("netstat", into -> Protocols.collectNetstat(kernel, into)),
                Collector.of("os", into -> Identity.collectOs(kernel, into)),
                Collector.of("powersupplyclass", into -> Power.collectSupplies(kernel, into)),
                Collector.of("pressure", into -> KernelCounts.collectPressure(kernel, into)),
                Collector.of("process", into -> OwnProcess.collect(kernel, into)),
                Collector.of("schedstat", into -> KernelCounts.collectScheduler(kernel, into)),
                Collector.of("sockstat", into -> Protocols.collectSockets(kernel, into, pageBytes)),
                Collector.of("softnet", into -> Protocols.collectBacklog(kernel, into)),
                Collector.of("stat", into -> KernelCounts.collectStat(kernel, into)),
                Collector.of("thermal_zone", into -> Power.collectThermal(kernel, into)),
                Collector.of("time", into -> Identity.collectTime(kernel, into)),
                Collector.of("udp_queues", into -> Protocols.collectUdpQueues(kernel, into)),
                Collector.of("uname", into -> Identity.collectUname(kernel, into)),
                Collector.of("vmstat", into -> Memory.collectVmstat(kernel, into)),
                // Last, because it is the one that may hang.
                new Filesystems(kernel, mount -> Statvfs.read(mount.path()), threads, deadlineMilliseconds / 2));
    }
}
