package pulseboard.board.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Since when a job is overdue: one that never came to a good end as well as one that did so too long ago. */
class OverdueTest {

    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private EngineRun run(int mustSucceedHours) {
        JobConfig job = With.values(
                JobConfig.of("/srv/photos", "bucket", "", ""),
                Map.of("mustSucceedHours", mustSucceedHours, "region", "eu-1"));
        S3Config config = With.values(S3Config.DEFAULT, Map.of("jobs", Map.of("photos", job)));
        EngineRun.Job of = new EngineRun.Job("photos", config, folder.resolve("photos"), List.of());
        return new EngineRun(vertx, vertx.createNetClient(), of, state -> {});
    }

    @Test
    void jobThatNeverSucceededIsOverdueAsLongAfterItWasSeenFirst() throws IOException {
        long before = System.currentTimeMillis();
        long due = run(24).overdueSince();
        assertTrue(due >= before + DAY && due <= System.currentTimeMillis() + DAY, () -> due + " after " + before);
        assertEquals(due, run(24).overdueSince(), "another start is no other first sight");
        Files.writeString(folder.resolve("photos/first-seen"), Long.toString(before - 2 * DAY));
        assertEquals(before - DAY, run(24).overdueSince());
    }

    @Test
    void successCountsFromWhenItWas() throws IOException {
        Files.createDirectories(folder.resolve("photos"));
        Files.writeString(folder.resolve("photos/first-seen"), "1000");
        Files.writeString(
                folder.resolve("photos/last.json"),
                new JsonObject().put("lastSuccessAt", 5_000L).encode());
        assertEquals(5_000 + DAY, run(24).overdueSince());
    }

    @Test
    void whereNobodyAsksForSuccessNothingIsOverdue() {
        assertEquals(Long.MAX_VALUE, run(0).overdueSince());
    }
}
