package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.host.LoadReading;
import pulseboard.host.ProcessCounts;

class LoadAverageTest {

    private final LoadAverage file = new LoadAverage(Captured.proc("metal"));

    @Test
    void averagesAreRead() throws IOException {
        assertEquals(new LoadReading(0.52, 0.58, 0.59), file.read());
    }

    @Test
    void threadsAreReadAndProcessesAreCounted() throws IOException {
        assertEquals(new ProcessCounts(3, 1391, 3), file.readCounts());
    }
}
