package pulseboard.board.uploads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The two rclones that the tests know: Debian's of this machine's suite, and its newest. {@code make peers} brings both. */
public enum RcloneTools {
    /** Debian's of this machine's suite. */
    STABLE("target/peers/usr/bin/rclone"),
    /** Debian's newest. */
    NEWEST("target/peers/newer-rclone/usr/bin/rclone");

    private final Path program;

    RcloneTools(String program) {
        this.program = Path.of(program).toAbsolutePath();
    }

    /** The program. */
    public String program() {
        assertTrue(Files.exists(program), program + " is missing; \"make peers\" unpacks it there");
        return program.toString();
    }

    /** Both. */
    public static Stream<RcloneTools> all() {
        return Stream.of(values());
    }
}
