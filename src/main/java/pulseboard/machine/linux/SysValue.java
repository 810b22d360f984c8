package pulseboard.machine.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** One value in one file of {@code /sys}. Drivers come and go, so a value that cannot be read is just absent. */
final class SysValue {

    private SysValue() {}

    /** The text without white space around it; bytes that are not UTF-8 are shown as such. */
    static Optional<String> text(Path path) {
        try {
            String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The value as a whole number; absent too when it is another text, for example {@code max}. */
    static OptionalLong number(Path path) {
        return text(path).map(Numbers::signed).orElse(OptionalLong.empty());
    }

    /** The value where it is a whole number from 0 on; else {@link Numbers#UNKNOWN}. */
    static long count(Path path) {
        return text(path).map(Numbers::count).orElse(Numbers.UNKNOWN);
    }
}
