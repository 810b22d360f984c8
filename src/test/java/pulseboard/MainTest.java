package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is started by a person or a service manager. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainTest {

    @TempDir
    private Path folder;

    @Test
    void helpIsPrintedAndIsNoFailure() throws Exception {
        Program.End end = Program.run("--help");
        assertEquals(0, end.code());
        String text = String.join("\n", end.out());
        for (String word :
                List.of("--config", "--print-config", "--host", "--port", "--version", "PULSEBOARD_WEB_PORT")) {
            assertTrue(text.contains(word), word + " is not in\n" + text);
        }
        assertEquals(List.of(), end.errors());
    }

    @Test
    void subcommandThatIsAskedForIsAllThatIsMade() {
        List<Board<?>> boards = Deployment.BOARDS;
        Set<String> all = Main.commandLine(boards).getSubcommands().keySet();
        assertTrue(all.containsAll(List.of("s3", "work", "top", "token")), all::toString);
        for (String each : List.of("s3", "work")) {
            String[] arguments = {each, "top", "--help"};
            assertEquals(
                    Set.of(each),
                    Main.commandLine(boards, arguments).getSubcommands().keySet());
        }
        for (String[] each : new String[][] {{"wrok", "top"}, {"--port", "0", "top"}, {"--help"}, {"--prot", "0"}}) {
            assertEquals(all, Main.commandLine(boards, each).getSubcommands().keySet());
        }
        for (String[] each : new String[][] {{}, {"--port", "0", "--config", "top"}, {"--version"}}) {
            assertEquals(
                    Set.of(), Main.commandLine(boards, each).getSubcommands().keySet());
        }
    }

    @Test
    void versionIsTheOneOfTheBuild() throws Exception {
        Program.End end = Program.run("--version");
        assertEquals(0, end.code());
        assertTrue(
                end.out().get(0).matches("Pulseboard \\d+\\.\\d+\\.\\d+.*"),
                end.out().toString());
    }

    @Test
    void printConfigShowsFileThenEnvironmentThenFlags() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pulseboard.yaml"), "web: {port: 1111, host: 0.0.0.0, maxViewers: 5}\n");
        Map<String, String> environment = Map.of("PULSEBOARD_WEB_PORT", "2222", "PULSEBOARD_WEB_HOST", "::1");
        try (Program program =
                Program.start(environment, "--config", file.toString(), "--port", "3333", "--print-config")) {
            Program.End end = program.awaitEnd();
            assertEquals(0, end.code());
            assertTrue(end.out().contains("  port: 3333  # --port"), end.out().toString());
            assertTrue(
                    end.out().contains("  host: '::1'  # environment PULSEBOARD_WEB_HOST"),
                    end.out().toString());
            assertTrue(
                    end.out().contains("  maxViewers: 5  # " + file), end.out().toString());
            assertTrue(
                    end.out().contains("  topProcesses: 15  # default"),
                    end.out().toString());
        }
    }

    @Test
    void wrongPortIsTheMistakeOfTheUser() throws Exception {
        assertMistake(2, "--port: web.port must be a whole number, not many", Program.run("--port", "many"));
        assertMistake(2, "--port: web.port must be from 0 to 65535, not 65536", Program.run("--port", "65536"));
    }

    @Test
    void wrongProviderIsTheMistakeOfTheUser() throws Exception {
        Path file = Files.writeString(
                folder.resolve("pulseboard.yaml"),
                "oidc: {issuer: 'https://id.example', clientId: a, clientSecretFile: /nowhere, adminGroups: [a]}\n");
        assertMistake(2, "oidc.publicUrl must be", Program.run("--config", file.toString()));
        Map<String, String> environment = Map.of("PULSEBOARD_OIDC_PUBLIC_URL", "https://monitor.example");
        try (Program program = Program.start(environment, "--port", "0", "--config", file.toString())) {
            assertMistake(2, "oidc.clientSecretFile: there is no file /nowhere", program.awaitEnd());
        }
    }

    @Test
    void kernelFilesAreRefusedWhereThereAreNone() throws Exception {
        // Nothing that has to know the system's name is loaded before.
        try (Program program = Program.startWith("-Dos.name=Mac OS X", Map.of("PULSEBOARD_HOST_SOURCE", "kernel"))) {
            assertMistake(2, "host.source is kernel, and only Linux has these files, not Mac OS X", program.awaitEnd());
        }
    }

    @Test
    void everySourceServesTheHostBoard() throws Exception {
        for (String source : List.of("auto", "oshi", "kernel")) {
            try (Program program = Program.start(Map.of("PULSEBOARD_HOST_SOURCE", source), "--port", "0")) {
                String board =
                        get(program.awaitAddress().resolve("/api/boards/host")).body();
                assertTrue(board.contains("\"memory\":{\"totalBytes\":"), source + ": " + board);
                assertTrue(board.contains("\"memory\":{\"ok\":true,\"ms\""), source + ": " + board);
                assertEquals(source.equals("oshi"), !board.contains("cachedBytes"), source + ": " + board);
            }
        }
    }

    @Test
    void unknownOptionIsTheMistakeOfTheUser() throws Exception {
        assertMistake(2, "--prot", Program.run("--prot=1"));
    }

    @Test
    void unknownVariableIsTheMistakeOfTheUser() throws Exception {
        try (Program program = Program.start(Map.of("PULSEBOARD_WEB_PROT", "1"), "--port", "0")) {
            assertMistake(2, "the nearest is PULSEBOARD_WEB_PORT", program.awaitEnd());
        }
    }

    @Test
    void configThatCannotBeReadIsTheMistakeOfTheUser() throws Exception {
        assertMistake(
                2,
                "there is no file",
                Program.run("--config", folder.resolve("none.yaml").toString()));
        assertMistake(2, "cannot read", Program.run("--config", folder.toString()));
    }

    @Test
    void portInUseIsAFailureToStart() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertMistake(1, ":" + port + " is in use", Program.run("--port", port));
        }
    }

    @Test
    void addressOfAnotherMachineIsAFailureToStart() throws Exception {
        // 192.0.2.0/24 belongs to nobody (RFC 5737).
        assertMistake(1, "web.host: cannot listen on 192.0.2.1", Program.run("--host", "192.0.2.1", "--port", "0"));
    }

    @Test
    void whereNothingCanListenNobodyIsMadeAUser() throws Exception {
        Path users = folder.resolve("users");
        Map<String, String> environment = Map.of("PULSEBOARD_AUTH_FOLDER", users.toString());
        try (Program program = Program.start(environment, "--host", "192.0.2.1", "--port", "0")) {
            Program.End end = program.awaitEnd();
            assertMistake(1, "web.host: cannot listen on 192.0.2.1", end);
            assertFalse(
                    String.join("\n", end.out()).contains("password"), end.out().toString());
        }
        assertFalse(Files.exists(users.resolve("accounts.json")));
    }

    @Test
    void addressOfAllInterfacesIsToldAsOneThatCanBeOpened() throws Exception {
        for (String host : List.of("0.0.0.0", "::")) {
            try (Program program = Program.start(Map.of(), "--no-auth", "--host", host, "--port", "0")) {
                URI address = program.awaitAddress();
                assertFalse(InetAddress.getByName(address.getHost()).isAnyLocalAddress(), address.toString());
                assertEquals(200, get(address.resolve("/api/boards")).statusCode());
            }
        }
    }

    @Test
    void settingsOfAnotherMachineArePrintedThoughItsFilesAreNotHere() throws Exception {
        Path file = Files.writeString(folder.resolve("pulseboard.yaml"), """
                tls: {certificateFile: /nowhere/a.pem, keyFile: /nowhere/a.key}
                remoteWrite: {url: 'https://metrics.example/write', caFile: /nowhere/ca.pem}
                """);
        assertEquals(
                0, Program.run("--config", file.toString(), "--print-config").code());
        assertMistake(
                2,
                "tls.certificateFile must be a file that this user can read, not /nowhere/a.pem",
                Program.run("--config", file.toString(), "--port", "0"));
        Path other = Files.writeString(
                folder.resolve("other.yaml"),
                "remoteWrite: {url: 'https://metrics.example/write', caFile: /nowhere/ca}\n");
        assertMistake(
                2,
                "remoteWrite.caFile must be a file that this user can read, not /nowhere/ca",
                Program.run("--config", other.toString(), "--port", "0"));
    }

    @Test
    void logFolderThatCannotBeWrittenIsTheMistakeOfTheUser() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Map<String, String> environment =
                Map.of("PULSEBOARD_LOG_FOLDER", file.resolve("logs").toString());
        try (Program program = Program.start(environment, "--port", "0")) {
            assertMistake(2, "log.folder: cannot write to " + file, program.awaitEnd());
        }
    }

    @Test
    void logFolderThatIsClosedToTheServiceIsToldHowToOpen() throws Exception {
        // Nothing can be made below /proc, not even by root.
        Map<String, String> environment = Map.of("PULSEBOARD_LOG_FOLDER", "/proc/logs", "INVOCATION_ID", "1f");
        try (Program program = Program.start(environment, "--port", "0")) {
            assertMistake(
                    2, "\"systemctl edit pulseboard\", below [Service]: ReadWritePaths=/proc/logs", program.awaitEnd());
        }
    }

    @Test
    void optionsThatASubcommandWouldIgnoreAreRefused() throws Exception {
        assertMistake(
                2,
                "--port is not for install: settings of the service are in /etc/pulseboard/pulseboard.yaml",
                Program.run("--port", "9000", "install"));
        assertEquals(0, Program.run("--help", "install").code());
    }

    @Test
    void imageThatIsNotThereIsTheMistakeOfTheUser() throws Exception {
        Path none = folder.resolve("none");
        assertMistake(2, "--root: there is no folder " + none, Program.run("uninstall", "--root", none.toString()));
    }

    @Test
    void onlyAJarCanBeInstalled() throws Exception {
        assertMistake(2, "install: this does not run from a jar", Program.runFromClasses("install"));
        assertMistake(2, "uninstall: nothing is installed", Program.run("uninstall", "--root", folder.toString()));
    }

    private static void assertMistake(int code, String complaint, Program.End end) {
        // What is logged before the failure, on standard output, is of no concern here.
        assertEquals(1, end.errors().size(), end.errors().toString());
        assertTrue(end.errors().get(0).startsWith("pulseboard: "), end.errors().toString());
        assertTrue(end.errors().get(0).contains(complaint), end.errors().toString());
        assertEquals(code, end.code());
    }

    @Test
    void addressIsPrintedServedAndGivenUpOnTerm() throws Exception {
        try (Program program = Program.start(Map.of(), "--port", "0")) {
            URI address = program.awaitAddress();
            assertEquals("127.0.0.1", address.getHost());
            HttpResponse<String> board = get(address.resolve("/api/boards/host"));
            assertEquals(200, board.statusCode());
            assertTrue(board.body().contains("\"state\""), board.body());
            program.terminate();
            Program.End end = program.awaitEnd();
            assertTrue(end.code() == 143 || end.code() == 130, "exit code " + end.code());
            assertEquals(List.of(), end.errors());
        }
    }

    @Test
    void logFilesAreWrittenWhereTheyAreWanted() throws Exception {
        Map<String, String> environment = Map.of(
                // No check of a setting may set up logging before it is known where to.
                "PULSEBOARD_WEB_TRUSTED_PROXIES",
                "127.0.0.1",
                "PULSEBOARD_LOG_FOLDER",
                folder.resolve("a/logs").toString());
        try (Program program = Program.start(environment, "--port", "0")) {
            URI address = program.awaitAddress();
            get(address.resolve("/api/boards"));
            program.terminate();
            Program.End end = program.awaitEnd();
            assertEquals(List.of(), end.errors());
            assertEquals(List.of(), end.out());
        }
        String access = Files.readString(folder.resolve("a/logs/access.log"));
        assertTrue(access.contains("GET /api/boards HTTP/1.1"), access);
        assertTrue(Files.exists(folder.resolve("a/logs/pulseboard.log")));
    }

    private static HttpResponse<String> get(URI uri) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
