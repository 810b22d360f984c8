package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static pulseboard.board.host.Near.assertNear;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.machine.FilesystemReading;

@EnabledOnOs(OS.LINUX)
class StatvfsTest {

    @Test
    void javasOwnFiguresServeWhereThereIsNoNativeLibrary(@TempDir Path folder) throws IOException {
        FilesystemReading nativeFill = Statvfs.read(folder.toString());
        FilesystemReading javaFill = Statvfs.readJava(folder.toString());
        assertEquals(nativeFill.totalBytes(), javaFill.totalBytes());
        // Others may write to this disk between the two.
        assertNear(nativeFill.freeBytes(), javaFill.freeBytes(), 0.05 * nativeFill.totalBytes());
        assertNear(nativeFill.availableBytes(), javaFill.availableBytes(), 0.05 * nativeFill.totalBytes());
        assertTrue(nativeFill.totalInodes() >= nativeFill.freeInodes());
    }

    @Test
    void folderThatIsNotThereIsAReason() {
        assertThrows(IOException.class, () -> Statvfs.read("/no/such/folder"));
    }

    @Test
    void sizeOfAnyNumberOfBlocksIsPositive() {
        FilesystemReading fill = Statvfs.reading(4096, new long[] {4503599627370495L, 4503599627370494L, 0}, -1, -1);
        assertEquals(1.8446744073709548E19, fill.totalBytes());
        assertTrue(fill.freeBytes() > 0);
        assertEquals(0x1p76, Statvfs.reading(4096, new long[] {-1, 0, 0}, 0, 0).totalBytes(), 1e9, "unsigned");
    }
}
