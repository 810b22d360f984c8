package pulseboard.board.s3;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import pulseboard.engine.Ages;
import pulseboard.engine.FileTypes;

/**
 * A run that another program does and tells of, by calls such as {@code {"call":"incrementUploaded","bytes":12}}. Time is a
 * parameter, in Unix milliseconds. Used by one thread.
 */
final class Report {

    private static final long SILENT_MILLISECONDS = TimeUnit.MINUTES.toMillis(1);
    private static final double BITS_OF_MEGA = 8 / 1e6;

    private final Map<String, Long> counts = new TreeMap<>();
    private final Recent recent;
    private final Recent errors;
    private final Recent warnings;
    private final FileTypes types = new FileTypes();
    private final Map<String, FileTypes.Sum> ages = new TreeMap<>();
    private long startedAt;
    private long endedAt;
    private long heardAt;
    private boolean isLost;
    private double speed;
    private double peak;
    private JsonObject active = new JsonObject();

    Report(int mostRecent) {
        recent = new Recent(mostRecent);
        errors = new Recent(mostRecent);
        warnings = new Recent(mostRecent);
    }

    /** The last entries of something, and how many there were. */
    private static final class Recent {
        private final int most;
        private final TreeMap<Long, JsonObject> entries = new TreeMap<>();
        private long count;

        Recent(int most) {
            this.most = most;
        }

        void add(JsonObject entry) {
            entries.put(++count, entry);
            if (entries.size() > most) {
                entries.pollFirstEntry();
            }
        }

        JsonObject toJson() {
            JsonObject json = new JsonObject();
            entries.forEach((number, entry) -> json.put(Long.toString(number), entry));
            return json;
        }
    }

    /** Does a call that has no mistake. */
    void call(JsonObject call, long now) {
        heardAt = now;
        isLost = false;
        switch (call.getString("call")) {
            case "start" -> start(now);
            case "stop" -> endedAt = now;
            case "setTotalFiles" -> counts.put("total", call.getLong("count"));
            case "incrementProcessed" -> count("processed", 1);
            case "incrementUploaded" -> {
                count("uploaded", 1);
                count("bytes", call.getLong("bytes"));
            }
            case "incrementSkipped" -> count("skipped", 1);
            case "incrementFailed" -> count("failed", 1);
            case "updateProgress" -> progress(call, now);
            case "addError" -> trouble(errors, call.getString("error"), call.getString("fileName", ""), now);
            default -> trouble(warnings, call.getString("text"), "", now);
        }
    }

    private void start(long now) {
        if (startedAt == 0 || endedAt > 0) {
            counts.clear();
            speed = 0;
            peak = 0;
            endedAt = 0;
            startedAt = now;
        }
    }

    private void count(String key, long by) {
        counts.merge(key, by, Long::sum);
    }

    private long counted(String key) {
        return counts.getOrDefault(key, 0L);
    }

    private static void trouble(Recent list, String message, String path, long now) {
        JsonObject entry =
                new JsonObject().put("code", "reported").put("message", message).put("at", now);
        list.add(path.isEmpty() ? entry : entry.put("path", path));
    }

    private void progress(JsonObject call, long now) {
        String path = call.getString("filePath");
        long bytes = call.getLong("fileSize", 0L);
        if (call.containsKey("uploadBytesPerSecond")) {
            speed = call.getDouble("uploadBytesPerSecond");
            peak = Math.max(peak, speed);
            count("measurements", 1);
        }
        String verification = call.getString("verificationStatus", "");
        String error = call.getString("error", "");
        if (verification.equals("passed") || verification.equals("failed")) {
            count("verification " + verification, 1);
            types.add(path, bytes);
            FileTypes.Sum sum = new FileTypes.Sum(1, bytes);
            ages.merge(
                    Ages.of(call.getLong("modifiedAt", 0L), now),
                    sum,
                    (one, more) -> new FileTypes.Sum(one.files() + more.files(), one.bytes() + more.bytes()));
            recent.add(new JsonObject()
                    .put("path", path)
                    .put("bytes", bytes)
                    .put("type", FileTypes.of(path))
                    .put("result", verification.equals("passed") ? "uploaded" : "failed")
                    .put("at", now));
        }
        active = new JsonObject()
                .put(
                        "0",
                        new JsonObject()
                                .put("path", path)
                                .put("size", bytes)
                                .put("bytes", 0L)
                                .put("attempt", 1));
        if (!error.isEmpty()) {
            trouble(errors, error, path, now);
        }
    }

    /** Notes that time passes: who is silent for a minute is lost. */
    void look(long now) {
        isLost = startedAt > 0 && endedAt == 0 && now - heardAt > SILENT_MILLISECONDS;
    }

    private double average(long now) {
        long end = endedAt > 0 ? endedAt : isLost ? heardAt : now;
        return startedAt == 0 || end <= startedAt ? 0 : counted("bytes") * 1_000.0 / (end - startedAt);
    }

    /** What the program is answered. Speeds in megabits, of a million bits. */
    JsonObject summary(long now) {
        JsonObject json = new JsonObject()
                .put("total_files", counted("total"))
                .put("files_processed", counted("processed"))
                .put("files_uploaded", counted("uploaded"))
                .put("files_skipped", counted("skipped"))
                .put("files_failed", counted("failed"))
                .put("bytes_uploaded", counted("bytes"));
        BiConsumer<String, Double> rate =
                (key, bytes) -> json.put(key, Math.round(bytes * BITS_OF_MEGA * 1_000) / 1_000.0);
        rate.accept("upload_speed_mbps", speed);
        rate.accept("average_speed_mbps", average(now));
        rate.accept("peak_speed_mbps", peak);
        return json.put("bandwidth_measurements", counted("measurements"))
                .put("verification_passed", counted("verification passed"))
                .put("verification_failed", counted("verification failed"))
                .put("errors_count", errors.count)
                .put("warnings_count", warnings.count);
    }

    private String phase() {
        if (startedAt == 0) {
            return "idle";
        }
        return isLost ? "lost" : endedAt == 0 ? "uploading" : counted("failed") > 0 ? "failed" : "done";
    }

    /** The same as the board shows it. */
    JsonObject toJson(String name) {
        String phase = phase();
        boolean isUnderWay = phase.equals("uploading");
        return new JsonObject()
                .put("reported", true)
                .put("source", name)
                .put("target", "reported by another program")
                .put("endpoint", "")
                .put("dryRun", false)
                .put("phase", phase)
                .put("run", run(name))
                .put(
                        "files",
                        new JsonObject()
                                .put("found", counted("total"))
                                .put("planned", counted("total"))
                                .put("uploaded", counted("uploaded"))
                                .put("skipped", counted("skipped"))
                                .put("failed", counted("failed"))
                                .put("processed", counted("processed")))
                .put("bytes", new JsonObject().put("done", counted("bytes")))
                .put("rates", new JsonObject().put("bytesPerSecond", isUnderWay ? Math.round(speed) : 0L))
                .put(
                        "verification",
                        new JsonObject()
                                .put("mode", "reported")
                                .put("passed", counted("verification passed"))
                                .put("failed", counted("verification failed")))
                .put("active", isUnderWay ? active : new JsonObject())
                .put("recent", recent.toJson())
                .put("types", sums(types.largest()))
                .put("ages", sums(ages))
                .put("errors", new JsonObject().put("count", errors.count).put("recent", errors.toJson()))
                .put("warnings", new JsonObject().put("count", warnings.count).put("recent", warnings.toJson()));
    }

    private JsonObject run(String name) {
        JsonObject run = new JsonObject();
        if (startedAt > 0) {
            run.put("id", name + "-" + startedAt).put("startedAt", startedAt);
        }
        if (endedAt > 0) {
            run.put("endedAt", endedAt);
        }
        return isLost ? run.put("reason", "nothing was heard of it for a minute") : run;
    }

    private static JsonObject sums(Map<String, FileTypes.Sum> of) {
        JsonObject json = new JsonObject();
        of.forEach((name, sum) ->
                json.put(name, new JsonObject().put("files", sum.files()).put("bytes", sum.bytes())));
        return json;
    }
}
