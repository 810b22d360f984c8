package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.host.DiskReading;
import pulseboard.host.HostConfig;

class DiskStatsTest {

    private static final Pattern IGNORE = Pattern.compile(HostConfig.DEFAULT.ignoreDisks());

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
        Map<String, DiskReading> disks = DiskStats.parse(Captured.text("old", "diskstats"), name -> name);
        assertEquals(new DiskReading(100, 2000 * 512, 40, 800 * 512, 110, 90, 110), disks.get("sda"));
    }

    @Test
    void ignoredDeviceIsLeftOut() throws IOException {
        Set<String> shown = new DiskStats(Captured.proc("metal"), sys, Pattern.compile("nvme.*|dm-.*"))
                .read()
                .keySet();
        assertEquals(Set.of("loop0", "sda", "cciss/c0d0"), shown);
    }
}
