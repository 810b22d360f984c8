package pulseboard.feed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** How long the ticks of a board took, as a histogram. Not thread-safe. */
final class TickTimes {

    private static final double[] BOUNDS_SECONDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5};

    private final long[] counts = new long[BOUNDS_SECONDS.length + 1];
    private double sum;

    void add(long nanos) {
        double seconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
        int bucket = 0;
        while (bucket < BOUNDS_SECONDS.length && seconds > BOUNDS_SECONDS[bucket]) {
            bucket++;
        }
        counts[bucket]++;
        sum += seconds;
    }

    /** {@code bounds} in seconds, {@code counts} of each bucket alone and of what is above all bounds, {@code seconds} in all. */
    JsonObject toJson() {
        JsonArray bounds = new JsonArray();
        for (double bound : BOUNDS_SECONDS) {
            bounds.add(bound);
        }
        JsonArray each = new JsonArray();
        for (long count : counts) {
            each.add(count);
        }
        return new JsonObject().put("bounds", bounds).put("counts", each).put("seconds", sum);
    }
}
