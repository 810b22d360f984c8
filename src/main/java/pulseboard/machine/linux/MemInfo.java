package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.Reader;

/**
 * {@code /proc/meminfo}, the paging counters of {@code /proc/vmstat} and the cache of ZFS, which is used memory to the kernel and
 * cache to people. See proc_meminfo(5), proc_vmstat(5) and
 * <a href="https://openzfs.github.io/openzfs-docs/Performance%20and%20Tuning/Module%20Parameters.html">zfs_arc_min</a>.
 */
public final class MemInfo implements Reader<MemoryReading> {

    private static final long KIB = 1024;

    private final KernelFile meminfo;
    private final KernelFile vmstat;
    private final KernelFile arcstats;
    private final Path mounts;
    private final long pageBytes;
    private @Nullable Boolean ownMeminfo;

    /**
     * Reads below a proc folder.
     *
     * @param pageBytes the size of a memory page, in which the kernel counts what it swaps
     */
    public MemInfo(Path proc, long pageBytes) {
        this.pageBytes = pageBytes;
        meminfo = new KernelFile(proc.resolve("meminfo"));
        vmstat = new KernelFile(proc.resolve("vmstat"));
        arcstats = new KernelFile(proc.resolve("spl/kstat/zfs/arcstats"));
        mounts = proc.resolve("self/mountinfo");
    }

    @Override
    public MemoryReading read() throws IOException {
        String memory = meminfo.text();
        // Without swap the paging counters stand still, and vmstat is the longer file.
        String paging = KeyedNumbers.get(memory, "SwapTotal:") > 0 ? vmstat.textIfAny() : "";
        String arc = arcstats.textIfAny();
        MemoryReading reading = parse(memory, paging, arc.isEmpty() || isOfContainer() ? "" : arc, pageBytes);
        if (reading.total() < 0 && reading.available() < 0) {
            throw new IOException("/proc/meminfo tells of no memory");
        }
        return reading;
    }

    /** lxcfs mounts a meminfo of the container's own over the kernel's; the cache of ZFS stays that of the host. */
    private boolean isOfContainer() {
        if (ownMeminfo == null) {
            ownMeminfo = SysValue.text(mounts).orElse("").contains(" /proc/meminfo ");
        }
        return ownMeminfo;
    }

    static MemoryReading parse(String memory, String paging, String arc, long pageBytes) {
        long total = bytes(memory, "MemTotal:");
        long available = available(memory);
        long cached = bytes(memory, "Cached:");
        long shrinkable = shrinkable(arc);
        long swapTotal = bytes(memory, "SwapTotal:");
        long swapFree = bytes(memory, "SwapFree:");
        return new MemoryReading(
                total,
                available < 0 || total < 0 ? available : Math.min(total, available + shrinkable),
                cached < 0 ? cached : cached + Math.max(0, bytes(memory, "SReclaimable:")) + shrinkable,
                bytes(memory, "Buffers:"),
                Math.max(0, swapTotal),
                swapFree < 0 ? Numbers.UNKNOWN : Math.max(0, swapTotal - swapFree),
                Numbers.times(KeyedNumbers.get(paging, "pswpin "), pageBytes),
                Numbers.times(KeyedNumbers.get(paging, "pswpout "), pageBytes));
    }

    /**
     * Kernels before 3.14 have no MemAvailable; free memory and page cache is the estimate that was used then, without what
     * programs share, which is page cache that cannot be given back.
     */
    private static long available(String memory) {
        long available = bytes(memory, "MemAvailable:");
        long free = bytes(memory, "MemFree:");
        long cached = bytes(memory, "Cached:");
        if (available >= 0 || free < 0) {
            return available;
        }
        return free + Math.max(0, cached - Math.max(0, bytes(memory, "Shmem:")));
    }

    /** What the cache of ZFS gives back when programs need it. */
    private static long shrinkable(String arc) {
        long size = KeyedNumbers.second(arc, "size ");
        long least = KeyedNumbers.second(arc, "c_min ");
        return size < 0 || least < 0 ? 0 : Math.max(0, size - least);
    }

    private static long bytes(String memory, String key) {
        return Numbers.times(KeyedNumbers.get(memory, key), KIB);
    }
}
