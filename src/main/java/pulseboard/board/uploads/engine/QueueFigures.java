package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How the sizes and ages of the files that wait are spread. Pure; exact up to any number, for the sizes are there anyway. */
final class QueueFigures {

    private static final long MEBIBYTE = 1L << 20;
    private static final long GIBIBYTE = 1L << 30;
    private static final int[] PERCENTILES = {50, 75, 90, 95, 99};

    /** Cloudplow's, each with what it ends below. */
    private static final Map<String, Long> BUCKETS = new LinkedHashMap<>();

    /** By the time of the last change, each with how many days it ends below. */
    private static final Map<String, Integer> AGES = new LinkedHashMap<>();

    static {
        BUCKETS.put("0-100MB", 100 * MEBIBYTE);
        BUCKETS.put("100MB-1GB", GIBIBYTE);
        BUCKETS.put("1GB-10GB", 10 * GIBIBYTE);
        BUCKETS.put("10GB-50GB", 50 * GIBIBYTE);
        BUCKETS.put("50GB+", Long.MAX_VALUE);
        AGES.put("today", 1);
        AGES.put("week", 7);
        AGES.put("month", 30);
        AGES.put("quarter", 90);
        AGES.put("year", 365);
        AGES.put("older", Integer.MAX_VALUE);
    }

    private QueueFigures() {}

    /** Percentiles (nearest rank), mean, deviation, largest, buckets; nothing of an empty list. */
    static JsonObject ofSizes(long[] given) {
        JsonObject json = new JsonObject();
        if (given.length == 0) {
            return json;
        }
        long[] sizes = given.clone();
        Arrays.sort(sizes);
        for (int percentile : PERCENTILES) {
            json.put("p" + percentile + "Bytes", percentile(sizes, percentile));
        }
        double sum = 0;
        double squares = 0;
        for (long size : sizes) {
            sum += size;
            squares += (double) size * size;
        }
        double mean = sum / sizes.length;
        double variance = Math.max(0, squares / sizes.length - mean * mean);
        return json.put("meanBytes", Math.round(mean))
                .put("deviationBytes", Math.round(Math.sqrt(variance)))
                .put("maximumBytes", sizes[sizes.length - 1])
                .put("largeFilePercent", percent(countFrom(sizes, 50 * GIBIBYTE), sizes.length))
                .put("buckets", buckets(sizes, sum));
    }

    /** The ⌈p·n/100⌉-th smallest. */
    private static long percentile(long[] sorted, int percentile) {
        int rank = (int) (((long) percentile * sorted.length + 99) / 100);
        return sorted[rank - 1];
    }

    private static int countFrom(long[] sorted, long least) {
        int at = Arrays.binarySearch(sorted, least - 1);
        int from = at < 0 ? -at - 1 : at;
        while (from < sorted.length && sorted[from] < least) {
            from++;
        }
        return sorted.length - from;
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : Math.round(part * 1_000 / whole) / 10.0;
    }

    private static JsonObject buckets(long[] sorted, double all) {
        JsonObject json = new JsonObject();
        int at = 0;
        for (Map.Entry<String, Long> bucket : BUCKETS.entrySet()) {
            int begin = at;
            long bytes = 0;
            while (at < sorted.length && (sorted[at] < bucket.getValue() || bucket.getValue() == Long.MAX_VALUE)) {
                bytes += sorted[at++];
            }
            json.put(
                    bucket.getKey(),
                    new JsonObject()
                            .put("files", at - begin)
                            .put("bytes", bytes)
                            .put("filesPercent", percent(at - begin, sorted.length))
                            .put("bytesPercent", percent((double) bytes, all)));
        }
        return json;
    }

    /** Files and bytes by age; a time to come is today, no time is unknown. */
    static JsonObject ages(Queue queue, long now) {
        Map<String, long[]> sums = new LinkedHashMap<>();
        AGES.keySet().forEach(label -> sums.put(label, new long[2]));
        sums.put("unknown", new long[2]);
        for (int number : queue.waiting()) {
            String label = queue.time(number) == Queue.NO_TIME ? "unknown" : age(now / 1_000 - queue.time(number));
            long[] sum = sums.computeIfAbsent(label, any -> new long[2]);
            sum[0]++;
            sum[1] += queue.size(number);
        }
        JsonObject json = new JsonObject();
        sums.forEach((label, sum) ->
                json.put(label, new JsonObject().put("files", sum[0]).put("bytes", sum[1])));
        return json;
    }

    private static String age(long seconds) {
        long days = TimeUnit.SECONDS.toDays(seconds);
        for (Map.Entry<String, Integer> age : AGES.entrySet()) {
            if (days < age.getValue()) {
                return age.getKey();
            }
        }
        return "older";
    }
}
