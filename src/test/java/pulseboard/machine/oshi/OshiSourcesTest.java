package pulseboard.machine.oshi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pulseboard.board.host.Near.assertNear;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import oshi.nativefree.SystemInfo;
import pulseboard.board.host.HostConfig;
import pulseboard.board.host.Near;
import pulseboard.machine.CpuReading;
import pulseboard.machine.DiskReading;
import pulseboard.machine.FilesystemReading;
import pulseboard.machine.IgnorePatterns;
import pulseboard.machine.InterfaceReading;
import pulseboard.machine.MachineSources;
import pulseboard.machine.MemoryReading;
import pulseboard.machine.Mount;
import pulseboard.machine.ProcessReading;
import pulseboard.machine.Reader;
import pulseboard.machine.linux.LinuxSources;

/** OSHI's figures against the kernel's own: this is how the way of all other systems is tried on Linux. */
@EnabledOnOs(OS.LINUX)
class OshiSourcesTest {

    private static final IgnorePatterns IGNORE = HostConfig.DEFAULT.ignorePatterns();

    private final MachineSources linux = new LinuxSources(IGNORE);
    private final MachineSources oshi = new OshiSources(new SystemInfo(), IGNORE);

    @Test
    void memoryIsTheSame() throws IOException {
        MemoryReading ours = linux.memory().read();
        MemoryReading theirs = oshi.memory().read();
        assertEquals(ours.total(), theirs.total());
        // Others use memory in between: a twentieth of it all.
        assertNear(ours.available(), theirs.available(), 0.05 * ours.total());
        assertEquals(ours.swapTotal(), theirs.swapTotal());
        assertNear(ours.swapUsed(), theirs.swapUsed(), 0.05 * ours.total());
    }

    @Test
    void coresAreTheSameAndHaveSpentTheirTimeAlike() throws IOException {
        CpuReading ours = linux.cpu().read();
        CpuReading theirs = oshi.cpu().read();
        assertEquals(ours.ticksByCore().size(), theirs.ticksByCore().size());
        // Since boot, to a twentieth.
        assertEquals(idleShare(ours), idleShare(theirs), 0.05);
        assertNear(ours.contextSwitches(), theirs.contextSwitches(), 0.05 * ours.contextSwitches() + 100_000);
        assertNear(ours.interrupts(), theirs.interrupts(), 0.05 * ours.interrupts() + 100_000);
    }

    private static double idleShare(CpuReading reading) {
        double idle = 0;
        double total = 0;
        for (long[] ticks : reading.ticksByCore().values()) {
            idle += ticks[3];
            for (long kind : ticks) {
                total += kind;
            }
        }
        return idle / total;
    }

    @Test
    void diskCountersLieBetweenTwoReadingsOfTheKernel() throws IOException {
        Reader<Map<String, DiskReading>> reader = oshi.disks();
        Readings<DiskReading> disks = new Readings<>(
                linux.disks().read(), reader.read(), linux.disks().read());
        for (String disk : disks.common()) {
            disks.assertBetween(disk, DiskReading::readBytes);
            disks.assertBetween(disk, DiskReading::writtenBytes);
            disks.assertBetween(disk, DiskReading::reads);
            disks.assertBetween(disk, DiskReading::writes);
            disks.assertBetween(disk, DiskReading::busyMilliseconds);
        }
    }

    @Test
    void interfaceCountersLieBetweenTwoReadingsOfTheKernel() throws IOException {
        Reader<Map<String, InterfaceReading>> reader = oshi.interfaces();
        Readings<InterfaceReading> faces = new Readings<>(
                linux.interfaces().read(), reader.read(), linux.interfaces().read());
        assertTrue(faces.before().keySet().containsAll(faces.theirs().keySet()), faces::toString);
        for (String face : faces.common()) {
            faces.assertBetween(face, InterfaceReading::receivedBytes);
            faces.assertBetween(face, InterfaceReading::sentBytes);
            faces.assertBetween(face, InterfaceReading::receivedPackets);
            faces.assertBetween(face, InterfaceReading::sentPackets);
        }
    }

    @Test
    void rootFilesystemIsTheSame() throws IOException {
        Mount ours = root(linux);
        Mount theirs = root(oshi);
        assertEquals(ours.type(), theirs.type());
        FilesystemReading fill = linux.usage(ours);
        FilesystemReading other = oshi.usage(theirs);
        assertEquals(fill.totalBytes(), other.totalBytes());
        assertNear(fill.availableBytes(), other.availableBytes(), 0.05 * fill.totalBytes());
        assertNear(fill.freeBytes(), other.freeBytes(), 0.05 * fill.totalBytes());
        // Without native code OSHI cannot ask for inodes.
        assertTrue(other.totalInodes() == 0 || other.totalInodes() == fill.totalInodes(), other::toString);
    }

    @Test
    void filesystemThatIsNoLongerMountedIsAReason() {
        assertThrows(IOException.class, () -> oshi.usage(new Mount("/no/such/mount", "ext4", "none")));
    }

    @Test
    void thisProgramIsTheSameProcess() throws IOException {
        ProcessReading ours = self(linux);
        ProcessReading theirs = self(oshi);
        assertEquals(ours.name(), theirs.name());
        assertEquals(ours.details().user(), theirs.details().user());
        assertNear(ours.residentBytes(), theirs.residentBytes(), 100_000_000);
        assertNear(ours.cpuMilliseconds(), theirs.cpuMilliseconds(), 10_000);
    }

    @Test
    void processAndThreadCountsAreAlike() throws IOException {
        int ours = linux.processCounts().read().count();
        assertNear(ours, oshi.processCounts().read().count(), 20 + 0.3 * ours);
        int threads = linux.processCounts().read().threadCount();
        assertNear(threads, oshi.processCounts().read().threadCount(), 100 + 0.3 * threads);
    }

    @Test
    void loadIsTheSame() throws IOException {
        // The kernel works it out anew every 5 s.
        assertEquals(linux.load().read().load15(), oshi.load().read().load15(), 1);
    }

    @Test
    void pressureIsRefusedWithAReason() {
        for (Reader<Map<String, Double>> resource : oshi.pressure().values()) {
            IOException failure = assertThrows(IOException.class, resource::read);
            assertTrue(String.valueOf(failure.getMessage()).contains("Linux"));
        }
    }

    @Test
    void socketsAreCountedUnderTheSameNames() throws IOException {
        Set<String> known = Set.of(
                "established",
                "synSent",
                "synReceived",
                "finWait1",
                "finWait2",
                "timeWait",
                "close",
                "closed",
                "closeWait",
                "lastAck",
                "listen",
                "closing");
        assertTrue(known.containsAll(oshi.tcpStates().read().keySet()), () -> "only " + known);
    }

    private static Mount root(MachineSources sources) throws IOException {
        return sources.mounts().read().stream()
                .filter(mount -> mount.path().equals("/"))
                .findFirst()
                .orElseThrow();
    }

    private static ProcessReading self(MachineSources sources) throws IOException {
        long pid = ProcessHandle.current().pid();
        return sources.processes().read().stream()
                .collect(Collectors.toMap(ProcessReading::pid, each -> each))
                .getOrDefault(pid, new ProcessReading(pid, 0, "missing", "", 0, 0, 0, () -> ""));
    }

    /** The same map of counters, read by the kernel's file, by OSHI, and by the kernel's file once more. */
    private record Readings<T>(Map<String, T> before, Map<String, T> theirs, Map<String, T> after) {

        Set<String> common() {
            Set<String> names = new TreeSet<>(before.keySet());
            names.retainAll(theirs.keySet());
            names.retainAll(after.keySet());
            return names;
        }

        void assertBetween(String name, ToLongFunction<T> counter) {
            Near.assertBetween(
                    counter.applyAsLong(Objects.requireNonNull(before.get(name))),
                    counter.applyAsLong(Objects.requireNonNull(theirs.get(name))),
                    counter.applyAsLong(Objects.requireNonNull(after.get(name))));
        }
    }
}
