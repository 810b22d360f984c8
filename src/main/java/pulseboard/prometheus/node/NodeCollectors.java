package pulseboard.prometheus.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
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
                                new OwnProcess(kernel, pageBytes),
                                // Last, because it is the one that may hang.
                                new Filesystems(
                                        kernel,
                                        mount -> Statvfs.read(mount.path()),
                                        threads,
                                        deadlineMilliseconds / 2)))
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<Collector> hardware(Kernel kernel) {
        return Stream.of(
                new Cpus(kernel),
                Collector.of("cpufreq", into -> CpuFrequency.collect(kernel, into)),
                new Disks(kernel),
                Identity.dmi(kernel),
                Collector.of("dmmultipath", into -> Multipath.collect(kernel, into)),
                new Chips(kernel),
                Identity.os(kernel),
                Collector.of("powersupplyclass", into -> Power.collectSupplies(kernel, into)),
                Collector.of("thermal_zone", into -> Power.collectThermal(kernel, into)),
                Identity.time(kernel),
                Identity.uname(kernel));
    }

    private static Stream<Collector> network(Kernel kernel, long pageBytes) {
        KernelFile arp = kernel.file("proc/net/arp");
        KernelFile tracked = kernel.file("proc/sys/net/netfilter/nf_conntrack_count");
        KernelFile mostTracked = kernel.file("proc/sys/net/netfilter/nf_conntrack_max");
        KernelFile tracking = kernel.file("proc/net/stat/nf_conntrack");
        KernelFile interfaces = kernel.file("proc/net/dev");
        KernelFile sockets = kernel.file("proc/net/sockstat");
        KernelFile socketsSix = kernel.file("proc/net/sockstat6");
        KernelFile backlog = kernel.file("proc/net/softnet_stat");
        KernelFile udp = kernel.file("proc/net/udp");
        KernelFile udpSix = kernel.file("proc/net/udp6");
        return Stream.of(
                Collector.of("arp", into -> Protocols.collectNeighbours(arp, into)),
                Collector.of("conntrack", into -> Protocols.collectTracked(tracked, mostTracked, tracking, into)),
                Collector.of("netclass", into -> Interfaces.collectLinks(kernel, into)),
                Collector.of("netdev", into -> Interfaces.collectCounters(kernel, interfaces, into)),
                new Protocols.Netstat(kernel),
                Collector.of("sockstat", into -> Protocols.collectSockets(sockets, socketsSix, into, pageBytes)),
                Collector.of("softnet", into -> Protocols.collectBacklog(backlog, into)),
                Collector.of("udp_queues", into -> Protocols.collectUdpQueues(udp, udpSix, into)));
    }

    private static Stream<Collector> counts(Kernel kernel) {
        KernelFile entropy = kernel.file("proc/sys/kernel/random/entropy_avail");
        KernelFile poolSize = kernel.file("proc/sys/kernel/random/poolsize");
        KernelFile files = kernel.file("proc/sys/fs/file-nr");
        KernelFile load = kernel.file("proc/loadavg");
        KernelFile memory = kernel.file("proc/meminfo");
        KernelFile scheduler = kernel.file("proc/schedstat");
        KernelFile stat = kernel.file("proc/stat");
        KernelFile paging = kernel.file("proc/vmstat");
        Map<String, KernelFile> pressure = new LinkedHashMap<>();
        for (String resource : new String[] {"cpu", "io", "memory", "irq"}) {
            pressure.put(resource, kernel.file("proc/pressure/" + resource));
        }
        return Stream.of(
                Collector.of("entropy", into -> KernelCounts.collectEntropy(entropy, poolSize, into)),
                Collector.of("filefd", into -> KernelCounts.collectFiles(files, into)),
                Collector.of("loadavg", into -> KernelCounts.collectLoad(load, into)),
                Collector.of("meminfo", into -> Memory.collectMeminfo(memory, into)),
                Collector.of("pressure", into -> KernelCounts.collectPressure(pressure, into)),
                Collector.of("schedstat", into -> KernelCounts.collectScheduler(scheduler, into)),
                Collector.of("stat", into -> KernelCounts.collectStat(stat, into)),
                Collector.of("vmstat", into -> Memory.collectVmstat(paging, into)));
    }
}
