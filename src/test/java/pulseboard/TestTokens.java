package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Users and tokens of a program that has them in a folder of its own: what tests of roles begin with. */
final class TestTokens {

    private final Path folder;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Below this folder of a test. */
    TestTokens(Path folder) {
        this.folder = folder.resolve("users");
    }

    /** What a program is started with that is to know them. */
    Map<String, String> environment() {
        return Map.of("LC_ALL", "C.UTF-8", "PULSEBOARD_AUTH_FOLDER", folder.toString());
    }

    /** Makes one with these scopes. A program that runs already knows it within a second or so. */
    String add(String name, String... scopes) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("token", "add", name),
                        Stream.of(scopes).flatMap(scope -> Stream.of("--scope", scope)))
                .toList();
        try (Program add = Program.start(environment(), command.toArray(String[]::new))) {
            Program.End end = add.awaitEnd();
            assertEquals(0, end.code(), end::toString);
            return end.out().get(0);
        }
    }

    /** Sends a request with a token; none when it is empty. */
    HttpResponse<String> send(HttpRequest.Builder request, String token) throws Exception {
        HttpRequest.Builder signed = token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        return http.send(signed.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that a program has printed, its audit log too. */
    static String log(Program.End end) {
        return String.join("\n", end.out()) + "\n" + String.join("\n", end.errors());
    }
}
