package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.MemoryReading;

class MemInfoTest {

    private static final long KIB = 1024;

    @Test
    void figuresAreThoseOfTheKernelInBytes() throws IOException {
        MemoryReading reading = new MemInfo(Captured.proc("metal"), 4096).read();
        assertEquals(
                new MemoryReading(
                        32713056 * KIB,
                        21437280 * KIB,
                        (18671920 + 1091616) * KIB,
                        902340 * KIB,
                        8388604 * KIB,
                        (8388604 - 7340028) * KIB,
                        5120 * 4096,
                        266240 * 4096),
                reading);
    }

    @Test
    void pagesAreOfTheSizeOfThisMachine() throws IOException {
        assertEquals(
                5120 * 16384, new MemInfo(Captured.proc("metal"), 16384).read().swappedIn());
    }

    @Test
    void oldKernelWithoutSwapHasAnEstimateAndNoPaging() throws IOException {
        // There is no vmstat in that folder: without swap it is not read.
        MemoryReading reading = new MemInfo(Captured.proc("old"), 4096).read();
        assertEquals(new MemoryReading(1020000 * KIB, 400000 * KIB, 300000 * KIB, 20000 * KIB, 0, 0, -1, -1), reading);
    }

    @Test
    void swapFreeBelowZeroCostsOnlySwap() throws IOException {
        MemoryReading reading = parse("""
                MemTotal:        4194304 kB
                MemFree:         3000000 kB
                MemAvailable:    3500000 kB
                Buffers:               0 kB
                Cached:           500000 kB
                SwapTotal:             0 kB
                SwapFree:       18446744073709346016 kB
                """, "", "", 4096);
        assertEquals(new MemoryReading(4294967296L, 3584000000L, 500000 * KIB, 0, 0, -1, -1, -1), reading);
    }

    @Test
    void figureThatIsNoNumberCostsOnlyItself() {
        MemoryReading reading = parse("""
                MemTotal:        4194304 kB
                MemFree:        18446744073709551000 kB
                MemAvailable:    3500000 kB
                Buffers:        unknown
                Cached:         -4 kB
                SwapTotal:       2000 kB
                SwapFree:""", "pswpin x\npswpout 9", "", 4096);
        assertEquals(new MemoryReading(4294967296L, 3584000000L, -1, -1, 2000 * KIB, -1, -1, 9 * 4096), reading);
    }

    @Test
    void systemWithoutPagingCountersStillHasMemoryAndSwap(@TempDir Path proc) throws IOException {
        Captured.write(
                proc, "meminfo", "MemTotal: 4 kB\nMemAvailable: 3 kB\nSwapTotal: 2000000 kB\nSwapFree: 1500000 kB");
        MemoryReading reading = new MemInfo(proc, 4096).read();
        assertEquals(new MemoryReading(4096, 3072, -1, -1, 2000000 * KIB, 500000 * KIB, -1, -1), reading, "no vmstat");
    }

    @Test
    void cacheOfZfsCanBeHadAgain(@TempDir Path proc) throws IOException {
        Captured.write(proc, "meminfo", """
                MemTotal:       32505856 kB
                MemAvailable:    9017753 kB
                Buffers:           20480 kB
                Cached:          4096000 kB
                SReclaimable:     392160 kB""");
        Captured.write(proc, "spl/kstat/zfs/arcstats", """
                9 1 0x01 147 39984 5018217264 1234567890123
                name                            type data
                c_min                           4    1073741824
                size                            4    16106127360""");
        MemoryReading reading = new MemInfo(proc, 4096).read();
        assertEquals(9017753 * KIB + 15032385536L, reading.available());
        assertEquals((4096000 + 392160) * KIB + 15032385536L, reading.cached());
        // In a container that has a meminfo of its own the statistics are still those of the host.
        Captured.write(proc, "self/mountinfo", "9 1 0:50 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw");
        assertEquals(9017753 * KIB, new MemInfo(proc, 4096).read().available());
    }

    @Test
    void estimateOfOldKernelsLeavesOutWhatProgramsShare() {
        MemoryReading reading =
                parse("MemTotal: 4000 kB\nMemFree: 1000 kB\nCached: 2000 kB\nShmem: 1500 kB\n", "", "", 4096);
        assertEquals(1500 * KIB, reading.available());
    }

    @Test
    void fileWithoutFiguresIsAReason(@TempDir Path proc) throws IOException {
        Captured.write(proc, "meminfo", "nothing");
        assertThrows(IOException.class, () -> new MemInfo(proc, 4096).read());
    }

    private static MemoryReading parse(String memory, String paging, String arc, long pageBytes) {
        return MemInfo.parse(Words.of(memory), Words.of(paging), Words.of(arc), pageBytes);
    }
}
