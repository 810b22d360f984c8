package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Server;

/** Names that are not ASCII where the locale is POSIX: cron, many containers, a service without {@code LANG}. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3LocaleTest {

    private static final Map<String, String> POSIX = Map.of("LC_ALL", "POSIX");
    private static final String NAME = "ü.jpg";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private String send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void boardSendsThemAndTheTerminalSaysWhatToDo() throws Exception {
        try (S3Server server = new S3Server(Files.createDirectory(folder.resolve("server")))) {
            S3Case files = new S3Case(server, folder, "locale");
            files.file(NAME, 1_000);
            files.file("plain", 1_000);
            String settings = files.settingsFile(server.address(), 2).toString();
            Program.End alone;
            try (Program engine = Program.start(POSIX, "s3", "run", "photos", "--config", settings)) {
                alone = engine.awaitEnd();
            }
            assertEquals(1, alone.code(), alone::toString);
            assertTrue(alone.toString().contains("LC_ALL=C.UTF-8"), alone::toString);
            assertFalse(Files.exists(files.objects().resolve("p")), "it sends nothing by half");
            try (Program program = Program.start(POSIX, "--port", "0", "--config", settings)) {
                URI board = program.awaitAddress().resolve("api/boards/s3");
                Until.isTrue(
                        "the job is there",
                        () -> send(HttpRequest.newBuilder(board)).contains("\"phase\""));
                send(HttpRequest.newBuilder(URI.create(board + "/actions/start"))
                        .POST(HttpRequest.BodyPublishers.ofString("{\"job\":\"photos\"}")));
                Until.isTrue(
                        "it is done", () -> send(HttpRequest.newBuilder(board)).contains("\"phase\":\"done\""));
            }
            files.requireEqualByRclone();
        }
    }
}
