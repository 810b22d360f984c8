package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The captured texts in {@code src/test/resources/kernel}, and trees like {@code /sys} made for one test. */
final class Captured {

    private static final Path KERNELS = Path.of("src/test/resources/kernel");

    private Captured() {}

    /** The proc folder of one captured machine. */
    static Path proc(String machine) {
        return KERNELS.resolve(machine).resolve("proc");
    }

    static String text(String machine, String file) throws IOException {
        return Files.readString(proc(machine).resolve(file));
    }

    /** Writes a file of a made tree, with the folders it needs, as the kernel would: with a line end. */
    static void write(Path root, String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }
}
