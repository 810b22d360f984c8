package pulseboard.board.lab.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of a log in one folder: {@code store.log}, and what was written in place of it, {@code store.1.log} and so on. Not thread-safe. */
final class LogFiles {

    private static final String NEW = ".new";

    private final Path folder;
    private int number;

    /** Finds the newest, which is whole and has all that is worth keeping of those before; deletes what else there is. */
    LogFiles(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "store.*.log")) {
            for (Path each : logs) {
                number = Math.max(number, number(each));
            }
        }
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(folder, "store.*")) {
            for (Path each : logs) {
                if (each.toString().endsWith(NEW) || number(each) < number) {
                    Files.delete(each);
                }
            }
        }
    }

    private static int number(Path log) {
        String digits = String.valueOf(log.getFileName()).replaceAll("[^0-9]", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    private Path file(int of) {
        return folder.resolve(of == 0 ? "store.log" : "store." + of + ".log");
    }

    /** The one in use. */
    Path current() {
        return file(number);
    }

    /** Where the next one is to be written. */
    Path next() {
        return folder.resolve(file(number + 1).getFileName() + NEW);
    }

    /** The next one is whole: it is the current one from now on, whatever happens. */
    void replace() throws IOException {
        Files.move(next(), file(number + 1), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder)) {
            directory.force(true);
        }
        number++;
    }

    /** Deletes those that were replaced. */
    void deleteReplaced() throws IOException {
        for (int old = number - 1; old >= 0; old--) {
            if (!Files.deleteIfExists(file(old))) {
                return;
            }
        }
    }
}
