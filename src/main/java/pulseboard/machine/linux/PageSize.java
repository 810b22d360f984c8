package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The size of a memory page, which the kernel hands to each program in its auxiliary vector: pairs of words, of which the
 * first names the second. See getauxval(3). Not everywhere 4 KiB: a Raspberry Pi 5 has 16.
 */
public final class PageSize {

    private static final long AT_PAGESZ = 6;
    private static final long USUAL_BYTES = 4096;

    private PageSize() {}

    /** Reads {@code self/auxv} below a proc folder, as a 64-bit kernel writes it. */
    public static long read(Path proc) {
        try {
            return parse(Files.readAllBytes(proc.resolve("self/auxv")));
        } catch (IOException e) {
            return USUAL_BYTES;
        }
    }

    static long parse(byte[] vector) {
        ByteBuffer words = ByteBuffer.wrap(vector).order(ByteOrder.nativeOrder());
        while (words.remaining() >= 2 * Long.BYTES) {
            long name = words.getLong();
            long value = words.getLong();
            if (name == AT_PAGESZ && value >= USUAL_BYTES && Long.bitCount(value) == 1) {
                return value;
            }
        }
        return USUAL_BYTES;
    }
}
