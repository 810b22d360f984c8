package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What there is of S3 in the processes that copy nothing, by the classes that each has loaded. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3AtRestTest {

    private static final List<String> ENGINE =
            List.of(" pulseboard.board.s3.engine.", " pulseboard.board.s3.wire.", " software.amazon.");

    /** It reads the addresses in settings. */
    private static final String TARGET = " pulseboard.board.s3.wire.Target ";

    private static final List<String> BOARD = List.of(" pulseboard.board.s3.S3Verticle");

    @TempDir
    private Path folder;

    private Program start(String... arguments) throws IOException {
        Map<String, String> environment = Map.of(
                "LC_ALL",
                "C.UTF-8",
                "PULSEBOARD_AUTH_FOLDER",
                folder.resolve("users").toString(),
                "JAVA_TOOL_OPTIONS",
                "-Xlog:class+load:file=" + folder.resolve("%p.classes"));
        return Program.start(environment, arguments);
    }

    private List<String> loaded(long process, List<String> beginnings) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(process + ".classes"))) {
            return lines.filter(line -> beginnings.stream().anyMatch(line::contains) && !line.contains(TARGET))
                    .toList();
        }
    }

    @Test
    void monitorLoadsNothingOfItAndTheWorkerOnlyTheBoard() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("settings.yaml"),
                "s3: {folder: " + folder.resolve("s3") + ", jobs: {photos: {source: " + folder
                        + ", bucket: photos, endpoint: \"http://127.0.0.1:1\"}}}\n");
        try (Program program = start("--port", "0", "--config", settings.toString())) {
            URI board = program.awaitAddress().resolve("api/boards/s3");
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(board).build();
            Until.isTrue(
                    "the job is there",
                    () -> http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .contains("\"idle\""));
            ProcessHandle monitor = ProcessHandle.of(program.pid()).orElseThrow();
            assertEquals(List.of(), loaded(monitor.pid(), ENGINE));
            assertEquals(List.of(), loaded(monitor.pid(), BOARD));
            long worker = monitor.children().findFirst().orElseThrow().pid();
            assertFalse(loaded(worker, BOARD).isEmpty());
            assertEquals(List.of(), loaded(worker, ENGINE));
        }
    }
}
