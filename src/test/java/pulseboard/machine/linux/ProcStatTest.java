package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.CpuReading;

class ProcStatTest {

    @Test
    void eachOnlineCoreHasItsTicksInNumericalOrder() throws IOException {
        CpuReading reading = new ProcStat(Captured.proc("metal")).read();
        // Core 2 is offline, so it has no line.
        assertEquals(List.of(0, 1, 3, 10), List.copyOf(reading.ticksByCore().keySet()));
        assertArrayEquals(
                new long[] {321877, 802, 100004, 22561004, 12988, 0, 2101, 0},
                reading.ticksByCore().get(1));
    }

    @Test
    void contextSwitchesAndAllInterruptsAreCounted() throws IOException {
        CpuReading reading = new ProcStat(Captured.proc("metal")).read();
        assertEquals(402917733, reading.contextSwitches());
        assertEquals(190417723, reading.interrupts());
    }

    @Test
    void kindsThatAnOldKernelDoesNotReportAreZero() throws IOException {
        CpuReading reading = ProcStat.parse(Words.of(Captured.text("old", "stat")));
        assertArrayEquals(
                new long[] {100, 20, 30, 4000, 50, 6, 7, 0},
                reading.ticksByCore().get(0));
    }

    @Test
    void missingFileIsAReasonForPeople(@TempDir Path empty) {
        FileNotFoundException failure = assertThrows(FileNotFoundException.class, () -> new ProcStat(empty).read());
        assertTrue(String.valueOf(failure.getMessage()).endsWith("cannot be read on this system"));
    }

    @Test
    void counterBelowZeroOrTornLineCostsOnlyItself() {
        CpuReading reading = ProcStat.parse(Words.of(
                "cpu  1 2 3\ncpu0 1 2 3 4 18446744073709551000 6 7 8 9 10\ncpuX 1 2\ncpu1 9\nintr -5 1\nctxt 88\ncpu"));
        assertEquals(Set.of(0, 1), reading.ticksByCore().keySet());
        assertArrayEquals(
                new long[] {1, 2, 3, 4, -1, 6, 7, 8}, reading.ticksByCore().get(0));
        assertEquals(88, reading.contextSwitches());
        assertEquals(-1, reading.interrupts());
    }
}
