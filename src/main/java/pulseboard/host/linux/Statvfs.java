package pulseboard.host.linux;

import com.sun.jna.Native;
import com.sun.jna.platform.linux.LibC;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import pulseboard.host.FilesystemReading;

/**
 * The statvfs(3) call, through JNA because Java itself does not tell inodes. Where JNA cannot load its native library (a
 * temporary folder mounted noexec), Java's own figures serve, without inodes. May block for as long as the filesystem
 * does not answer.
 */
public final class Statvfs {

    private static final boolean NATIVE = isNativeAvailable();

    private Statvfs() {}

    /** The fill of the filesystem mounted at a path. */
    public static FilesystemReading read(String path) throws IOException {
        return NATIVE ? readNative(path) : readJava(path);
    }

    private static FilesystemReading readNative(String path) throws IOException {
        LibC.Statvfs result = new LibC.Statvfs();
        if (LibC.INSTANCE.statvfs(path, result) != 0) {
            throw new IOException("statvfs failed, error number " + Native.getLastError());
        }
        long blockBytes = result.f_frsize.longValue();
        return new FilesystemReading(
                result.f_blocks.longValue() * blockBytes,
                result.f_bfree.longValue() * blockBytes,
                result.f_bavail.longValue() * blockBytes,
                result.f_files.longValue(),
                result.f_ffree.longValue());
    }

    static FilesystemReading readJava(String path) throws IOException {
        FileStore store = Files.getFileStore(Path.of(path));
        return new FilesystemReading(store.getTotalSpace(), store.getUnallocatedSpace(), store.getUsableSpace(), 0, 0);
    }

    private static boolean isNativeAvailable() {
        try {
            return LibC.INSTANCE != null;
        } catch (LinkageError e) {
            return false;
        }
    }
}
