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
    long repeats;
    long left;
    long returned;
    long missed;
    private final Map<String, Long> complaints = new LinkedHashMap<>();
    private final Histogram latency = new Histogram(MOST_MICROSECONDS, 3);
    private final Histogram absence = new Histogram(MOST_MICROSECONDS, 3);

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

    /** A viewer has a snapshot again, so long after it was lost. */
    void returned(long nanoseconds) {
        returned++;
        absence.recordValue(Math.min(MOST_MICROSECONDS, nanoseconds / 1000));
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
                .put("repeats", repeats)
                .put("resyncs", resyncs)
                .put("unansweredRequests", unanswered)
                .put("returned", returned)
                .put("triesInVain", missed)
                .put("complaints", words)
                .put("latencyMilliseconds", milliseconds(latency))
                .put("absenceMilliseconds", milliseconds(absence));
    }

    private static JsonObject milliseconds(Histogram histogram) {
        return new JsonObject()
                .put("p50", histogram.getValueAtPercentile(50) / 1e3)
                .put("p90", histogram.getValueAtPercentile(90) / 1e3)
                .put("p99", histogram.getValueAtPercentile(99) / 1e3)
                .put("max", histogram.getMaxValue() / 1e3);
    }
}
