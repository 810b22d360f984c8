package pulseboard.prometheus.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The kernel's files below a root folder, opened anew for each reading: scrapes are seconds apart, and files that stay open
 * count against the limit of the process.
 */
public record Kernel(Path root) {

    private static final int FIRST_READ_BYTES = 8192;
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** The lines of a file, such as {@code proc/stat}. */
    List<String> lines(String path) throws IOException {
        String text = text(root.resolve(path));
        return text.isEmpty()
                ? List.of()
                : Arrays.asList(text.substring(0, text.endsWith("\n") ? text.length() - 1 : text.length())
                        .split("\n", -1));
    }

    /** In as few reads as can be: files below {@code proc/sys} tell all to the first and nothing to the next. */
    private static String text(Path path) throws IOException {
        byte[] buffer = new byte[FIRST_READ_BYTES];
        int length = 0;
        try (InputStream file = Files.newInputStream(path)) {
            for (int count = file.read(buffer); count > 0; count = file.read(buffer, length, buffer.length - length)) {
                length += count;
                if (length == buffer.length) {
                    buffer = Arrays.copyOf(buffer, length * 2);
                }
            }
        }
        return new String(buffer, 0, length, StandardCharsets.UTF_8); // Whatever bytes a name has.
    }

    /** The words of a line. */
    static String[] words(String line) {
        return SPACES.split(line.strip(), -1);
    }

    /** The text of a small file without white space around it; absent where it cannot be read or is empty. */
    Optional<String> value(String path) {
        return value(root.resolve(path));
    }

    /** The same of a file that was found. */
    static Optional<String> value(Path path) {
        try {
            String text = text(path).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty(); // Drivers come and go, and many files are for some devices only.
        }
    }

    /** The whole number in a small file, decimal or hexadecimal with 0x. */
    static OptionalLong number(Path path) {
        try {
            return value(path).map(Long::decode).map(OptionalLong::of).orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The same, where the file is what the subject is made of. */
    double required(String path) throws IOException {
        return Double.parseDouble(lines(path).get(0).strip());
    }

    /** What a folder holds by that pattern, in order; nothing where there is no such folder. */
    List<Path> entries(String folder, String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(root.resolve(folder))) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(folder), glob)) {
                entries.forEach(found::add);
            }
        }
        Collections.sort(found);
        return found;
    }

    /** The last part of a path. */
    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }
}
