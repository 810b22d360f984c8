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
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertEquals(owner, process(842).user().get());
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
        assertEquals("", gone.user().get());
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
        assertEquals(System.getProperty("user.name"), self.user().get());
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
