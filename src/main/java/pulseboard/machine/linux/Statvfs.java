package pulseboard.machine.linux;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.machine.FilesystemReading;

/**
 * The statvfs(3) call, through JNA because Java itself does not tell inodes. Where JNA cannot load its native library (a
 * temporary folder mounted noexec), Java's own figures serve, without inodes. May block for as long as the filesystem
 * does not answer.
 */
public final class Statvfs {

    /** Null where JNA cannot load its own part. */
    private static final @Nullable LibC LIBC = load();

    private static final Path ROOT = Path.of("/");

    private Statvfs() {}

    /** The fill of the filesystem mounted at a path. */
    public static FilesystemReading read(String path) throws IOException {
        return LIBC == null ? readJava(path) : readNative(LIBC, path);
    }

    private static FilesystemReading readNative(LibC library, String path) throws IOException {
        LibC.Statvfs result = new LibC.Statvfs();
        if (library.statvfs(path, result) != 0) {
            throw new IOException("statvfs failed, error number " + Native.getLastError());
        }
        return reading(
                result.f_frsize.longValue(),
                new long[] {result.f_blocks.longValue(), result.f_bfree.longValue(), result.f_bavail.longValue()},
                result.f_files.longValue(),
                result.f_ffree.longValue());
    }

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

    /** Paths are UTF-8, whatever the locale says: under a service manager Java 17 takes them for ASCII. */
    private static @Nullable LibC load() {
        try {
            return Native.load("c", LibC.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));
        } catch (LinkageError e) {
            return null;
        }
    }
}
