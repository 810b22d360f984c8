package pulseboard.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child is one process, whatever goes wrong beside it. */
@Tag("system")
class ChildProcessTest {

    @TempDir
    private Path folder;

    /** As on a full disk; otherwise a second one is started beside it, and a third. */
    @Test
    void childThatCannotBeNotedIsWatchedAllTheSame() {
        ChildProcess child = new ChildProcess(
                "sleep", List.of("sleep", "60"), folder.resolve("none").resolve("child.pid"));
        child.start();
        try {
            assertTrue(child.running().isPresent());
        } finally {
            child.stop(10_000);
        }
    }
}
