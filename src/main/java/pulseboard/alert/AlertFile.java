package pulseboard.alert;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file itself: nobody else may read it, and one that is damaged is put aside. Used by one thread. */
final class AlertFile {

    private static final Logger LOG = LoggerFactory.getLogger(AlertFile.class);

    private final Path path;
    private final Function<Path, MVStore> opener;
    private boolean isDamaged;

    AlertFile(Path path, Function<Path, MVStore> opener) {
        this.path = path;
        this.opener = opener;
    }

    boolean exists() {
        return Files.exists(path);
    }

    boolean isDamaged() {
        return isDamaged;
    }

    /** Looks whether a failure means that the file is damaged: the next that is opened is then a new one. */
    void failed(Exception failure) {
        if (failure instanceof MVStoreException broken) {
            int code = broken.getErrorCode();
            isDamaged = code == DataUtils.ERROR_FILE_CORRUPT
                    || code == DataUtils.ERROR_UNSUPPORTED_FORMAT
                    || code == DataUtils.ERROR_CHUNK_NOT_FOUND;
        }
    }

    /** Opens it; makes it, and its folder, if there is none. */
    MVStore open() throws IOException {
        if (isDamaged) {
            Path aside = path.resolveSibling("alerts.damaged");
            Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
            isDamaged = false;
            LOG.warn("The alerts in {} cannot be read; it is {} now, and a new one begins", path, aside);
        }
        Path folder = path.getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try {
                // It names files and disks, and who was told.
                Files.createFile(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (FileAlreadyExistsException e) {
                // As it should be.
            }
        }
        return opener.apply(path);
    }

    static MVStore openFile(Path file) {
        return openFile(file.toAbsolutePath().toString());
    }

    /** The same by a name that H2 understands. */
    static MVStore openFile(String file) {
        // Without a buffer that is written by itself, or half of a batch might be.
        return new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(1)
                .compress()
                .open();
    }
}
