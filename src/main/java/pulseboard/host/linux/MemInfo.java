package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Path;
import pulseboard.host.MemoryReading;
import pulseboard.host.Reader;

/** {@code /proc/meminfo} and the paging counters of {@code /proc/vmstat}. See proc_meminfo(5) and proc_vmstat(5). */
public final class MemInfo implements Reader<MemoryReading> {

    private static final long KIB = 1024;

    private final KernelFile meminfo;
    private final KernelFile vmstat;
    private final long pageBytes;

    /**
     * Reads {@code meminfo} and {@code vmstat} below a proc folder.
     *
     * @param pageBytes the size of a memory page, in which the kernel counts what it swaps
     */
    public MemInfo(Path proc, long pageBytes) {
        this.pageBytes = pageBytes;
        meminfo = new KernelFile(proc.resolve("meminfo"));
        vmstat = new KernelFile(proc.resolve("vmstat"));
    }

    @Override
    public MemoryReading read() throws IOException {
        String memory = meminfo.text();
        // Without swap the paging counters stand still, and vmstat is the longer file.
        String paging = KeyedNumbers.get(memory, "SwapTotal:") > 0 ? vmstat.text() : "";
        return parse(memory, paging, pageBytes);
    }

    static MemoryReading parse(String memory, String paging, long pageBytes) {
        long swapTotal = bytes(memory, "SwapTotal:");
        return new MemoryReading(
                bytes(memory, "MemTotal:"),
                available(memory),
                bytes(memory, "Cached:") + bytes(memory, "SReclaimable:"),
                bytes(memory, "Buffers:"),
                swapTotal,
                swapTotal - bytes(memory, "SwapFree:"),
                pages(paging, "pswpin ", pageBytes),
                pages(paging, "pswpout ", pageBytes));
    }

    /** Kernels before 3.14 have no MemAvailable; free memory and page cache is the estimate that was used then. */
    private static long available(String memory) {
        long available = KeyedNumbers.get(memory, "MemAvailable:");
        return available >= 0 ? available * KIB : bytes(memory, "MemFree:") + bytes(memory, "Cached:");
    }

    private static long bytes(String memory, String key) {
        return Math.max(0, KeyedNumbers.get(memory, key)) * KIB;
    }

    private static long pages(String paging, String key, long pageBytes) {
        long count = KeyedNumbers.get(paging, key);
        return count < 0 ? -1 : count * pageBytes;
    }
}
