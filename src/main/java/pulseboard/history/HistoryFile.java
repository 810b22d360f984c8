package pulseboard.history;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of the history: nobody else may read it, and one that is damaged is put aside. Used by one thread. */
final class HistoryFile {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);

    private static final int CACHE_MEBIBYTES = 2;

    /** About one row: a row that changes is written, and not its neighbours. */
    private static final int PAGE_BYTES = 4_096;

    private final Path path;
    private final Function<Path, MVStore> opener;
    private @Nullable String damage;

    HistoryFile(Path path, Function<Path, MVStore> opener) {
        this.path = path;
        this.opener = opener;
    }

    /** The next that is opened is a new one. */
    void isDamaged(String why) {
        damage = why;
    }

    /** Opens it; makes it, and its folder, if there is none. */
    MVStore open() throws IOException {
        if (damage != null) {
            putAside(damage);
        }
        makeFolder(path.getParent());
        try {
            if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return opener.apply(path);
            }
            // It names processes and mounts, which are nobody else's business.
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // As it should be.
        }
        return opener.apply(path);
    }

    /** The folder may be the one of users and tokens, and is then as closed as if these had made it. */
    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private void putAside(String why) throws IOException {
        Path aside = path.resolveSibling("history.damaged");
        Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
        damage = null;
        LOG.warn("The history in {} cannot be read: {}; it is {} now, and a new one begins", path, why, aside);
    }

    /** Opens a file as it is. */
    static MVStore openFile(Path file) {
        return new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEBIBYTES)
                .pageSplitSize(PAGE_BYTES)
                .compress()
                .open();
    }

    /** Whether it is the file and not the disk or somebody else. */
    static boolean isDamaged(MVStoreException failure) {
        int code = failure.getErrorCode();
        return code == DataUtils.ERROR_FILE_CORRUPT
                || code == DataUtils.ERROR_UNSUPPORTED_FORMAT
                || code == DataUtils.ERROR_CHUNK_NOT_FOUND;
    }
}
