package pulseboard.board.uploads.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import pulseboard.board.uploads.config.TriggerConfig;
import pulseboard.board.uploads.config.UploadsConfig;

/** What has an account rest, what slows an uploader down, and how sizes are spread. */
class RulesTest {

    private static final long HOUR = 3_600_000;

    @Test
    void aTriggerFiresAtItsCountWithinItsWindowOnly() {
        Triggers triggers = new Triggers(Map.of());
        String said = "googleapi: Error 403: USER RATE LIMIT EXCEEDED., userratelimitexceeded2";
        for (int time = 0; time < 4; time++) {
            assertTrue(
                    triggers.heard("Error 403: User rate limit exceeded.", time).isEmpty());
        }
        assertTrue(triggers.heard(said, HOUR).isEmpty(), "the window is over");
        assertEquals(1, triggers.toJson(HOUR).getJsonObject("user-rate-text").getInteger("count"));
        for (int time = 1; time < 4; time++) {
            assertTrue(triggers.heard("User rate limit exceeded", HOUR + time).isEmpty());
        }
        assertEquals(
                25,
                triggers.heard("User rate limit exceeded", HOUR + 5)
                        .orElseThrow()
                        .suspendHours());
    }

    @Test
    void aTriggerOfOnesOwnReplacesTheBuiltInOneOfItsName() {
        Triggers triggers = new Triggers(Map.of("s3-quota", new TriggerConfig("slow down", 1, 60, 2)));
        assertTrue(triggers.heard("QuotaExceeded", 0).isEmpty());
        assertEquals(2, triggers.heard("please SLOW DOWN now", 0).orElseThrow().suspendHours());
    }

    @Test
    void theSmallestLimitHoldsAndSaysWhy() {
        Throttle throttle = new Throttle(UploadsConfig.DEFAULT);
        assertEquals("off", throttle.now(0).rate());
        throttle.operator(5_000_000, 1_000);
        assertEquals(new Throttle.Limit(5_000_000, "operator"), throttle.now(0));
        assertEquals("5000000B", throttle.now(0).rate());
        assertEquals(Throttle.Limit.NONE, throttle.now(1_000));
        throttle.streams(OptionalInt.of(3));
        assertEquals(Throttle.Limit.NONE, throttle.now(1_000), "nobody is asked for streams");
    }

    @Test
    void sizesAreSpreadByNearestRankAndHalfOpenBuckets() {
        long mebibyte = 1L << 20;
        long[] sizes = {mebibyte, 100 * mebibyte, 1_023 * mebibyte, 1_024 * mebibyte, 60L * 1_024 * mebibyte};
        JsonObject figures = QueueFigures.ofSizes(sizes);
        assertEquals(1_023 * mebibyte, figures.getLong("p50Bytes"));
        assertEquals(60L * 1_024 * mebibyte, figures.getLong("p99Bytes"));
        assertEquals(1, bucket(figures, "0-100MB"));
        assertEquals(2, bucket(figures, "100MB-1GB"));
        assertEquals(1, bucket(figures, "1GB-10GB"));
        assertEquals(0, bucket(figures, "10GB-50GB"));
        assertEquals(1, bucket(figures, "50GB+"));
        assertEquals(20.0, figures.getDouble("largeFilePercent"));
    }

    private static int bucket(JsonObject figures, String name) {
        return figures.getJsonObject("buckets").getJsonObject(name).getInteger("files");
    }
}
