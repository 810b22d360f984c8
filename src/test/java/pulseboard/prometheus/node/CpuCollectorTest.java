package pulseboard.prometheus.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.linux.Kernel;
import pulseboard.prometheus.Samples;

class CpuCollectorTest {

    @TempDir
    private Path root;

    private CpuCollector cpus = new CpuCollector(new Kernel(Path.of("/nowhere")));

    @BeforeEach
    void make() {
        cpus = new CpuCollector(new Kernel(root));
    }

    private Samples collect(String ticks) throws Exception {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/stat"), "cpu  1 1 1 1\ncpu0 " + ticks + "\nctxt 5\n");
        return Samples.collect(List.of(cpus));
    }

    private static double seconds(Samples samples, String mode) {
        return samples.value("node_cpu_seconds_total[cpu=\"0\", mode=\"" + mode + "\"]");
    }

    @Test
    void counterThatFallsBackALittleStandsStill() throws Exception {
        collect("100 0 100 50000 300 0 0 0 0 0");
        Samples next = collect("101 0 100 49990 299 0 0 0 0 0");
        assertEquals(1.01, seconds(next, "user"));
        assertEquals(500, seconds(next, "idle"));
        assertEquals(3, seconds(next, "iowait"));
    }

    @Test
    void coreThatWasSwitchedOffAndOnBeginsAnew() throws Exception {
        collect("100 0 100 50000 300 0 0 0 0 0");
        Samples next = collect("1 0 0 2 0 0 0 0 0 0");
        assertEquals(0.01, seconds(next, "user"));
        assertEquals(0.02, seconds(next, "idle"));
    }

    @Test
    void oldKernelWithFewerColumnsCountsZero() throws Exception {
        Samples samples = collect("100 2 3 4");
        assertEquals(0, seconds(samples, "steal"));
        assertEquals(0, samples.value("node_cpu_guest_seconds_total[cpu=\"0\", mode=\"user\"]"));
    }
}
