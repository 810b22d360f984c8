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

    /** In the order of the file. */
    private static final String[] FIELDS = {
        "MemTotal:",
        "MemFree:",
        "MemAvailable:",
        "Buffers:",
        "Cached:",
        "SwapTotal:",
        "SwapFree:",
        "Shmem:",
        "SReclaimable:"
    };

    private static final String[] PAGING = {"pswpin", "pswpout"};
    private static final String[] ARC = {"size", "c_min"};

    private final KernelFile meminfo;
    private final KernelFile vmstat;
    private final KernelFile arcstats;
    private final Folder self;
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
        self = Folder.of(proc.resolve("self"));
    }

    @Override
    public MemoryReading read() throws IOException {
        Amounts memory = Amounts.of(meminfo.read());
        // Without swap the paging counters stand still, and vmstat is the longer file.
        Words paging = memory.swapTotal > 0 ? vmstat.readOrWait() : null;
        Words arc = arcstats.readOrWait();
        MemoryReading reading = reading(memory, paging, arc == null || isOfContainer() ? null : arc, pageBytes);
        if (reading.total() < 0 && reading.available() < 0) {
            throw new IOException("/proc/meminfo reports no memory");
        }
        return reading;
    }

    /** lxcfs mounts a meminfo of the container's own over the kernel's; the cache of ZFS stays that of the host. */
    private boolean isOfContainer() {
        if (ownMeminfo == null) {
            ownMeminfo = self.value("mountinfo").contains(" /proc/meminfo ");
        }
        return ownMeminfo;
    }

    /** In bytes. */
    private record Amounts(
            long total,
            long free,
            long available,
            long buffers,
            long cached,
            long swapTotal,
            long swapFree,
            long shared,
            long reclaimable) {

        static Amounts of(Words words) {
            long[] kib = words.countsBehind(0, FIELDS);
            for (int field = 0; field < kib.length; field++) {
                kib[field] = Numbers.times(kib[field], KIB);
            }
            return new Amounts(kib[0], kib[1], kib[2], kib[3], kib[4], kib[5], kib[6], kib[7], kib[8]);
        }

        /**
         * Kernels before 3.14 have no MemAvailable; free memory and page cache is the estimate that was used then, without what
         * programs share, which is page cache that cannot be given back.
         */
        long availableOrEstimate() {
            return available >= 0 || free < 0 ? available : free + Math.max(0, cached - Math.max(0, shared));
        }
    }

    static MemoryReading parse(Words memory, @Nullable Words paging, @Nullable Words arc, long pageBytes) {
        return reading(Amounts.of(memory), paging, arc, pageBytes);
    }

    private static MemoryReading reading(Amounts memory, @Nullable Words paging, @Nullable Words arc, long pageBytes) {
        long available = memory.availableOrEstimate();
        long shrinkable = arc == null ? 0 : shrinkable(arc);
        long[] pages = paging == null ? new long[] {Numbers.UNKNOWN, Numbers.UNKNOWN} : paging.countsBehind(0, PAGING);
        long swapTotal = Math.max(0, memory.swapTotal);
        return new MemoryReading(
                memory.total,
                available < 0 || memory.total < 0 ? available : Math.min(memory.total, available + shrinkable),
                memory.cached < 0 ? memory.cached : memory.cached + Math.max(0, memory.reclaimable) + shrinkable,
                memory.buffers,
                swapTotal,
                memory.swapFree < 0 ? Numbers.UNKNOWN : Math.max(0, swapTotal - memory.swapFree),
                Numbers.times(pages[0], pageBytes),
                Numbers.times(pages[1], pageBytes));
    }

    /** What the cache of ZFS gives back when programs need it. Between a name and its number stands a type. */
    private static long shrinkable(Words arc) {
        long[] counts = arc.countsBehind(1, ARC);
        return counts[0] < 0 || counts[1] < 0 ? 0 : Math.max(0, counts[0] - counts[1]);
    }
}
