package pulseboard.machine.oshi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OshiFactsTest {

    @TempDir
    private Path root;

    @Test
    void dockerLeavesAFileAtTheRoot() throws IOException {
        Files.createFile(root.resolve(".dockerenv"));
        assertEquals(Optional.of("docker"), OshiFacts.containerKind(root));
    }

    @Test
    void podmanLeavesAFileInRun() throws IOException {
        Files.createDirectories(root.resolve("run"));
        Files.createFile(root.resolve("run/.containerenv"));
        assertEquals(Optional.of("podman"), OshiFacts.containerKind(root));
    }

    @Test
    void systemdSaysWhichEngineItIs() throws IOException {
        Files.createDirectories(root.resolve("run/systemd"));
        Files.writeString(root.resolve("run/systemd/container"), "lxc\n");
        assertEquals(Optional.of("lxc"), OshiFacts.containerKind(root));
    }

    @Test
    void machineWithoutMarksIsNoContainer() {
        assertEquals(Optional.empty(), OshiFacts.containerKind(root));
    }
}
