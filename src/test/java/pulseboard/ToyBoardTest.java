package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.auth.Access;
import pulseboard.board.toy.ToyConfig;
import pulseboard.board.toy.ToyVerticle;

/** A new board is its own files and one line: this one, in the real program, has everything that a board can have. */
class ToyBoardTest {

    /** The one line. */
    private static final Board<ToyConfig> LINE = new Board<>(
            "toy",
            ToyConfig.class,
            ToyConfig.DEFAULT,
            Set.of("toy"),
            false,
            config -> config.most() == 0 ? List.of() : List.of(new ToyVerticle(config)));

    private static final Path FILES = Path.of("src/test/java/pulseboard/board/toy");
    private static final int MOST_LINES = 100;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Settings settings = new Settings(List.of(LINE));
    private String base = "";

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().await(120, TimeUnit.SECONDS);
    }

    private void start(int most) throws Exception {
        settings.applyEnvironment(Map.of("PULSEBOARD_TOY_MOST", Integer.toString(most), "PULSEBOARD_WEB_PORT", "0"));
        settings.set("history.folder", folder.toString(), "test");
        int port = Deployment.deploy(vertx, settings.toConfig(), Access.open(), List.of(LINE))
                .await(120, TimeUnit.SECONDS);
        base = "http://127.0.0.1:" + port + "/api/boards/";
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(base + path)).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> add(String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(base + "toy/actions/add"))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void boardHasAllThatBoardsHave() throws Exception {
        start(10);
        assertEquals("{\"count\":3}", add("{\"by\":3}").body());
        assertEquals("{\"count\":10}", add("{\"by\":7}").body());
        HttpResponse<String> refused = add("{\"by\":1}");
        assertEquals(409, refused.statusCode());
        assertEquals("limit_reached", new JsonObject(refused.body()).getString("error"));
        assertEquals(400, add("{\"by\":\"1\"}").statusCode());
        assertEquals("count 10", get("toy/text").body());
        Until.isTrue("the state is told", () -> get("toy").body().contains("\"count\":10"));
        assertTrue(get("boards").body().contains("\"title\":\"Toy\""));
        Until.isTrue(
                "the count is in the history",
                () -> new JsonObject(get("toy/history?from=-9s&points=9").body())
                        .getJsonObject("series", new JsonObject())
                        .getJsonObject("count", new JsonObject())
                        .getJsonArray("max", new JsonArray())
                        .contains(10));
    }

    @Test
    void boardThatIsOffIsNotThere() throws Exception {
        start(0);
        assertEquals(404, get("toy").statusCode());
        assertFalse(get("boards").body().contains("Toy"));
    }

    @Test
    void settingsOfTheBoardAreThoseOfItsRecord() {
        assertTrue(settings.keys().contains("toy.most"));
        assertTrue(settings.print().contains("toy:\n  most: 0  # default"), settings::print);
        settings.set("toy.most", 1_001, "toy.yaml");
        UserMistake mistake = assertThrows(UserMistake.class, settings::toConfig);
        assertEquals("toy.yaml: toy.most must be from 0 to 1000, not 1001", mistake.getMessage());
        UserMistake unknown = assertThrows(UserMistake.class, () -> settings.set("toy.mots", 1, "toy.yaml"));
        assertTrue(String.valueOf(unknown.getMessage()).endsWith("the nearest is toy.most"), unknown::getMessage);
    }

    @Test
    void boardIsSmallAndNobodyElseKnowsIt() throws IOException {
        long lines = 0;
        try (Stream<Path> files = Files.list(FILES)) {
            for (Path file : files.toList()) {
                lines += Files.readAllLines(file).size();
            }
        }
        assertTrue(lines <= MOST_LINES, lines + " lines");
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                assertFalse(Files.readString(file).contains("toy"), file.toString());
            }
        }
    }
}
