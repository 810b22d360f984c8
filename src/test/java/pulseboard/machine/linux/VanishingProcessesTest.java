package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pulseboard.machine.ProcessReading;

/** Processes that end while they are listed: a shell makes and ends thousands, and each listing meets some on their way out. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class VanishingProcessesTest {

    private static final int FORKS = 1_000;
    private static final String FORKING =
            "i=0; while [ $i -lt " + FORKS + " ]; do i=$((i + 1)); (:) & (:) & (:) & wait; done";

    @Test
    void listIsWholeHoweverManyEndMeanwhile() throws Exception {
        Path proc = Path.of("/proc");
        assumeTrue(Files.isDirectory(proc.resolve("self")));
        Processes processes = new Processes(proc, 4096);
        LoadAverage load = new LoadAverage(proc);
        long self = ProcessHandle.current().pid();
        Set<Long> seen = new HashSet<>();
        Set<String> users = new HashSet<>();
        Process shell = new ProcessBuilder("sh", "-c", FORKING).start();
        try {
            while (shell.isAlive()) {
                Collection<ProcessReading> list = processes.read();
                assertTrue(list.stream().anyMatch(each -> each.pid() == self), "this program is missing");
                list.forEach(each -> seen.add(each.pid()));
                list.forEach(each -> users.add(each.details().user())); // Some have gone by now.
                assertTrue(load.readCounts().count() > 0);
            }
        } finally {
            shell.destroyForcibly();
        }
        assertTrue(seen.size() > 100, "met only " + seen.size());
        assertTrue(users.contains(System.getProperty("user.name")), users.toString());
    }
}
