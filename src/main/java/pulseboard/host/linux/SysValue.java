package pulseboard.host.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/** One value in one file of {@code /sys}. Drivers come and go, so a value that cannot be read is just absent. */
final class SysValue {

    private SysValue() {}

    /** The text without white space around it. */
    static Optional<String> text(Path path) {
        try {
            String text = Files.readString(path).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The value as a whole number; absent too when it is another text, for example {@code max}. */
    static OptionalLong number(Path path) {
        try {
            return text(path).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
