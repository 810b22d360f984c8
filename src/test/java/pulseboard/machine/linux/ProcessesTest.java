package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.ProcessDisk;
import pulseboard.machine.ProcessOrigin;
import pulseboard.machine.ProcessReading;

class ProcessesTest {

    @Test
    void everyProcessIsListedWhateverItIsCalled() throws IOException {
        assertEquals(Set.of(1L, 842L, 9000L), read().keySet());
    }

    @Test
    void figuresAreTakenFromTheirFields() throws IOException {
        ProcessReading systemd = process(1);
        assertEquals("systemd", systemd.name());
        assertEquals("sleeping", systemd.state());
        assertEquals((812 + 1033) * 10, systemd.cpuMilliseconds());
        assertEquals(3271 * 4096, systemd.residentBytes());
        assertEquals(1, systemd.threadCount());
        assertEquals(3, systemd.startedAt());
    }

    @Test
    void nameThatLooksLikeTheRestOfTheLineIsOnlyAName() throws IOException {
        ProcessReading odd = process(842);
        assertEquals("a) R (b) Z 9 8", odd.name());
        assertEquals("disk sleep", odd.state());
        assertEquals(3_000, odd.cpuMilliseconds());
        assertEquals(12, odd.threadCount());
        assertEquals(512 * 4096, odd.residentBytes());
    }

    @Test
    void nameThatIsNotUtf8DoesNotHideItsProcess() throws IOException {
        ProcessReading zombie = process(9000);
        assertEquals("zombie", zombie.state());
        assertTrue(zombie.name().startsWith("caf"));
    }

    @Test
    void ownerIsTheOneOfTheFolder() throws IOException {
        String owner = Files.getOwner(Captured.proc("metal").resolve("842")).getName();
        assertEquals(owner, process(842).details().user());
    }

    @Test
    void parentIsKnownAndWhatItRunsAndBelongsToIsReadWhenAskedFor(@TempDir Path proc) throws IOException {
        assertEquals(0, process(1).parent());
        Captured.write(proc, "77/cmdline", "python3\0/opt/a.py\0");
        Captured.write(proc, "77/cgroup", "0::/system.slice/a.service");
        ProcessFolder folder = new ProcessFolder(proc.resolve("77"));
        assertEquals(new ProcessOrigin("a.py", "a.service", ""), folder.origin());
        assertEquals(ProcessOrigin.UNKNOWN, new ProcessFolder(proc.resolve("78")).origin());
    }

    @Test
    void whatWasDeletedBeforeItWasWrittenIsNotCounted() {
        String io = "rchar: 9\nwchar: 8\nread_bytes: 4096\nwrite_bytes: 12288\ncancelled_write_bytes: 8192\n";
        assertEquals(Optional.of(new ProcessDisk(4096, 4096)), ProcessFolder.parseDisk(io));
        assertEquals(
                Optional.of(new ProcessDisk(4096, -1)), ProcessFolder.parseDisk("read_bytes: 4096\nwrite_bytes: x"));
        assertEquals(Optional.empty(), ProcessFolder.parseDisk("rchar: 9"));
    }

    @Test
    void diskUseOfThisProcessIsReadFromTheKernel() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/self/io")));
        ProcessFolder self =
                new ProcessFolder(Path.of("/proc/" + ProcessHandle.current().pid()));
        assertTrue(self.disk().orElseThrow().readBytes() >= 0);
        assertEquals(Optional.empty(), new ProcessFolder(Path.of("/proc/0")).disk(), "no process, no trouble");
    }

    /** A folder in the place of the file cannot be read, by root neither. */
    @Test
    void diskUseThatMustNotBeSeenSaysWhoMay(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("77/io"));
        String message = assertThrows(IOException.class, () -> new ProcessFolder(proc.resolve("77")).disk())
                .getMessage();
        assertEquals("only root, or a program with CAP_SYS_PTRACE, may see it", message);
    }

    @Test
    void processThatEndedSinceItWasListedIsLeftOut(@TempDir Path proc) throws IOException {
        Files.createDirectories(proc.resolve("77"));
        assertTrue(new Processes(proc, 4096).read().isEmpty());
    }

    @Test
    void listThatCannotBeHadIsAReasonAndNotEmpty(@TempDir Path folder) throws IOException {
        Path proc = folder.resolve("proc");
        assertThrows(NoSuchFileException.class, () -> new Processes(proc, 4096).read());
        // There, but not to be read: as when no more files can be opened.
        Files.createDirectories(proc.resolve("77/stat"));
        assertThrows(IOException.class, () -> new Processes(proc, 4096).read());
    }

    @Test
    void ownerOfAProcessThatEndedIsUnknown(@TempDir Path proc) throws IOException {
        ProcessReading gone = Processes.parse(Words.of(Captured.text("metal", "842/stat")), proc.resolve("842"), 4096)
                .orElseThrow();
        assertEquals("", gone.details().user());
    }

    @Test
    void thisProgramIsAmongTheProcessesOfThisMachine() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self")));
        Map<Long, ProcessReading> processes = byPid(Path.of("/proc"));
        ProcessReading self =
                Objects.requireNonNull(processes.get(ProcessHandle.current().pid()));
        assertEquals("java", self.name());
        assertTrue(self.threadCount() > 1);
        assertTrue(self.residentBytes() > 10_000_000);
        assertEquals(System.getProperty("user.name"), self.details().user());
    }

    private static ProcessReading process(long pid) throws IOException {
        return Objects.requireNonNull(read().get(pid));
    }

    private static Map<Long, ProcessReading> read() throws IOException {
        return byPid(Captured.proc("metal"));
    }

    private static Map<Long, ProcessReading> byPid(Path proc) throws IOException {
        return new Processes(proc, 4096).read().stream().collect(Collectors.toMap(ProcessReading::pid, each -> each));
    }
}
