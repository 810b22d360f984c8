package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.S3Server;
import pulseboard.board.s3.With;

/** What the S3 board serves beside its state, in the real program: runs that were, and runs of other programs. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3ResourcesTest {

    private static final Map<String, String> UTF8 = Map.of("LC_ALL", "C.UTF-8");

    @SuppressWarnings("NullAway.Init") // Set before all.
    private static S3Server server;

    @TempDir
    private static Path serverFolder;

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void startServer() throws IOException {
        server = new S3Server(serverFolder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeFolder() throws IOException {
        files = new S3Case(server, folder, "b" + UUID.randomUUID().toString().substring(0, 8));
    }

    private Program start(Map<String, Object> values) throws IOException {
        S3Config config = With.values(files.config(server.address()), values);
        return Program.start(
                UTF8, "--port", "0", "--config", files.settingsFile(config).toString());
    }

    private HttpResponse<String> get(URI address, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(address.resolve("api/boards/s3/" + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int post(URI address, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/" + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private JsonObject job(URI address, String name) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("api/boards/s3")).build();
        return new JsonObject(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject(name, new JsonObject());
    }

    @Test
    void runsThatWereAreListedWithAllTheirFilesAndNoFormula() throws Exception {
        files.file("=1+1", 10);
        files.file("a,\"b\".txt", 10);
        files.file("new\nline", 10);
        try (Program program = start(Map.of())) {
            URI address = program.awaitAddress();
            Until.isTrue("it starts", () -> post(address, "actions/start", "{\"job\":\"photos\"}") == 200);
            Until.isTrue(
                    "it is done",
                    () -> job(address, "photos").getString("phase", "").equals("done"));
            JsonObject run = new JsonObject(get(address, "runs").body())
                    .getJsonArray("runs")
                    .getJsonObject(0);
            assertEquals(
                    "photos done 3",
                    run.getString("job") + " " + run.getString("phase") + " " + run.getInteger("uploaded"));
            String id = run.getString("id");
            assertEquals("done", new JsonObject(get(address, "runs/" + id).body()).getString("phase"));
            assertEquals(
                    3,
                    new JsonObject(get(address, "runs/" + id + "/files").body())
                            .getJsonArray("files")
                            .size());
            assertEquals(
                    0,
                    new JsonObject(get(address, "runs/" + id + "/files?state=failed")
                                    .body())
                            .getJsonArray("files")
                            .size());
            assertEquals(
                    3,
                    get(address, "runs/" + id + "/plan.ndjson").body().lines().count());
            requireCsv(address, id);
        }
    }

    private void requireCsv(URI address, String id) throws Exception {
        String csv = get(address, "runs/" + id + "/files.csv").body();
        assertTrue(csv.startsWith("path,action,"), csv);
        assertTrue(
                csv.contains("\"'=1+1\"") && csv.contains("\"a,\"\"b\"\".txt\"") && csv.contains("\"new\nline\""), csv);
        assertTrue(get(address, "runs.csv").body().contains(id));
        for (String path : List.of(
                "runs/20200101T000000.000Z",
                "runs/" + id + "/secrets",
                "runs/..%2F..%2Fphotos",
                "runs/" + id + "/last.csv")) {
            assertEquals(404, get(address, path).statusCode(), path);
        }
    }

    @Test
    void otherProgramsTellOfTheirRunsAsTheDocsSay() throws Exception {
        files.file("a", 10);
        try (Program program = start(Map.of("reports", true))) {
            URI address = program.awaitAddress();
            Until.isTrue("the board is there", () -> job(address, "photos").containsKey("phase"));
            String docs = Files.readString(Path.of("docs/boards/s3.md"));
            JsonObject summary =
                    new JsonObject(run(List.of("sh", "-c", block(docs, "sh", "incrementUploaded")), address));
            assertEquals(2_000, summary.getLong("bytes_uploaded"));
            assertEquals(2, summary.getLong("total_files"));
            assertEquals("1\n", run(List.of("python3", "-c", block(docs, "python", "def report")), address));
            Until.isTrue("it is shown", () -> "done".equals(job(address, "nas").getString("phase")));
            assertEquals(true, job(address, "nas").getBoolean("reported"));
            assertEquals(1, new JsonObject(get(address, "reports/nas").body()).getLong("files_skipped"));
            assertEquals(409, post(address, "reports/photos", "{\"call\":\"start\"}"));
            assertEquals(400, post(address, "reports/nas", "{\"call\":\"incrementFailed\"}\n{\"call\":\"nonsense\"}"));
            assertEquals(0, new JsonObject(get(address, "reports/nas").body()).getLong("files_failed"));
        }
    }

    @Test
    void withoutThatSettingNobodyCanReport() throws Exception {
        try (Program program = start(Map.of())) {
            URI address = program.awaitAddress();
            Until.isTrue("the board is there", () -> job(address, "photos").containsKey("phase"));
            assertEquals(404, post(address, "reports/nas", "{\"call\":\"start\"}"));
        }
    }

    private static String block(String docs, String language, String with) {
        Matcher blocks =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(docs);
        while (blocks.find()) {
            if (blocks.group(1).contains(with)) {
                return blocks.group(1);
            }
        }
        throw new AssertionError("no example with " + with);
    }

    private static String run(List<String> command, URI address) throws Exception {
        String root = address.toString().replaceAll("/$", "");
        List<String> here = command.stream()
                .map(word ->
                        word.replace("http://localhost:8080", root).replace(" -H \"Authorization: Bearer $TOKEN\"", ""))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(here).redirectErrorStream(true);
        builder.environment().put("PULSEBOARD", root);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
