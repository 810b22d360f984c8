package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.Relay;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;
import pulseboard.feed.MergePatch;

/** A run in a terminal: the whole of it where there is room, one line where not, and nothing that a name could make it do. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3TerminalTest {

    private static final String NASTY = "a\u001b[2Jb\nc";

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeFiles() throws IOException {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
        files.file(NASTY, 200_000);
        files.file("large.bin", 18_000_000);
    }

    private PseudoTerminal start(Relay line, Map<String, String> environment, String... more) throws IOException {
        String[] arguments = new String[5 + more.length];
        List<String> first = List.of(
                "s3",
                "run",
                "photos",
                "--config",
                files.settingsFile(line.address(), 2).toString());
        for (int index = 0; index < arguments.length; index++) {
            arguments[index] = index < 5 ? first.get(index) : more[index - 5];
        }
        return PseudoTerminal.start(environment, arguments);
    }

    @Test
    void terminalShowsHowFarItIsAndTakesKeys() throws Exception {
        try (Relay line = new Relay(server.port());
                PseudoTerminal terminal = start(line, Map.of())) {
            line.limit(1_000_000);
            terminal.awaitFrame("photos +(planning|uploading).*bytes .*workers .*large.bin.*q stop");
            terminal.type("p");
            terminal.awaitFrame("photos +paused");
            terminal.type("p");
            terminal.awaitFrame("photos +(planning|uploading)");
            terminal.type("l");
            terminal.awaitFrame("limit +50.0 MB/s");
            terminal.type("-");
            terminal.awaitFrame("workers +\\d of 1 ");
            terminal.resize(10, 50);
            terminal.awaitFrame(1, "photos: (planning|uploading)");
            terminal.resize(30, 100);
            terminal.type("q");
            terminal.awaitFrame("Stop\\? q again stops");
            terminal.type("x");
            terminal.awaitFrame("q stop");
            line.limit(0);
            assertEquals("0", terminal.ended());
            assertEquals(terminal.modes().get(0), terminal.modes().get(1));
            String all = terminal.all();
            assertTrue(all.contains("done: 2 files sent and verified"), all);
            assertFalse(all.contains("a\u001b[2Jb"), "a name is obeyed");
        }
    }

    @Test
    void keyStopsItWhenItIsPressedTwice() throws Exception {
        try (Relay line = new Relay(server.port());
                PseudoTerminal terminal = start(line, Map.of("NO_COLOR", "1"))) {
            line.limit(1_000_000);
            terminal.awaitFrame("photos +(planning|uploading)");
            terminal.type("q");
            terminal.awaitFrame("Stop\\?");
            terminal.type("q");
            assertEquals("4", terminal.ended());
            assertFalse(terminal.all().contains("\u001b[3"), "colours, though NO_COLOR is set");
        }
    }

    @Test
    void interruptStopsItPolitelyAndTheTerminalIsAsBefore() throws Exception {
        try (Relay line = new Relay(server.port());
                PseudoTerminal terminal = start(line, Map.of())) {
            line.limit(1_000_000);
            terminal.awaitFrame("photos +(planning|uploading)");
            terminal.type("\u0003");
            assertEquals("4", terminal.ended());
            assertEquals(terminal.modes().get(0), terminal.modes().get(1));
        }
    }

    @Test
    void dumbTerminalGetsALine() throws Exception {
        try (Relay line = new Relay(server.port());
                PseudoTerminal terminal = start(line, Map.of("TERM", "dumb"))) {
            assertEquals("0", terminal.ended());
            assertTrue(terminal.all().contains("photos: "), terminal::all);
            assertFalse(terminal.all().contains("\u001b[?1049h"));
        }
    }

    @Test
    void jsonIsTheStateAndThenItsChanges() throws Exception {
        Program.End end;
        try (Program program = Program.start(
                Map.of("LC_ALL", "C.UTF-8"),
                "s3",
                "run",
                "photos",
                "--json",
                "--config",
                files.settingsFile(server.address(), 2).toString())) {
            end = program.awaitEnd();
        }
        assertEquals(0, end.code(), end::toString);
        JsonObject state = new JsonObject();
        for (String line : end.out()) {
            state = (JsonObject) Objects.requireNonNull(MergePatch.apply(state, new JsonObject(line)));
        }
        String last = state.encodePrettily();
        assertEquals("done", state.getString("phase"), last);
        assertEquals(2, state.getJsonObject("files").getInteger("uploaded"));
        assertTrue(Files.exists(files.objects().resolve("p").resolve(NASTY)));
    }
}
