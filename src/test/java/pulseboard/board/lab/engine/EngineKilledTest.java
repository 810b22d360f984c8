package pulseboard.board.lab.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.Program;

/** An engine that is killed leaves no node behind. */
@Tag("long")
@Tag("system")
class EngineKilledTest {

    private static final int NODES = 5;

    @TempDir
    private Path folder;

    private final List<ProcessHandle> nodes = new ArrayList<>();

    @AfterEach
    void end() {
        nodes.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void nodesEndWithTheirEngine() throws Exception {
        Process engine = new ProcessBuilder(Program.command("lab", "engine", folder.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("engine.log").toFile())
                .start();
        try {
            for (int n = 1; n <= NODES; n++) {
                nodes.add(node(folder.resolve("nodes").resolve("n" + n)));
            }
        } finally {
            engine.destroyForcibly();
        }
        assertEquals(NODES, nodes.size());
        assertTrue(engine.waitFor(3, TimeUnit.MINUTES));
        for (ProcessHandle node : nodes) {
            node.onExit().get(3, TimeUnit.MINUTES);
        }
    }

    /** Once it listens; not before does anything of it look for its engine. */
    private static ProcessHandle node(Path home) throws IOException, InterruptedException {
        for (int look = 0; look < 1_200 && !Files.exists(home.resolve("port")); look++) {
            Thread.sleep(50);
        }
        String pid = Files.readString(home.resolve("pid")).split(" ", 2)[0];
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}
