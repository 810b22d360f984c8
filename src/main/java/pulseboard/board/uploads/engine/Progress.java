package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.engine.Estimate;
import pulseboard.engine.Pace;

/**
 * How far a session is: what is finished, how fast it goes, how long it will still take. Counted from what rclone finished and the
 * sizes of our own list, never from rclone's totals. Not thread-safe.
 */
final class Progress {

    private static final double SMOOTHING_SECONDS = 5;
    private static final double ESTIMATE_SMOOTHING_SECONDS = 30;
    private static final double FIRST_ESTIMATE_SECONDS = 5;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final int MOST_RECENT = 10;

    private final Pace bytesPace = new Pace(SMOOTHING_SECONDS);
    private final Pace filesPace = new Pace(SMOOTHING_SECONDS);
    private final Pace slowPace = new Pace(ESTIMATE_SMOOTHING_SECONDS);
    private final Estimate estimate = new Estimate();
    private final ActiveFiles active = new ActiveFiles();
    private final WorkerTimes times = new WorkerTimes();
    private final TreeMap<Long, JsonObject> recent = new TreeMap<>();
    private final Map<String, Integer> results = new TreeMap<>();
    private final Map<String, Long> resultBytes = new TreeMap<>();
    private final long plannedFiles;
    private final long plannedBytes;
    private long finished;
    private long highest;

    /** Nothing is finished yet of so many. */
    Progress(long plannedFiles, long plannedBytes) {
        this.plannedFiles = plannedFiles;
        this.plannedBytes = plannedBytes;
    }

    /** A file is finished, in one way or another: {@code uploaded}, {@code unchanged}, {@code failed} or {@code skipped}. */
    void finished(String path, long bytes, String result, long at) {
        finished++;
        results.merge(result, 1, Integer::sum);
        resultBytes.merge(result, bytes, Long::sum);
        recent.put(
                finished,
                new JsonObject()
                        .put("path", path)
                        .put("bytes", bytes)
                        .put("result", result)
                        .put("at", at));
        if (recent.size() > MOST_RECENT) {
            recent.pollFirstEntry();
        }
    }

    /** A file has arrived since the last look. */
    void timed(String path, long bytes) {
        times.arrived(path, bytes);
    }

    /** What rclone is at now; each file keeps its slot. */
    void looked(JsonArray transferring, long nanos, boolean isPaused) {
        active.looked(transferring);
        times.looked(active.paths(), nanos, estimate);
        highest = Math.max(highest, doneBytes() + inFlightBytes());
        bytesPace.sample(nanos, (double) highest, isPaused);
        slowPace.sample(nanos, (double) highest, isPaused);
        filesPace.sample(nanos, (double) finished, isPaused);
    }

    /** What is under way. */
    Iterable<ActiveFiles.Active> active() {
        return active.all();
    }

    List<String> activePaths() {
        return active.paths();
    }

    /** How many files are finished, in whatever way. */
    long finished() {
        return finished;
    }

    long doneBytes() {
        return resultBytes.getOrDefault("uploaded", 0L);
    }

    int count(String result) {
        return results.getOrDefault(result, 0);
    }

    private long inFlightBytes() {
        return active.bytes();
    }

    /** What was to be sent: it turns out only on the way what has been there already. */
    private long toSendBytes() {
        return plannedBytes - resultBytes.getOrDefault("unchanged", 0L) - resultBytes.getOrDefault("skipped", 0L);
    }

    /** Adds all to the state of the uploader. */
    void addTo(JsonObject json, boolean isOver, boolean isDone) {
        JsonObject files = new JsonObject()
                .put("found", plannedFiles)
                .put("planned", plannedFiles - count("unchanged") - count("skipped"))
                .put("processed", finished)
                .put("uploaded", count("uploaded"))
                .put("unchanged", count("unchanged"))
                .put("skipped", count("skipped"))
                .put("failed", count("failed"))
                .put("percent", percent(finished, plannedFiles, isDone));
        JsonObject bytes = new JsonObject()
                .put("found", plannedBytes)
                .put("planned", toSendBytes())
                .put("done", doneBytes())
                .put("inFlight", Math.min(inFlightBytes(), toSendBytes() - doneBytes()))
                .put("percent", percent(doneBytes(), toSendBytes(), isDone));
        json.put("files", files).put("bytes", bytes).put("rates", rates(isOver)).put("recent", recentJson());
        if (!isOver) {
            json.put("active", active.toJson());
            addEstimate(json);
        }
    }

    private static double percent(long part, long whole, boolean isDone) {
        if (isDone) {
            return 100;
        }
        return whole == 0 ? 0 : Math.min(99.9, Math.floor(part * 1_000.0 / whole) / 10);
    }

    private JsonObject rates(boolean isOver) {
        JsonObject json = new JsonObject();
        put(json, "bytesPerSecond", isOver ? OptionalDouble.of(0) : bytesPace.perSecond());
        put(json, "averageBytesPerSecond", bytesPace.averagePerSecond());
        put(json, "peakBytesPerSecond", bytesPace.peakPerSecond());
        (isOver ? OptionalDouble.of(0) : filesPace.perSecond())
                .ifPresent(rate -> json.put("filesPerSecond", Math.round(rate * 10) / 10.0));
        return json;
    }

    private static void put(JsonObject json, String key, OptionalDouble value) {
        value.ifPresent(known -> json.put(key, Math.round(known)));
    }

    /** Nothing while it would be a guess. */
    private void addEstimate(JsonObject json) {
        boolean isSilent = bytesPace.perSecond().orElse(0) <= 0;
        if (times.workers() <= 0 || isSilent || bytesPace.activeSeconds() < FIRST_ESTIMATE_SECONDS) {
            return;
        }
        double bytesLeft = (double) Math.max(0, toSendBytes() - highest);
        Estimate.Left left = new Estimate.Left(Math.max(0, plannedFiles - finished), bytesLeft);
        estimate.remainingSeconds(left, times.workers(), slowPace.perSecond()).ifPresent(seconds -> {
            long doneAt = System.currentTimeMillis() + (long) (seconds * 1_000);
            json.put(
                    "estimate",
                    new JsonObject()
                            .put("remainingSeconds", Estimate.twoDigits(seconds))
                            .put("doneAt", doneAt / MINUTE * MINUTE));
        });
    }

    private JsonObject recentJson() {
        JsonObject json = new JsonObject();
        recent.forEach((number, entry) -> json.put(Long.toString(number), entry));
        return json;
    }
}
