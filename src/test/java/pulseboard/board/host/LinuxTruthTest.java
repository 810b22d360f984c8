package pulseboard.board.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static pulseboard.board.host.Near.assertBetween;
import static pulseboard.board.host.Near.assertNear;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import pulseboard.machine.CpuReading;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.DiskReading;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.MachineSources;
import pulseboard.machine.Mount;
import pulseboard.machine.linux.LinuxSources;
import pulseboard.machine.oshi.OshiSources;

/**
 * Our figures of this machine against those of procps, coreutils and the shell. A counter must lie between two readings
 * of the other program, before and after ours. A share is compared over nearly the same time, and need agree in one of a
 * few tries only, because anything may happen on this machine in the moments by which the two times differ.
 */
@EnabledOnOs(OS.LINUX)
@ParameterizedClass
@ValueSource(strings = {HostConfig.AUTO, HostConfig.KERNEL, HostConfig.OSHI})
@Tag("system")
class LinuxTruthTest {

    private static final HostConfig EVERYTHING =
            new HostConfig(HostConfig.AUTO, 1000, 10, 10_000, 100, "", "(loop|ram)\\d+", "", "");
    private static final int TRIES = 5;

    private final String source;
    private final MachineSources sources;

    LinuxTruthTest(String source) {
        this.source = source;
        this.sources = sources(source);
    }

    private static MachineSources sources(String source) {
        MachineSources oshi = OshiSources.withNativeCode(EVERYTHING.ignorePatterns());
        LinuxSources kernel = new LinuxSources(EVERYTHING.ignorePatterns());
        return source.equals(HostConfig.OSHI)
                ? oshi
                : source.equals(HostConfig.AUTO) ? kernel.orElse(() -> oshi) : kernel;
    }

    @Test
    void memoryIsWhatFreeTells() throws Exception {
        assumeTrue(Command.exists("free"));
        JsonObject memory = new MemorySampler(sources.memory(), System::nanoTime).sample();
        // total used free shared buff/cache available
        List<String> free = Command.words(Command.lines("free", "-b").get(1));
        long total = Long.parseLong(free.get(1));
        // Tests that run beside this one may take or free some memory in between: 5 percent of it all.
        double tolerance = 0.05 * total;
        assertEquals(total, memory.getLong("totalBytes"));
        assertNear(Long.parseLong(free.get(6)), memory.getLong("availableBytes"), tolerance);
        assertNear(total - Long.parseLong(free.get(6)), memory.getLong("usedBytes"), tolerance);
        assertEquals(source.equals(HostConfig.OSHI), !memory.containsKey("cachedBytes"), "OSHI has no such figure");
        if (memory.containsKey("cachedBytes")) {
            assertNear(
                    Long.parseLong(free.get(5)),
                    memory.getLong("cachedBytes") + memory.getLong("buffersBytes"),
                    tolerance);
        }
        assertEquals(
                memory.getLong("usedBytes") * 100.0 / total, memory.getDouble("usedPercent"), 0.6, "percent of what");
    }

    @Test
    void filesystemsAreWhatDfTells() throws Exception {
        assumeTrue(Command.exists("df"));
        ExecutorService threads = DaemonThreads.create();
        JsonObject filesystems = new FilesystemsSampler(sources.mounts(), sources::usage, threads, EVERYTHING).sample();
        threads.shutdownNow();
        assertTrue(filesystems.containsKey("/"), () -> "no root in " + filesystems);
        for (String path : filesystems.fieldNames()) {
            compareWithDf(path, filesystems.getJsonObject(path));
        }
    }

    /** The disk is in use: a twentieth of it may be written or freed between the two. */
    private static void compareWithDf(String path, JsonObject filesystem) throws Exception {
        // device total used available capacity path
        List<String> df = Command.words(Command.lines("df", "-B1", "-P", path).get(1));
        long total = Long.parseLong(df.get(1));
        assertEquals(total, filesystem.getLong("totalBytes"), path);
        assertNear(Long.parseLong(df.get(2)), filesystem.getLong("usedBytes"), 0.05 * total);
        assertNear(Long.parseLong(df.get(3)), filesystem.getLong("freeBytes"), 0.05 * total);
        assertEquals(percent(df.get(4)), filesystem.getDouble("usedPercent"), 5, path);
        List<String> inodes =
                Command.words(Command.lines("df", "-i", "-P", path).get(1));
        if (!inodes.get(4).equals("-")) {
            assertEquals(percent(inodes.get(4)), filesystem.getDouble("inodesUsedPercent"), 5, path);
        }
    }

    private static double percent(String word) {
        return Double.parseDouble(word.replace("%", ""));
    }

    @Test
    void everyDiskThatDfKnowsIsListed() throws Exception {
        assumeTrue(Command.exists("df"));
        List<String> ours = sources.mounts().read().stream().map(Mount::device).toList();
        for (String line : Command.lines("sh", "-c", "df -P | tail -n +2")) {
            String device = Command.words(line).get(0);
            if (device.startsWith("/dev/") && !device.startsWith("/dev/loop")) {
                assertTrue(ours.contains(device), () -> device + " is not among " + ours);
            }
        }
    }

    @Test
    void cpuSharesAreWhatVmstatTells() throws Exception {
        assumeTrue(Command.exists("vmstat"));
        CpuSampler sampler = new CpuSampler(sources.cpu(), sources.load(), sources.frequencyHertz(), System::nanoTime);
        AtomicBoolean stop = new AtomicBoolean();
        Thread burn = burn(stop);
        try {
            String seen = "";
            for (int attempt = 0; attempt < TRIES; attempt++) {
                sampler.sample();
                Map<String, Long> vmstat = vmstat();
                JsonObject cpu = sampler.sample();
                if (agrees(cpu, vmstat)) {
                    return;
                }
                seen += "\n" + cpu + " but vmstat tells " + vmstat;
            }
            throw new AssertionError("no agreement in " + TRIES + " tries:" + seen);
        } finally {
            stop.set(true);
            burn.join();
        }
    }

    /** Ten points, and a third of the context switches: our second begins and ends some ms beside that of vmstat. */
    private static boolean agrees(JsonObject cpu, Map<String, Long> vmstat) {
        double user = cpu.getDouble("userPercent") + cpu.getDouble("nicePercent");
        double system = cpu.getDouble("systemPercent") + cpu.getDouble("irqPercent");
        double idle = 100 - cpu.getDouble("busyPercent") - cpu.getDouble("ioWaitPercent");
        double switches = cpu.getDouble("contextSwitchesPerSecond");
        return cpu.getDouble("busyPercent") > 1
                && Math.abs(user - vmstat.getOrDefault("us", -99L)) <= 10
                && Math.abs(system - vmstat.getOrDefault("sy", -99L)) <= 10
                && Math.abs(idle - vmstat.getOrDefault("id", -99L)) <= 10
                && Math.abs(switches - vmstat.getOrDefault("cs", -99L)) <= 100 + 0.34 * switches;
    }

    /** The second report, which is of the second that just passed, by column. */
    private static Map<String, Long> vmstat() throws Exception {
        List<String> report = Command.lines("vmstat", "1", "2");
        List<String> names = Command.words(report.get(1));
        List<String> values = Command.words(report.get(3));
        Map<String, Long> columns = new TreeMap<>();
        for (int column = 0; column < names.size(); column++) {
            columns.put(names.get(column), Long.parseLong(values.get(column)));
        }
        return columns;
    }

    private static Thread burn(AtomicBoolean stop) {
        Thread thread = new Thread(() -> {
            while (!stop.get()) {
                Thread.onSpinWait();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Test
    void cpuCountersLieBetweenTwoReadingsOfTheShell() throws Exception {
        String user = "awk '/^cpu / {print $2 + $3}' /proc/stat";
        String switches = "awk '/^ctxt/ {print $2}' /proc/stat";
        long userBefore = Command.number(user);
        long switchesBefore = Command.number(switches);
        CpuReading reading = sources.cpu().read();
        // OSHI makes milliseconds of them.
        long unit = source.equals(HostConfig.OSHI) ? 1000 / Command.number("getconf CLK_TCK") : 1;
        long ours = reading.ticksByCore().values().stream()
                .mapToLong(ticks -> (ticks[0] + ticks[1]) / unit)
                .sum();
        // The kernel rounds each core's ticks down, and their sum for itself.
        int cores = reading.ticksByCore().size();
        assertBetween(userBefore - 2L * cores, ours, Command.number(user) + 2L * cores);
        assertBetween(switchesBefore, reading.contextSwitches(), Command.number(switches));
        assertEquals(Command.number("grep -c '^cpu[0-9]' /proc/stat"), cores);
    }

    @Test
    void trafficOverLoopbackIsCounted() throws Exception {
        String received = "awk '$1 == \"lo:\" {print $2}' /proc/net/dev";
        assumeTrue(!Command.lines("sh", "-c", received).isEmpty());
        NetworkSampler sampler = new NetworkSampler(NetworkSampler.Readers.of(sources), System::nanoTime);
        sampler.sample();
        long shellBefore = Command.number(received);
        long before = loopback().receivedBytes();
        long shellBetween = Command.number(received);
        sendOverLoopback(5_000_000);
        long after = loopback().receivedBytes();
        assertBetween(shellBefore, before, shellBetween);
        assertBetween(shellBetween + 5_000_000, after, Command.number(received));
        JsonObject face = sampler.sample().getJsonObject("interfaces").getJsonObject("lo");
        assertTrue(face.getLong("receivedBytesPerSecond") > 0, face::encode);
        assertTrue(face.getLong("sentPacketsPerSecond") > 0, face::encode);
    }

    private InterfaceReading loopback() throws IOException {
        return Objects.requireNonNull(sources.interfaces().read().get("lo"));
    }

    private static void sendOverLoopback(int bytes) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            Thread writer = new Thread(() -> {
                try {
                    client.getOutputStream().write(new byte[bytes]);
                    client.shutdownOutput();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            writer.start();
            assertEquals(bytes, accepted.getInputStream().readAllBytes().length);
        }
    }

    @Test
    void listeningSocketsAreCounted() throws Exception {
        String listening = "cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk '$4 == \"0A\"' | wc -l";
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(server.isBound());
            for (int attempt = 0; attempt < TRIES; attempt++) {
                long before = Command.number(listening);
                long ours = sources.tcpStates().read().getOrDefault("listen", 0);
                assertTrue(ours >= 1);
                if (ours == before && before == Command.number(listening)) {
                    return;
                }
            }
            throw new AssertionError("no agreement in " + TRIES + " tries");
        }
    }

    @Test
    void diskCountersLieBetweenTwoReadingsOfTheShell(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("some"), new byte[1 << 20]);
        for (String name : sources.disks().read().keySet()) {
            String written = "awk '$3 == \"" + name + "\" {printf \"%.0f\\n\", $10 * 512}' /proc/diskstats";
            if (!Command.lines("sh", "-c", written).isEmpty()) {
                long before = Command.number(written);
                DiskReading reading =
                        Objects.requireNonNull(sources.disks().read().get(name));
                assertBetween(before, reading.writtenBytes(), Command.number(written));
            }
        }
    }

    @Test
    void processesAreWhatPsTells() throws Exception {
        assumeTrue(Command.exists("ps"));
        long ps = Command.number("ps -e --no-headers | wc -l");
        long ours = sources.processes().read().size();
        // Processes come and go, and ps sees itself, its shell and wc.
        assertNear(ps, ours, 20 + 0.3 * ps);
        assertNear(ours, sources.processCounts().read().count(), 20 + 0.3 * ours);
    }

    @Test
    void shareOfAProcessIsTheCpuTimeItUsed() throws Exception {
        ProcessTable table = new ProcessTable(sources.processes(), 100, System::nanoTime);
        AtomicBoolean stop = new AtomicBoolean();
        Thread burn = burn(stop);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try {
            String self = Long.toString(ProcessHandle.current().pid());
            table.sample();
            double percent = 0;
            // The kernel counts in hundredths of a second: ask until some have passed.
            while (percent <= 5 && System.nanoTime() < deadline) {
                JsonObject row = table.sample().getJsonObject(self, new JsonObject());
                percent = row.getDouble("cpuPercent", 0.0);
            }
            assertTrue(percent > 5, "this busy program has " + percent + " percent");
        } finally {
            stop.set(true);
            burn.join();
        }
    }
}
