package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a name means changes while the program runs, which began before the network was up: in a network of its own, with
 * {@code /etc/hosts} and {@code /etc/resolv.conf} of its own.
 */
@Tag("long")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChangedNamesTest {

    private static final Map<String, String> PUSHING = Map.of(
            "PULSEBOARD_REMOTE_WRITE_URL", "http://metrics.example/api/v1/write",
            "PULSEBOARD_REMOTE_WRITE_INTERVAL_SECONDS", "5");

    @TempDir
    private Path etc;

    private String setUp() throws IOException {
        Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
        Files.writeString(etc.resolve("resolv.conf"), "");
        Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
        StringBuilder lines = new StringBuilder();
        for (String file : List.of("hosts", "resolv.conf", "nsswitch.conf")) {
            lines.append("mount --bind ")
                    .append(etc.resolve(file))
                    .append(" /etc/")
                    .append(file)
                    .append('\n');
        }
        NameServers.PUBLIC.forEach(
                address -> lines.append("ip address add ").append(address).append("/32 dev lo\n"));
        return lines.toString();
    }

    @Test
    void nameServerThatCameLaterIsAskedAndNoPublicOne() throws Exception {
        List<String> said = pushedAfter("resolv.conf", "nameserver " + NameServers.SYSTEM + "\n");
        assertEquals("the system's server was asked", said.get(0));
    }

    @Test
    void nameThatWasAddedLaterIsKnownAndNoPublicServerIsAsked() throws Exception {
        assertEquals(
                "asked for the time",
                pushedAfter("hosts", "127.0.0.1 metrics.example\n").get(0));
    }

    /** What the servers of its network said from the time that this was added to a file until something was pushed. */
    private List<String> pushedAfter(String file, String line) throws Exception {
        String setUp = setUp();
        OwnNetwork.require(setUp, "names that change");
        try (Program program = Program.startBy(OwnNetwork.starter(setUp), PUSHING, "--port", "0")) {
            program.awaitAddress(); // Then it is where it should be.
            Process servers =
                    OwnNetwork.java(program, NameServers.class.getName()).start();
            try (BufferedReader out = servers.inputReader(StandardCharsets.UTF_8)) {
                assertEquals("ready", out.readLine());
                program.awaitLine("metrics.example"); // Nobody knows that name.
                Files.writeString(etc.resolve(file), line); // The same file: it is mounted.
                List<String> said = new ArrayList<>();
                while (!said.contains("pushed")) {
                    said.add(out.readLine());
                }
                assertFalse(said.contains("a public server was asked"), said::toString);
                return said;
            } finally {
                servers.destroyForcibly();
            }
        }
    }
}
