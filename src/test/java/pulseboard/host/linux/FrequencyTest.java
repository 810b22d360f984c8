package pulseboard.host.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrequencyTest {

    @TempDir
    private Path sys;

    @Test
    void meanOfAllCoresIsToTenMegahertz() throws IOException {
        Captured.write(sys, "devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "1234567");
        Captured.write(sys, "devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "2234567");
        Captured.write(sys, "devices/system/cpu/cpufreq/boost", "1");
        assertEquals(1_730_000_000L, new Frequency(Captured.proc("metal"), sys).read());
    }

    @Test
    void withoutADriverItComesFromCpuinfo() throws IOException {
        assertEquals(2_400_000_000L, new Frequency(Captured.proc("metal"), sys).read());
    }

    @Test
    void machineThatDoesNotTellHasNone(@TempDir Path proc) throws IOException {
        Captured.write(proc, "cpuinfo", "processor : 0\nBogoMIPS : 108.00");
        assertEquals(0L, new Frequency(proc, sys).read());
    }
}
