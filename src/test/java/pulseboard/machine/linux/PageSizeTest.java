package pulseboard.machine.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.host.Command;

class PageSizeTest {

    private static final long CLOCK_TICKS = 17;
    private static final long PAGE_SIZE = 6;
    private static final long END = 0;

    @Test
    void sizeIsTheOneTheKernelHandsOver() {
        assertEquals(16384, PageSize.parse(vector(CLOCK_TICKS, 100, PAGE_SIZE, 16384, END, 0)));
    }

    @Test
    void valueThatLooksLikeTheNameIsNotTakenForIt() {
        assertEquals(65536, PageSize.parse(vector(CLOCK_TICKS, PAGE_SIZE, PAGE_SIZE, 65536, END, 0)));
    }

    @Test
    void vectorWithoutTheSizeMeansTheUsualOne(@TempDir Path empty) {
        assertEquals(4096, PageSize.parse(vector(CLOCK_TICKS, 100, END, 0)));
        assertEquals(4096, PageSize.parse(new byte[7]));
        assertEquals(4096, PageSize.read(empty));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sizeOfThisMachineIsWhatGetconfTells() throws IOException, InterruptedException {
        assertEquals(Command.number("getconf PAGESIZE"), PageSize.read(Path.of("/proc")));
    }

    private static byte[] vector(long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.nativeOrder());
        for (long word : words) {
            bytes.putLong(word);
        }
        return bytes.array();
    }
}
