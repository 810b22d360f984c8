package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.engine.Ages;
import pulseboard.engine.FileTypes;
import pulseboard.engine.Sizes;

/** Of which types, ages and sizes the files of the folder are. Thread-safe. */
final class Kinds {

    private static final long[] BOUNDS = {100L << 10, 1L << 20, 10L << 20, 100L << 20, 1L << 30, Long.MAX_VALUE};
    private static final String[] LABELS = {"0-100KB", "100KB-1MB", "1-10MB", "10-100MB", "100MB-1GB", "1GB+"};
    private static final int[] PERCENTS = {50, 75, 90, 95, 99};

    /** Sorting all sizes takes some milliseconds: not each time that somebody looks. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final long now = System.currentTimeMillis();
    private final FileTypes types = new FileTypes();
    private final Sizes sizes = new Sizes();
    private final Map<String, FileTypes.Sum> ages = new TreeMap<>();
    private final long[] files = new long[BOUNDS.length];
    private final long[] bytes = new long[BOUNDS.length];
    private JsonObject shown = new JsonObject();
    private long shownCount;
    private long shownNanos;

    synchronized void add(LocalFile file) {
        long size = file.stamp().bytes();
        types.add(file.path(), size);
        sizes.add(size);
        ages.merge(
                Ages.of(TimeUnit.NANOSECONDS.toMillis(file.stamp().modifiedNanos()), now),
                new FileTypes.Sum(1, size),
                (one, more) -> new FileTypes.Sum(one.files() + more.files(), one.bytes() + more.bytes()));
        int bucket = 0;
        while (size >= BOUNDS[bucket]) {
            bucket++;
        }
        files[bucket]++;
        bytes[bucket] += size;
    }

    /** Puts {@code types}, {@code ages} and {@code sizes} there; nothing before there is a file. */
    synchronized void into(JsonObject json) {
        long count = sizes.count();
        if (count == 0) {
            return;
        }
        if (count != shownCount && (shownNanos == 0 || System.nanoTime() - shownNanos > PAUSE_NANOS)) {
            shown = new JsonObject()
                    .put("types", sums(types.largest()))
                    .put("ages", ages())
                    .put("sizes", sizes());
            shownCount = count;
            shownNanos = System.nanoTime();
        }
        json.mergeIn(shown);
    }

    /** From now on all that was found is shown. */
    synchronized void whole() {
        shownNanos = 0;
    }

    private static JsonObject sums(Map<String, FileTypes.Sum> of) {
        JsonObject json = new JsonObject();
        of.forEach((name, sum) -> json.put(name, sum(sum.files(), sum.bytes())));
        return json;
    }

    private static JsonObject sum(long files, long bytes) {
        return new JsonObject().put("files", files).put("bytes", bytes);
    }

    private JsonObject ages() {
        JsonObject json = new JsonObject();
        for (String label : Ages.LABELS) {
            FileTypes.Sum sum = ages.get(label);
            if (sum != null) {
                json.put(label, sum(sum.files(), sum.bytes()));
            }
        }
        return json;
    }

    private JsonObject sizes() {
        JsonObject json =
                new JsonObject().put("meanBytes", Math.round(sizes.mean())).put("maximumBytes", sizes.largest());
        for (int percent : PERCENTS) {
            json.put("p" + percent + "Bytes", sizes.percentile(percent));
        }
        JsonObject buckets = new JsonObject();
        for (int bucket = 0; bucket < LABELS.length; bucket++) {
            buckets.put(
                    LABELS[bucket],
                    sum(files[bucket], bytes[bucket])
                            .put("filesPercent", percent((double) files[bucket], (double) sizes.count()))
                            .put("bytesPercent", percent((double) bytes[bucket], sizes.sum())));
        }
        return json.put("buckets", buckets);
    }

    private static double percent(double part, double whole) {
        return whole == 0 ? 0 : Math.round(part * 1_000 / whole) / 10.0;
    }
}
