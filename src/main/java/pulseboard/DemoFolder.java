package pulseboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of a demonstration that nobody needs when it is over. */
final class DemoFolder {

    private DemoFolder() {}

    /**
     * Takes it away with all that is in it; says so on standard error where it cannot.
     *
     * @param who for that line: the command
     */
    static void delete(Path folder, String who) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("pulseboard " + who + ": " + folder + " is still there: " + e.getMessage());
        }
    }
}
