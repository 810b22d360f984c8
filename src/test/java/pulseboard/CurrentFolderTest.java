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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program started where files lie about that have the names of its own. */
class CurrentFolderTest {

    @Test
    void filesInTheCurrentFolderAreNeverServed(@TempDir Path folder) throws Exception {
        List<String> names = List.of(
                "pulseboard/page/index.html",
                "pulseboard/page/widget.html",
                "pulseboard/page/mine.txt",
                "openapi.yaml");
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "mine");
        }
        try (Program program = Program.startAfter("cd '" + folder + "'", Map.of(), "--port", "0")) {
            URI address = program.awaitAddress();
            for (String path : List.of("", "index.html", "widget.html", "widget/cpu", "openapi.yaml")) {
                HttpResponse<String> answer = get(address.resolve(path));
                assertEquals(200, answer.statusCode(), path);
                assertFalse(answer.body().equals("mine"), path);
            }
            assertEquals(404, get(address.resolve("mine.txt")).statusCode());
        }
    }

    private static HttpResponse<String> get(URI address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
