package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIdTest {

    private static final String ID = "0b3c6e54-2a3f-4d3c-9a52-1c1f9f6f7a10";

    @TempDir
    private Path proc;

    @Test
    void kernelsNameIsReadAndWhatIsNoneIsNothing() throws IOException {
        BootId bootId = new BootId(proc);
        assertEquals("", bootId.read());
        Path file = Files.createDirectories(proc.resolve("sys/kernel/random")).resolve("boot_id");
        Files.writeString(file, ID + "\n");
        assertEquals(ID, bootId.read());
        Files.writeString(file, "<b>no such name</b>\n");
        assertEquals("", bootId.read());
    }
}
