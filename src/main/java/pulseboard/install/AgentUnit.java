package pulseboard.install;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The service that shows this machine on another's page, where systemd has it. */
public final class AgentUnit {

    private static final String UNIT = "pulseboard-agent";
    private static final List<Path> PLACES =
            List.of(Path.of("/usr/lib/systemd/system"), Path.of("/lib/systemd/system"), Path.of("/etc/systemd/system"));

    private AgentUnit() {}

    /** Whether this machine has it. */
    public static boolean isThere() {
        return Files.isDirectory(Path.of("/run/systemd/system"))
                && PLACES.stream().anyMatch(place -> Files.exists(place.resolve(UNIT + ".service")));
    }

    /** Whether it is needed: a Pulseboard that runs as a service here shows itself, and more of the machine. */
    public static boolean isNeeded() throws IOException {
        return !Commands.succeeds(List.of("systemctl", "is-active", "--quiet", "pulseboard"));
    }

    /** Starts it, now anew and with the machine. */
    public static void start(PrintStream out) throws IOException {
        Commands.require(List.of("systemctl", "enable", UNIT), out);
        Commands.require(List.of("systemctl", "restart", UNIT), out);
    }

    /** Stops it, and it does not start with the machine any more. */
    public static void stop(PrintStream out) throws IOException {
        Commands.require(List.of("systemctl", "disable", "--now", UNIT), out);
    }
}
