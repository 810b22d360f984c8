package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.host.MemoryReading;

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
}
