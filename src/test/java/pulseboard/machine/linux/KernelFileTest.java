package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFileTest {

    @TempDir
    private Path folder;

    private static String text(KernelFile file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Words words = file.read(); words.nextLine(); ) {
            text.append(words.line());
        }
        return text.toString();
    }

    @Test
    void eachReadHasTheTextOfThatMoment() throws IOException {
        Path path = folder.resolve("figures");
        Files.writeString(path, "a long first text");
        KernelFile file = new KernelFile(path);
        assertEquals("a long first text", text(file));
        Files.writeString(path, "short");
        assertEquals("short", text(file));
    }

    @Test
    void textMayBeOfAnyLength() throws IOException {
        Path path = folder.resolve("figures");
        KernelFile file = new KernelFile(path);
        for (int length : new int[] {0, 1, 4095, 4096, 4097, 8192, 100_000, 3}) {
            Files.writeString(path, "x".repeat(length));
            assertEquals(length, text(file).length());
        }
    }

    @Test
    void fileThatAppearsLaterIsRead() throws IOException {
        Path path = folder.resolve("figures");
        KernelFile file = new KernelFile(path);
        FileNotFoundException failure = assertThrows(FileNotFoundException.class, file::read);
        assertTrue(String.valueOf(failure.getMessage()).contains("cannot be read on this system"));
        Files.writeString(path, "now");
        assertEquals("now", text(file));
    }

    @Test
    void textIsUtf8() throws IOException {
        Path path = folder.resolve("figures");
        Files.writeString(path, "/mnt/größe");
        assertEquals("/mnt/größe", text(new KernelFile(path)));
    }
}
