package pulseboard.prometheus.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder with the files of a kernel: those of the desktop "metal", and what that desktop lacks from {@code made.txt}. */
final class MadeTree {

    private static final Path KERNELS = Path.of("src/test/resources/kernel");

    private MadeTree() {}

    static void make(Path root) throws IOException {
        copy(KERNELS.resolve("metal/proc"), root.resolve("proc"));
        Path file = root;
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(KERNELS.resolve("made.txt"))) {
            if (line.startsWith("FILE ") || line.startsWith("LINK ")) {
                write(root, file, text);
                file = root.resolve(line.split(" ", 3)[1]);
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
            if (line.startsWith("LINK ")) {
                Files.createDirectories(file.getParent());
                Files.createSymbolicLink(file, Path.of(line.split(" ", 3)[2]));
                file = root;
            }
        }
        write(root, file, text);
    }

    private static void write(Path root, Path file, CharSequence text) throws IOException {
        if (!file.equals(root)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file));
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
    }
}
