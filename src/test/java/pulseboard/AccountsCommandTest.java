package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Users and tokens on the command line, and what the running program makes of them. */
@Tag("long")
class AccountsCommandTest {

    private static final String PASSWORD = "correct horse battery";

    @TempDir
    private Path state;

    private Map<String, String> environment() {
        // Where the package is installed, XDG_STATE_HOME alone would mean the users of its service.
        return Map.of("PULSEBOARD_AUTH_FOLDER", state.resolve("pulseboard").toString());
    }

    private Program.End run(String input, String... arguments) throws Exception {
        return Program.runWithInput(input, environment(), arguments);
    }

    private Program.End succeed(String input, String... arguments) throws Exception {
        Program.End end = run(input, arguments);
        assertEquals(0, end.code(), () -> end.errors().toString());
        return end;
    }

    private Path file(String name) {
        return state.resolve("pulseboard").resolve(name);
    }

    private static int status(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return HttpClient.newHttpClient()
                .send(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static int signIn(String url, String name, String password) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JsonObject.of("name", name, "password", password).encode()))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private static String url(String line) {
        return line.substring(line.indexOf("http://"));
    }

    @Test
    void usersAreAddedChangedListedAndRemoved() throws Exception {
        succeed(PASSWORD, "user", "add", "anna", "--role", "admin", "--password-stdin");
        succeed("", "user", "add", "vera", "--generate");
        succeed("", "user", "passwd", "vera", "--role", "operator");
        assertEquals(
                List.of("anna\tadmin", "vera\toperator"),
                succeed("", "user", "list").out());
        succeed("", "user", "remove", "anna");
        assertEquals(List.of("vera\toperator"), succeed("", "user", "list").out());
        assertFalse(Files.readString(file("accounts.json")).contains(PASSWORD));
    }

    @Test
    void tokensAreShownOnceListedAndRevoked() throws Exception {
        List<String> printed = succeed("", "token", "add", "wall", "--scope", "read:board.host", "--expires", "7")
                .out();
        assertEquals(1, printed.size(), "nothing but the token, for TOKEN=$(…)");
        String token = printed.get(0);
        String listed = succeed("", "token", "list").out().get(0);
        assertTrue(listed.matches("[0-9a-f]{10}\twall\t-\tread:board.host\t\\d{4}-.*Z"), listed);
        assertFalse(Files.readString(file("accounts.json")).contains(token));
        succeed("", "token", "revoke", "wall");
        assertEquals(List.of(), succeed("", "token", "list").out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user|pulseboard: user: add, passwd, remove or list?; see --help",
                "user add anna --role king --generate|pulseboard: --role must be one of viewer, operator, admin, not king",
                "user add oidc:anna --generate|pulseboard: a name has letters, digits and . _ - @, and begins with a letter or"
                        + " digit: not oidc:anna",
                "user add anna --password-stdin|pulseboard: a password has 10 to 200 characters, not 5",
                "user passwd nobody --generate|pulseboard: there is no user nobody, nor any other",
                "token add wall --scope all|pulseboard: --scope must be read:* or act:*, or name one board as in"
                        + " read:board.host, or one machine as in publish:web1, not all",
                "token revoke wall|pulseboard: there is no token wall; \"pulseboard token list\" shows them",
                "tpo|pulseboard: there is no command tpo; did you mean top?; see --help",
                "--prot 9|pulseboard: there is no option --prot; did you mean --port?; see --help",
                "--xyz 9|pulseboard: there is no option --xyz; see --help",
                "user add anna vera --generate|pulseboard: too much is said: vera; see --help"
            })
    void mistakesAreToldInALine(String arguments, String line) throws Exception {
        Program.End end = run("short\n", arguments.split(" ", -1));
        assertEquals(2, end.code());
        assertEquals(List.of(line), end.errors());
        assertFalse(Files.exists(file("accounts.json")));
    }

    /** Somebody would note it, and wonder why it is refused. */
    @Test
    void passwordIsPrintedOnlyWhenItIsKept() throws Exception {
        Path file = Files.writeString(state.resolve("file"), "");
        try (Program command = Program.start(
                Map.of("PULSEBOARD_AUTH_FOLDER", file.resolve("below").toString()),
                "user",
                "add",
                "anna",
                "--generate")) {
            Program.End end = command.awaitEnd();
            assertEquals(1, end.code());
            assertEquals(List.of(), end.out());
            assertEquals(1, end.errors().size(), end.errors().toString());
        }
    }

    @Test
    void userWhoIsThereIsNotAddedAgain() throws Exception {
        succeed("", "user", "add", "anna", "--generate");
        String before = Files.readString(file("accounts.json"));
        assertEquals(2, run("", "user", "add", "anna", "--generate").code());
        assertEquals(before, Files.readString(file("accounts.json")));
    }

    @Test
    void damagedFileIsAFailureToStart() throws Exception {
        succeed("", "user", "add", "anna", "--generate");
        Files.writeString(file("accounts.json"), "{");
        Program.End end = run("", "--port", "0");
        assertEquals(1, end.code());
        assertTrue(end.errors().get(0).startsWith("pulseboard: auth.folder: " + file("accounts.json") + " is damaged"));
    }

    @Test
    void runningProgramSeesWhatTheCommandLineChanges() throws Exception {
        try (Program program = Program.start(environment(), "--port", "0")) {
            String url = url(program.awaitLine("http://"));
            assertEquals(200, status(url + "api/boards"));
            succeed(PASSWORD, "user", "add", "anna", "--password-stdin");
            awaitStatus(401, url + "api/boards");
            assertEquals(200, signIn(url, "anna", PASSWORD));
            assertEquals(401, signIn(url, "anna", "another password"));
            String token = succeed("", "token", "add", "wall").out().get(0);
            awaitStatus(200, url + "api/boards", "Authorization", "Bearer " + token);
            succeed("", "token", "revoke", "wall");
            awaitStatus(401, url + "api/boards", "Authorization", "Bearer " + token);
        }
    }

    private static void awaitStatus(int wanted, String url, String... headers) throws Exception {
        Until.isTrue(url + " answers " + wanted, () -> status(url, headers) == wanted);
    }

    @Test
    void firstPasswordIsNotForTheJournal() throws Exception {
        // What systemd says of the journal, in a file of our own.
        Path journal = Files.createFile(state.resolve("journal"));
        String asAService = "exec >'" + journal + "'\nJOURNAL_STREAM=$(stat -c %d:%i '" + journal + "')\n"
                + "export JOURNAL_STREAM";
        Program program = Program.startAfter(asAService, environment(), "--host", "0.0.0.0", "--port", "0");
        try {
            Until.isTrue("it has started", () -> Files.readString(journal).contains(" is at http://"));
        } finally {
            program.close();
        }
        String said = Files.readString(journal);
        assertTrue(said.contains("its password is in " + file("initial-admin-password")), said);
        assertFalse(
                said.contains(Files.readString(file("initial-admin-password")).strip()), said);
    }

    @Test
    void whatOtherMachinesCanReachHasAPasswordFromTheFirstStart() throws Exception {
        try (Program program = Program.start(environment(), "--host", "0.0.0.0", "--port", "0")) {
            String told = program.awaitLine("password");
            String url = url(program.awaitLine("http://"));
            String password = told.replaceFirst(".*password (\\S+) \\(.*", "$1");
            assertTrue(told.contains(file("initial-admin-password").toString()), told);
            assertEquals(password + "\n", Files.readString(file("initial-admin-password")));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file("initial-admin-password"))));
            assertEquals(401, status(url + "api/boards"));
            assertEquals(200, signIn(url, "admin", password));
        }
        try (Program program = Program.start(environment(), "--host", "0.0.0.0", "--port", "0")) {
            String line = program.awaitLine("");
            while (!line.contains(" is at http://")) {
                assertFalse(line.contains("password"), line);
                line = program.awaitLine("");
            }
        }
        succeed("", "user", "passwd", "admin", "--generate");
        assertFalse(Files.exists(file("initial-admin-password")));
    }

    @Test
    void noAuthIsOpenToEverybodyAndWarns() throws Exception {
        try (Program program = Program.start(environment(), "--host", "0.0.0.0", "--port", "0", "--no-auth")) {
            String url = url(program.awaitLine("http://"));
            assertEquals(200, status(url + "api/boards", "X-Forwarded-For", "192.0.2.1"));
            assertFalse(Files.exists(file("accounts.json")));
        }
    }
}
