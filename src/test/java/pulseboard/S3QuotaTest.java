package pulseboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pulseboard.board.s3.CephServer;
import pulseboard.board.s3.S3Case;
import pulseboard.board.s3.With;

/** A job of a user of Ceph whose quota is too small, in the terminal, on the board and in the log. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("system")
class S3QuotaTest {

    private static final String WORDS = "the quota on the server is used up";
    private static final Map<String, String> UTF8 = Map.of("LC_ALL", "C.UTF-8");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private CephServer.User user;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private S3Case files;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void makeFiles() throws Exception {
        user = CephServer.shared().user();
        user.quota(4_500_000);
        files = new S3Case(user, folder, "b" + UUID.randomUUID());
        for (int number = 0; number < 10; number++) {
            files.file("f" + number, 1_000_000);
        }
    }

    @Test
    void itSaysWhyAndGoesOnWhenThereIsRoom() throws Exception {
        String settings = files.settingsFile(
                        With.values(files.config(user.server().address()), Map.of("maxWorkers", 1)))
                .toString();
        Program.End end;
        try (Program engine = Program.start(UTF8, "s3", "run", "photos", "--config", settings)) {
            end = engine.awaitEnd();
        }
        assertEquals(3, end.code(), end::toString);
        assertTrue(end.errors().stream().anyMatch(line -> line.contains(WORDS) && line.endsWith("[quotaExceeded]")));
        try (Program program = Program.start(UTF8, "--port", "0", "--config", settings)) {
            URI address = program.awaitAddress();
            Until.isTrue("it can be started", () -> start(address) == 200);
            Until.isTrue("it has failed again", () -> phase(address).equals("failed") && unchanged(address) == 4);
            JsonObject job = job(address);
            assertTrue(job.getJsonObject("run").getString("reason").contains(WORDS), job::encode);
            assertEquals(6, job.getJsonObject("errors").getJsonObject("byCode").getInteger("quotaExceeded"));
            assertTrue(program.awaitLine("The run of the job photos is failed").contains(WORDS));
            user.quota(20_000_000);
            assertEquals(200, start(address));
            Until.isTrue("it is done", () -> phase(address).equals("done"));
            assertEquals(4, unchanged(address));
            program.terminate();
            assertEquals(143, program.awaitEndUnread());
        }
        files.requireEqualByRclone();
    }

    private String phase(URI address) throws IOException, InterruptedException {
        return job(address).getString("phase", "");
    }

    private int unchanged(URI address) throws IOException, InterruptedException {
        return job(address).getJsonObject("files").getInteger("unchanged");
    }

    private JsonObject job(URI address) throws IOException, InterruptedException {
        String body = http.send(
                        HttpRequest.newBuilder(address.resolve("api/boards/s3")).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new JsonObject(body)
                .getJsonObject("state", new JsonObject())
                .getJsonObject("jobs", new JsonObject())
                .getJsonObject("photos", new JsonObject());
    }

    private int start(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/boards/s3/actions/start"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"job\":\"photos\"}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
