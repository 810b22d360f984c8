package pulseboard.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file to be installed.
 *
 * @param path where, as seen on the machine: absolute
 * @param mode its permissions such as {@code rwxr-xr-x}
 * @param content writes it to a file
 */
record FileEntry(Path path, String mode, Content content) {

    /** What is in the file. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }

    static FileEntry text(Path path, String mode, String text) {
        return new FileEntry(path, mode, file -> Files.writeString(file, text));
    }

    static FileEntry copy(Path path, String mode, Path source) {
        return new FileEntry(path, mode, file -> Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING));
    }
}
