package pulseboard.board.s3.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestTimesTest {

    private final RequestTimes times = new RequestTimes();

    private JsonObject puts() {
        return times.toJson().getJsonObject("put");
    }

    @Test
    void eachIsCountedOnceByTheLeastBoundThatHoldsIt() {
        for (long milliseconds : new long[] {1, 5, 6, 900, 61_000, 7_000_000}) {
            times.took("put", TimeUnit.MILLISECONDS.toNanos(milliseconds));
        }
        times.took("list", 1);
        JsonObject buckets = puts().getJsonObject("buckets");
        assertEquals(2, buckets.getLong("0.005"));
        assertEquals(1, buckets.getLong("0.01"));
        assertEquals(1, buckets.getLong("1"));
        assertEquals(2, buckets.getLong("more"));
        assertEquals(
                6, buckets.stream().mapToLong(each -> (Long) each.getValue()).sum());
        assertEquals(7_061.912, puts().getDouble("seconds"));
    }

    @Test
    void percentilesAreWithinATwentieth() {
        for (int milliseconds = 1; milliseconds <= 1_000; milliseconds++) {
            times.took("put", TimeUnit.MILLISECONDS.toNanos(milliseconds));
        }
        assertEquals(500, puts().getDouble("p50Milliseconds"), 25);
        assertEquals(950, puts().getDouble("p95Milliseconds"), 47.5);
        assertEquals(990, puts().getDouble("p99Milliseconds"), 49.5);
    }
}
