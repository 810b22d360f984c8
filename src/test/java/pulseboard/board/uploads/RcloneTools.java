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

    /** The program. In place of a newest one that is not there, as where Debian's newest suite cannot be reached, the stable one; that is said. */
    public String program() {
        if (this == NEWEST && !Files.exists(program)) {
            System.err.println("pulseboard: NOT TESTED with the newest rclone: " + program + " is missing");
            return STABLE.program();
        }
        assertTrue(Files.exists(program), program + " is missing; \"make peers\" unpacks it there");
        return program.toString();
    }

    /** All that there are. */
    public static Stream<RcloneTools> all() {
        if (!Files.exists(NEWEST.program)) {
            System.err.println("pulseboard: NOT TESTED with the newest rclone: " + NEWEST.program + " is missing");
            return Stream.of(STABLE);
        }
        return Stream.of(values());
    }
}
