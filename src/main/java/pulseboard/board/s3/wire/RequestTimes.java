package pulseboard.board.s3.wire;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long requests took, of each kind, from the first byte that was sent to the last one of the answer; those that broke count,
 * too. Thread-safe.
 */
public final class RequestTimes {

    /** Upper bounds in seconds, as Prometheus' clients have them, and for large bodies some more. */
    private static final String[] BOUNDS = {
        "0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "5", "10", "30", "60"
    };

    /** What is above all bounds. */
    private static final String MORE = "more";

    /** Of the finer counts, for percentiles: each is 4.4 % above the one before. */
    private static final int STEPS_AN_OCTAVE = 16;

    private static final int OCTAVES = 32;

    private final Map<String, Times> byOperation = new ConcurrentSkipListMap<>();

    void took(String operation, long nanos) {
        byOperation.computeIfAbsent(operation, name -> new Times()).add(Math.max(0, nanos));
    }

    /** By kind: {@code seconds} all together, percentiles, and how many took how long ({@code buckets}, by upper bound in seconds). */
    public JsonObject toJson() {
        JsonObject json = new JsonObject();
        byOperation.forEach((operation, times) -> json.put(operation, times.toJson()));
        return json;
    }

    private static final class Times {

        private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS.length + 1);
        private final AtomicLongArray fine = new AtomicLongArray(STEPS_AN_OCTAVE * OCTAVES);
        private final LongAdder nanos = new LongAdder();

        void add(long took) {
            double seconds = took / 1e9;
            int bucket = 0;
            while (bucket < BOUNDS.length && seconds > Double.parseDouble(BOUNDS[bucket])) {
                bucket++;
            }
            buckets.incrementAndGet(bucket);
            fine.incrementAndGet(step(took));
            nanos.add(took);
        }

        /** From a microsecond on. */
        private static int step(long took) {
            double octaves = Math.log(Math.max(1, took / 1e3)) / Math.log(2);
            return Math.min(STEPS_AN_OCTAVE * OCTAVES - 1, (int) (octaves * STEPS_AN_OCTAVE));
        }

        JsonObject toJson() {
            JsonObject counts = new JsonObject();
            for (int bucket = 0; bucket <= BOUNDS.length; bucket++) {
                counts.put(bucket == BOUNDS.length ? MORE : BOUNDS[bucket], buckets.get(bucket));
            }
            return new JsonObject()
                    .put("seconds", Math.round(nanos.sum() / (double) TimeUnit.MILLISECONDS.toNanos(1)) / 1e3)
                    .put("p50Milliseconds", percentile(50))
                    .put("p95Milliseconds", percentile(95))
                    .put("p99Milliseconds", percentile(99))
                    .put("buckets", counts);
        }

        /** Nearest rank; the upper end of the step that has it. */
        private double percentile(int percent) {
            long all = 0;
            for (int step = 0; step < fine.length(); step++) {
                all += fine.get(step);
            }
            long rank = (all * percent + 99) / 100;
            int step = 0;
            for (long below = fine.get(0); below < rank && step < fine.length() - 1; below += fine.get(step)) {
                step++;
            }
            double milliseconds = Math.pow(2, (step + 1.0) / STEPS_AN_OCTAVE) / 1e3;
            return milliseconds < 10 ? Math.round(milliseconds * 10) / 10.0 : Math.round(milliseconds);
        }
    }
}
