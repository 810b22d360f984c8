package pulseboard.board.uploads.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Files that some process writes to, as far as the kernel lets this user see it. */
final class OpenFiles {

    private static final Path PROCESSES = Path.of("/proc");

    private OpenFiles() {}

    /** Those below a folder, as paths from there. */
    static Set<String> writtenBelow(Path folder) {
        Set<String> found = new HashSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                look(process, folder.normalize(), found);
            }
        } catch (IOException e) {
            return found; // No /proc, no such knowledge.
        }
        return found;
    }

    private static void look(Path process, Path folder, Set<String> found) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                Path target = Files.readSymbolicLink(file);
                if (target.startsWith(folder) && isWritten(process, file)) {
                    found.add(folder.relativize(target).toString());
                }
            }
        } catch (IOException | RuntimeException e) {
            return; // Another user's, or it has ended meanwhile.
        }
    }

    /** By proc_pid_fdinfo(5): the last two bits of the flags, which are octal, are 0 when it is only read. */
    private static boolean isWritten(Path process, Path file) throws IOException {
        Path info = process.resolve("fdinfo").resolve(file.getFileName().toString());
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line -> (Long.parseLong(line.substring(6).strip(), 8) & 3) != 0);
    }
}
