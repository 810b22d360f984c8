package pulseboard.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The units of jobs and of the agent, beside that of the program. */
class InstalledUnitsTest {

    private static final Path JAVA = Path.of("/usr/lib/jvm/some/bin/java");

    @TempDir
    private Path root;

    private Installer installer;

    @BeforeEach
    void install() throws IOException {
        Path jar = Files.writeString(root.resolve("any.jar"), "jar");
        installer = new Installer(new ImageRoot(root), new PrintStream(OutputStream.nullOutputStream()));
        installer.write(new Release(jar, Optional.empty(), JAVA));
    }

    private String read(String path) throws IOException {
        return Files.readString(root.resolve(path));
    }

    /** Each as the Debian package has it; the settings are one file for all. */
    @Test
    void unitsOfJobsAndTheAgentNameThemToo() throws IOException {
        for (String unit : List.of("work", "agent")) {
            String text = read("etc/systemd/system/pulseboard-" + unit + ".service");
            assertTrue(text.contains("ExecStart=" + JAVA + " @/opt/pulseboard/jvm.options "), text);
            assertTrue(text.contains(" " + unit + " --config /etc/pulseboard/pulseboard.yaml\n"), text);
            assertFalse(text.contains("/usr/share/pulseboard") || text.contains("/usr/bin/java"), text);
        }
    }

    /** Two users and one socket: both units have to name the same place, and only one of them makes the folder. */
    @Test
    void unitOfJobsAndTheOtherMeetAtOneSocket() throws IOException {
        String work = read("etc/systemd/system/pulseboard-work.service");
        String main = read("etc/systemd/system/pulseboard.service");
        String socket = "Environment=PULSEBOARD_WORK_SOCKET=/run/pulseboard-work/work.socket\n";
        assertTrue(work.contains(socket) && main.contains(socket), work + main);
        assertTrue(work.contains("RuntimeDirectory=pulseboard-work\n"), work);
        assertTrue(work.contains("LoadCredential=work.token:/var/lib/pulseboard/work.token\n"), work);
        assertTrue(main.contains("Environment=PULSEBOARD_WORK_START=false\n"), main);
    }

    @Test
    void onlyUnitsThatAreThereAreStopped() throws IOException {
        assertEquals(
                List.of(
                        "systemctl",
                        "--quiet",
                        "disable",
                        "--now",
                        "pulseboard.service",
                        "pulseboard-work.service",
                        "pulseboard-agent.service"),
                Plan.stop(installer.units()));
        Files.delete(root.resolve("etc/systemd/system/pulseboard-work.service"));
        Files.delete(root.resolve("etc/systemd/system/pulseboard-agent.service"));
        assertEquals(
                List.of("systemctl", "--quiet", "disable", "--now", "pulseboard.service"),
                Plan.stop(installer.units()));
    }
}
