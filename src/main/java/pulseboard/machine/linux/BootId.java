package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import pulseboard.machine.Reader;

/** {@code /proc/sys/kernel/random/boot_id}: a name at random for each start of the kernel (random(4)). */
final class BootId implements Reader<String> {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    private final Path file;

    BootId(Path proc) {
        file = proc.resolve("sys/kernel/random/boot_id");
    }

    /** Empty where the kernel does not say. */
    @Override
    public String read() {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            return "";
        }
    }

    static String parse(String text) {
        return ID.matcher(text.strip()).matches() ? text.strip() : "";
    }
}
