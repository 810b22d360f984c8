package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What there is of NATS in a hub that is the only one, by the classes that it has loaded. */
@Tag("system")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HubsAtRestTest {

    @TempDir
    private Path folder;

    @Test
    void withoutNatsNothingOfItIsLoaded() throws Exception {
        Path classes = folder.resolve("classes");
        Map<String, String> environment =
                Map.of("PULSEBOARD_FLEET_ACCEPT", "true", "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (Program program = Program.start(environment, "--port", "0")) {
            URI board = program.awaitAddress().resolve("api/boards/fleet");
            HttpClient http = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(board).build();
            Until.isTrue(
                    "the list is there",
                    () -> http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body()
                            .contains("hostCount"));
            try (Stream<String> lines = Files.lines(classes)) {
                assertEquals(
                        List.of(),
                        lines.filter(line -> line.contains(" io.nats.") || line.contains(" pulseboard.fleet.nats."))
                                .toList());
            }
        }
    }
}
