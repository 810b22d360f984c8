package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What all viewers of one run saw, counted. Used on the thread of the crowd. */
final class Tally {

    private static final long MOST_MICROSECONDS = 3_600_000_000L;

    int open;
    int lost;
    int following;
    long changes;
    long bytes;
    long holes;
    long resyncs;
    long unanswered;
    private final Map<String, Long> complaints = new LinkedHashMap<>();
    private final Histogram latency = new Histogram(MOST_MICROSECONDS, 3);

    /** Begins anew with what is measured; holes and losses are counted from the start. */
    void restart() {
        changes = 0;
        bytes = 0;
        latency.reset();
    }

    void changed(long microseconds) {
        changes++;
        latency.recordValue(Math.max(0, Math.min(MOST_MICROSECONDS, microseconds)));
    }

    void complained(String words) {
        if (complaints.size() < 20 || complaints.containsKey(words)) {
            complaints.merge(words, 1L, Long::sum);
        }
    }

    JsonObject toJson() {
        JsonObject words = new JsonObject();
        complaints.forEach(words::put);
        return new JsonObject()
                .put("connected", open)
                .put("lost", lost)
                .put("changes", changes)
                .put("bytes", bytes)
                .put("holes", holes)
                .put("resyncs", resyncs)
                .put("unansweredRequests", unanswered)
                .put("complaints", words)
                .put(
                        "latencyMilliseconds",
                        new JsonObject()
                                .put("p50", latency.getValueAtPercentile(50) / 1e3)
                                .put("p90", latency.getValueAtPercentile(90) / 1e3)
                                .put("p99", latency.getValueAtPercentile(99) / 1e3)
                                .put("max", latency.getMaxValue() / 1e3));
    }
}
