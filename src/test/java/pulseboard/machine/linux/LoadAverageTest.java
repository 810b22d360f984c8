package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import pulseboard.machine.LoadReading;
import pulseboard.machine.ProcessCounts;

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
