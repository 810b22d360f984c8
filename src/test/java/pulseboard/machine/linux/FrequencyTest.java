package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    @Test
    void coreThatDoesNotTellLeavesTheOthers(@TempDir Path proc) throws IOException {
        Captured.write(proc, "cpuinfo", "processor\t: 0\ncpu MHz\t\t: 2400.000\nprocessor\t: 1\ncpu MHz\t\t: Unknown");
        assertEquals(2_400_000_000L, new Frequency(proc, sys).read());
        Captured.write(sys, "devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "<unknown>");
        assertEquals(2_400_000_000L, new Frequency(proc, sys).read());
        Captured.write(sys, "devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "1200000");
        assertEquals(1_200_000_000L, new Frequency(proc, sys).read());
    }

    @Test
    void fileThatIsNotUtf8IsRead(@TempDir Path proc) throws IOException {
        byte[] text = "model name\t: Caf\u00e9\ncpu MHz\t\t: 1500.000\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(proc.resolve("cpuinfo"), text);
        assertEquals(1_500_000_000L, new Frequency(proc, sys).read());
    }

    @Test
    void powerAndMainframesTellInWordsOfTheirOwn() {
        assertEquals(
                List.of(3425e6, 3425e6),
                Frequency.parseCpuinfo(
                        Words.of("clock\t\t: 3425.000000MHz\ncpu\t: POWER9\nclock\t\t: 3425.000000MHz\n")));
        assertEquals(
                List.of(5000e6),
                Frequency.parseCpuinfo(Words.of("cpu MHz dynamic : 5000\ncpu MHz static  : 5200\nclock tick: 9")));
    }

    @Test
    void machineWithoutEitherFileHasNone(@TempDir Path empty) throws IOException {
        assertEquals(0L, new Frequency(empty, empty).read());
    }
}
