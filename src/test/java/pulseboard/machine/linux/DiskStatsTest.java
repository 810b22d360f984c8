package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.host.HostConfig;
import pulseboard.machine.DiskReading;

class DiskStatsTest {

    private static final Pattern IGNORE = Pattern.compile(HostConfig.DEFAULT.ignoreDisks());

    private final AtomicLong clock = new AtomicLong();

    @TempDir
    private Path sys;

    @BeforeEach
    void makeBlockDevices() throws IOException {
        for (String device : new String[] {"loop0", "loop1", "nvme0n1", "sda", "sr0", "cciss!c0d0"}) {
            Files.createDirectories(sys.resolve("block").resolve(device));
        }
        Captured.write(sys, "block/dm-0/dm/name", "vg0-root");
    }

    @Test
    void wholeDisksInUseAreShownUnderTheNamesOfPeople() throws IOException {
        Map<String, DiskReading> disks = new DiskStats(Captured.proc("metal"), sys, IGNORE).read();
        assertEquals(Set.of("nvme0n1", "sda", "vg0-root", "cciss/c0d0"), disks.keySet());
    }

    @Test
    void countersAreInBytesAndMilliseconds() throws IOException {
        DiskReading disk =
                new DiskStats(Captured.proc("metal"), sys, IGNORE).read().get("nvme0n1");
        assertEquals(
                new DiskReading(412833, 30412278L * 512, 901277, 61200912L * 512, 71022 + 512291, 401228, 583313),
                disk);
    }

    @Test
    void kernelWithoutDiscardColumnsIsFine() throws IOException {
        Map<String, DiskReading> disks =
                DiskStats.readings(lines(Captured.text("old", "diskstats")), (name, operations) -> name);
        assertEquals(new DiskReading(100, 2000 * 512, 40, 800 * 512, 110, 90, 110), disks.get("sda"));
    }

    @Test
    void ignoredDeviceIsLeftOut() throws IOException {
        Set<String> shown = new DiskStats(Captured.proc("metal"), sys, Pattern.compile("nvme.*|dm-.*"))
                .read()
                .keySet();
        assertEquals(Set.of("loop0", "sda", "cciss/c0d0"), shown);
    }

    @Test
    void volumeThatGetsTheNumberOfAnotherHasItsOwnName(@TempDir Path proc) throws IOException {
        DiskStats disks = new DiskStats(proc, sys, IGNORE, clock::get);
        assertEquals(Set.of("vg-old"), volume(proc, disks, "vg-old", 10));
        Files.delete(sys.resolve("block/dm-1/dm/name"));
        Captured.write(proc, "diskstats", "");
        assertEquals(Set.of(), disks.read().keySet());
        assertEquals(Set.of("vg-new"), volume(proc, disks, "vg-new", 4));
        // Without a sample in between its counters tell.
        assertEquals(Set.of("vg-newest"), volume(proc, disks, "vg-newest", 3));
        assertEquals(Set.of("vg-newest"), volume(proc, disks, "renamed", 5), "a name is kept for a while");
        clock.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertEquals(Set.of("renamed"), volume(proc, disks, "renamed", 6));
    }

    private Set<String> volume(Path proc, DiskStats disks, String name, int reads) throws IOException {
        Captured.write(sys, "block/dm-1/dm/name", name);
        Captured.write(proc, "diskstats", "253 1 dm-1 " + reads + " 0 80 5 0 0 0 0 0 5 5");
        return disks.read().keySet();
    }

    @Test
    void diskThatIsSeenBeforeItsFolderIsShownLater(@TempDir Path proc) throws IOException {
        DiskStats disks = new DiskStats(proc, sys, IGNORE, clock::get);
        Captured.write(proc, "diskstats", "8 16 sdb 10 0 80 5 0 0 0 0 0 5 5");
        assertEquals(Set.of(), disks.read().keySet());
        Files.createDirectories(sys.resolve("block/sdb"));
        clock.addAndGet(TimeUnit.SECONDS.toNanos(11));
        assertEquals(Set.of("sdb"), disks.read().keySet());
    }

    @Test
    void pathsOfAMultipathDiskAreShownAsTheDisk(@TempDir Path proc) throws IOException {
        for (String device : new String[] {"nvme1c0n1", "nvme1c1n1", "nvme1n1"}) {
            Files.createDirectories(sys.resolve("block").resolve(device));
        }
        String paths = "259 1 nvme1c0n1 10 0 80 5 1 0 8 1 0 6 6\n259 2 nvme1c1n1 20 0 160 5 1 0 8 1 0 6 6\n";
        Captured.write(proc, "diskstats", paths + "259 0 nvme1n1 0 0 0 0 0 0 0 0 0 0 0");
        DiskReading both = new DiskReading(30, 240 * 512, 2, 16 * 512, 12, 12, 12);
        assertEquals(Map.of("nvme1n1", both), new DiskStats(proc, sys, IGNORE).read());
        Captured.write(proc, "diskstats", paths + "259 0 nvme1n1 30 0 240 9 2 0 16 2 0 11 11");
        DiskReading disk = new DiskReading(30, 240 * 512, 2, 16 * 512, 11, 11, 11);
        assertEquals(Map.of("nvme1n1", disk), new DiskStats(proc, sys, IGNORE).read(), "newer kernels count there too");
    }

    @Test
    void counterThatIsNoNumberCostsOnlyItself() {
        assertEquals(
                new DiskReading(1, -1, 5, -1, -1, 10, -1),
                DiskStats.readings(
                                lines("8 0 sda 1 2 18446744073709551615 4 5 6 36028797018963968 x 9 10"),
                                (name, n) -> name)
                        .get("sda"));
    }

    private static DiskStatsLines lines(String text) {
        return new DiskStatsLines(new KernelFile(Path.of("/nowhere"))).begin(Words.of(text));
    }
}
