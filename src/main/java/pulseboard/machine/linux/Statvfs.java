package pulseboard.machine.linux;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import pulseboard.machine.FilesystemReading;

/**
 * The statvfs(3) call, through JNA because Java itself does not report inodes. Where JNA cannot load its native library (a
 * temporary folder mounted noexec), Java's own figures serve, without inodes. May block for as long as the filesystem
 * does not answer.
 */
public final class Statvfs {

    /** More than any system's structure has. */
    private static final int STRUCTURE_BYTES = 256;

    // Their places among the fields, each as long as a native long, of statvfs(3)'s structure.
    private static final int BLOCK_BYTES = 1;
    private static final int BLOCKS = 2;
    private static final int FREE_BLOCKS = 3;
    private static final int AVAILABLE_BLOCKS = 4;
    private static final int FILES = 5;
    private static final int FREE_FILES = 6;

    /** Not so where JNA cannot load its own part. */
    private static final boolean IS_NATIVE = load();

    private static final Path ROOT = Path.of("/");

    private Statvfs() {}

    /** The fill of the filesystem mounted at a path. */
    public static FilesystemReading read(String path) throws IOException {
        return IS_NATIVE ? readNative(path) : readJava(path);
    }

    /** Paths are UTF-8, whatever the locale says: under a service manager Java 17 takes them for ASCII. */
    private static FilesystemReading readNative(String path) throws IOException {
        byte[] result = new byte[STRUCTURE_BYTES];
        if (statvfs((path + '\0').getBytes(StandardCharsets.UTF_8), result) != 0) {
            throw new IOException("statvfs failed, error number " + Native.getLastError());
        }
        ByteBuffer fields = ByteBuffer.wrap(result).order(ByteOrder.nativeOrder());
        return reading(
                field(fields, BLOCK_BYTES),
                new long[] {field(fields, BLOCKS), field(fields, FREE_BLOCKS), field(fields, AVAILABLE_BLOCKS)},
                field(fields, FILES),
                field(fields, FREE_FILES));
    }

    private static long field(ByteBuffer fields, int place) {
        int at = place * Native.LONG_SIZE;
        return Native.LONG_SIZE == Long.BYTES ? fields.getLong(at) : fields.getInt(at);
    }

    /**
     * That of the C library, bound by its name: without a proxy, and without a structure of which each field is found by
     * reflection.
     */
    private static native int statvfs(byte[] path, byte[] result);

    /** Blocks are unsigned, and their bytes may be more than a long holds: some filesystems say they are of any size. */
    static FilesystemReading reading(long blockBytes, long[] blocks, long files, long freeFiles) {
        return new FilesystemReading(
                unsigned(blocks[0]) * blockBytes,
                unsigned(blocks[1]) * blockBytes,
                unsigned(blocks[2]) * blockBytes,
                files,
                freeFiles);
    }

    private static double unsigned(long count) {
        return count >= 0 ? count : count + 0x1p64;
    }

    static FilesystemReading readJava(String path) throws IOException {
        FileStore store = Files.getFileStore(KernelPath.resolve(ROOT, path));
        return new FilesystemReading(store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace(), 0, 0);
    }

    private static boolean load() {
        try {
            Native.register(Statvfs.class, "c");
            return true;
        } catch (LinkageError e) {
            return false;
        }
    }
}
