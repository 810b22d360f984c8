package pulseboard.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What of this machine decides whether something can be installed.
 *
 * @param linux whether it is Linux
 * @param systemd whether systemd runs
 * @param administrator whether this process is root's
 */
record Preconditions(boolean linux, boolean systemd, boolean administrator) {

    /** The one that this runs on. */
    static Preconditions local() throws IOException {
        boolean linux = System.getProperty("os.name").equals("Linux");
        return new Preconditions(
                linux,
                Files.isDirectory(Path.of("/run/systemd/system")),
                linux && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0));
    }

    void check(String command) {
        if (!linux || !systemd) {
            throw new Refusal(command + ": this needs Linux with systemd; without, start the jar yourself: "
                    + "java @jvm.options -jar pulseboard.jar");
        }
        if (!administrator) {
            throw new Refusal(command + ": only root can do this; try: sudo pulseboard " + command);
        }
    }
}
