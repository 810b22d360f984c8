package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pulseboard top} before a real server, in a real terminal and without one. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TopTest {

    private static final String ENTERED = "\u001b[?1049h";
    private static final String LEFT = "\u001b[?25h\u001b[?1049l";

    @TempDir
    private Path folder;

    private static Program server(String port) throws IOException {
        return Program.start(Map.of(), "--port", port);
    }

    private static void assertRestored(PseudoTerminal terminal) {
        assertTrue(terminal.all().contains(ENTERED));
        assertTrue(terminal.all().lastIndexOf(LEFT) > terminal.all().lastIndexOf(ENTERED));
        assertEquals(2, terminal.modes().size());
        assertEquals(terminal.modes().get(0), terminal.modes().get(1));
    }

    private static void assertFits(int rows, int columns, List<String> frame) {
        assertEquals(rows, frame.size());
        for (String line : frame) {
            assertTrue(line.length() <= columns, line);
        }
    }

    @Test
    void panelsFillTheScreenAndQRestoresTheTerminal() throws Exception {
        try (Program server = server("0");
                PseudoTerminal terminal = PseudoTerminal.start(
                        Map.of(), "top", server.awaitAddress().toString())) {
            terminal.awaitFrame("\n live.*cpu.*network.*memory.*processes.*pid +user.*java");
            assertFits(30, 100, terminal.frame());
            assertTrue(terminal.all().contains("\u001b[32mlive\u001b[0m"));
            terminal.type("p");
            terminal.awaitFrame("processes.*by memory");
            terminal.resize(12, 60);
            assertFits(12, 60, terminal.awaitFrame(12, "q quit"));
            terminal.awaitFrame("q quit");
            assertFits(12, 60, terminal.frame());
            terminal.type("q");
            assertEquals("0", terminal.ended());
            assertRestored(terminal);
        }
    }

    @Test
    void interruptRestoresTheTerminal() throws Exception {
        try (Program server = server("0");
                PseudoTerminal terminal = PseudoTerminal.start(
                        Map.of("NO_COLOR", "1"), "top", server.awaitAddress().toString())) {
            terminal.awaitFrame("\n live");
            assertFalse(
                    Pattern.compile("\u001b\\[[1-9][0-9;]*m")
                            .matcher(terminal.all())
                            .find(),
                    "NO_COLOR");
            terminal.type("\u0003");
            assertEquals("130", terminal.ended());
            assertRestored(terminal);
        }
    }

    @ParameterizedTest
    @CsvSource({"q, 0", "'\u0003', 130"})
    void terminalIsRestoredAlsoWhereTheProgramIsWokenAgainAndAgain(String key, String code) throws Exception {
        try (Program server = server("0");
                PseudoTerminal terminal = PseudoTerminal.start(
                        Map.of(), "top", server.awaitAddress().toString())) {
            terminal.awaitFrame("\n live");
            terminal.wake();
            terminal.type(key);
            while (!terminal.hasEnded()) {
                terminal.wake();
            }
            assertEquals(code, terminal.ended());
            assertRestored(terminal);
        }
    }

    @Test
    void serverThatIsGoneIsToldAndComesBack() throws Exception {
        try (Program first = server("0")) {
            URI address = first.awaitAddress();
            try (PseudoTerminal terminal = PseudoTerminal.start(Map.of(), "top", address.toString())) {
                terminal.awaitFrame("\n live");
                first.signal("KILL");
                terminal.awaitFrame("not live.*: connection refused.*figures are \\d+ .*old");
                try (Program second = server(Integer.toString(address.getPort()))) {
                    second.awaitAddress();
                    terminal.awaitFrame("\n live");
                    second.terminate();
                    terminal.await(0, "not live.{0,9}: the server restarts");
                }
                terminal.type("q");
                assertEquals("0", terminal.ended());
            }
        }
    }

    @Test
    void serverThatHangsIsToldToBeStale() throws Exception {
        try (Program server = server("0");
                PseudoTerminal terminal = PseudoTerminal.start(
                        Map.of(), "top", server.awaitAddress().toString())) {
            terminal.awaitFrame("\n live");
            server.signal("STOP");
            terminal.awaitFrame("not live.*: nothing new comes");
            server.signal("CONT");
            terminal.awaitFrame("\n live");
        }
    }

    @Test
    void hostileNamesAreShownAndNotObeyed() throws Exception {
        try (HostileServer server = new HostileServer();
                PseudoTerminal terminal = PseudoTerminal.start(Map.of(), "top", server.address())) {
            terminal.awaitFrame("\\?\\]0;owned.*evil");
            terminal.type("q");
            assertEquals("0", terminal.ended());
            String written = terminal.all()
                    .substring(terminal.all().indexOf(ENTERED))
                    .replaceAll("\u001b\\[([0-9;]*m|[HJK]|2J|\\?1049[hl]|\\?25[hl])", "");
            assertEquals("", written.replaceAll("[^\\p{Cntrl}\\p{Cf}]|[\r\n]", ""), "is not ours");
        }
        try (HostileServer server = new HostileServer()) {
            Program.End line = Program.run("top", "--once", server.address());
            assertEquals(0, line.code(), line.errors().toString());
            assertEquals(1, line.out().size());
            assertEquals("", line.out().get(0).replaceAll("[^\\p{Cntrl}\\p{Cf}]", ""));
            Program.End json = Program.run("top", "--once", "--json", server.address());
            assertEquals("", json.out().get(0).replaceAll("[ -~]", ""));
            assertTrue(new JsonObject(json.out().get(0))
                    .getJsonObject("host")
                    .getJsonObject("filesystems")
                    .containsKey("/\u001b]0;owned\u0007\u009b31m"));
        }
    }

    @Test
    void terminalThatCanOnlyPrintGetsLines() throws Exception {
        try (Program server = server("0");
                PseudoTerminal terminal = PseudoTerminal.start(
                        Map.of("TERM", "dumb"), "top", server.awaitAddress().toString())) {
            terminal.await(0, "Z  \\S+  cpu .* %  load .*\n.*Z  \\S+  cpu .* %  load ");
            terminal.type("\u0003");
            assertEquals("130", terminal.ended());
            assertFalse(terminal.all().contains("\u001b"));
        }
    }

    @Test
    void pipeGetsLinesUntilNobodyReads() throws Exception {
        try (Program server = server("0");
                Program top =
                        Program.start(Map.of(), "top", server.awaitAddress().toString())) {
            assertTrue(top.awaitLine("cpu ").contains(" %  load "));
            server.signal("KILL");
            assertTrue(top.awaitLine("n/a: connection refused").endsWith("n/a: connection refused"));
            assertTrue(top.isAlive());
        }
    }

    @Test
    void onceIsOneLineOrTheReason() throws Exception {
        URI address;
        try (Program server = server("0")) {
            address = server.awaitAddress();
            Program.End end = Program.run("top", "--once", address.toString());
            assertEquals(0, end.code(), end.errors().toString());
            assertEquals(1, end.out().size());
            assertTrue(
                    end.out()
                            .get(0)
                            .matches(
                                    "20\\S+Z  \\S+  cpu .*  load .*  memory .*  network .*  (ok|warning|critical|unknown): .*"),
                    end.out()::toString);
            Program.End json = Program.run("top", "--once", "--json", address.toString());
            JsonObject verdict = new JsonObject(json.out().get(0)).getJsonObject("verdict");
            assertTrue(verdict.getString("text").length() > 0, verdict::encode);
            assertEquals(List.of(), end.errors());
        }
        Program.End gone = Program.run("top", "--once", address.toString());
        assertEquals(new Program.End(1, List.of(), List.of("pulseboard: " + address + ": connection refused")), gone);
    }

    @Test
    void tokenComesFromAFileOrTheEnvironment() throws Exception {
        Map<String, String> users =
                Map.of("PULSEBOARD_AUTH_FOLDER", folder.resolve("users").toString());
        String token;
        try (Program add = Program.start(users, "token", "add", "wall")) {
            token = add.awaitEnd().out().get(0);
        }
        try (Program user = Program.start(users, "user", "add", "anna", "--generate")) {
            assertEquals(0, user.awaitEnd().code());
        }
        Path file = Files.writeString(folder.resolve("token"), token + "\n");
        try (Program server = Program.start(users, "--port", "0")) {
            String address = server.awaitAddress().toString();
            assertEquals(
                    0,
                    Program.run("top", "--once", "--token-file", file.toString(), address)
                            .code());
            try (Program top = Program.start(Map.of("PULSEBOARD_TOKEN", token), "top", "--once", address)) {
                assertEquals(0, top.awaitEnd().code());
            }
            Program.End without = Program.run("top", "--once", address);
            assertEquals(1, without.code());
            assertTrue(
                    without.errors().get(0).endsWith("give a token with --token-file or PULSEBOARD_TOKEN"),
                    without::toString);
            try (Program top = Program.start(Map.of("PULSEBOARD_TOKEN", "pulseboard_x"), "top", "--once", address)) {
                Program.End wrong = top.awaitEnd();
                assertEquals(1, wrong.code());
                assertTrue(
                        wrong.errors().get(0).contains("the token is wrong, has expired or was revoked"),
                        wrong::toString);
            }
        }
    }

    @Test
    void wrongArgumentsAreTheMistakeOfTheUser() throws Exception {
        for (String address : List.of("ftp://a.example", "http://a.example/?token=x", "http://", "http://a b")) {
            Program.End end = Program.run("top", "--once", address);
            assertEquals(2, end.code(), address);
            assertEquals(1, end.errors().size(), address);
        }
        Path file = Files.writeString(folder.resolve("token"), "two\nlines");
        assertEquals(
                2,
                Program.run("top", "--once", "--token-file", file.toString(), "http://a.example")
                        .code());
        assertEquals(2, Program.run("top", "--interval", "0").code());
    }

    @Test
    void certificateIsCheckedAgainstTheOnesThatAreTrusted() throws Exception {
        SelfSigned own = SelfSigned.in(folder, "127.0.0.1");
        Map<String, String> tls = Map.of(
                "PULSEBOARD_TLS_CERTIFICATE_FILE", own.certificate().toString(),
                "PULSEBOARD_TLS_KEY_FILE", own.key().toString());
        try (Program server = Program.start(tls, "--port", "0")) {
            String line = server.awaitLine(" is at https://");
            String address = line.substring(line.indexOf("https://"));
            Program.End refused = Program.run("top", "--once", address);
            assertEquals(1, refused.code());
            assertTrue(refused.errors().get(0).contains(": TLS: "), refused::toString);
            String ca = own.certificate().toString();
            assertEquals(
                    0, Program.run("top", "--once", "--ca-file", ca, address).code());
            Program.End other =
                    Program.run("top", "--once", "--ca-file", ca, address.replace("127.0.0.1", "localhost"));
            assertTrue(other.errors().get(0).contains(": TLS: "), "the name is checked, too: " + other);
        }
    }
}
