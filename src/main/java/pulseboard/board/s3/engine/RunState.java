package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.engine.Estimate;
import pulseboard.engine.FileTypes;
import pulseboard.engine.Pace;

/** All that is told of a run, as one JSON document. Thread-safe. */
final class RunState {

    private static final double SMOOTHING_SECONDS = 5;
    private static final double ESTIMATE_SMOOTHING_SECONDS = 30;
    private static final double FIRST_ESTIMATE_SECONDS = 5;

    /** With more than this share of a limit it is the limit that makes it slow. */
    private static final double LIMITED = 0.8;

    /** What a request costs beside its bytes, as the bytes that are sent in that time: of the order of a tenth of a megabyte. */
    private static final double FILE_IN_BYTES = 131_072;

    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);

    final Tally tally = new Tally();
    final Trouble errors;
    final Trouble warnings;
    final Server server = new Server();
    private final Map<Integer, Slot> active = new ConcurrentHashMap<>();
    private final TreeMap<Long, JsonObject> recent = new TreeMap<>();
    private final Consumer<JsonObject> finishedFiles;
    private final Controls controls;
    final Kinds kinds = new Kinds();
    private final int mostRecent;
    private final JsonObject constant;
    private final JsonObject run = new JsonObject();
    private final JsonObject verification;
    private final Pace bytesPace = new Pace(SMOOTHING_SECONDS);
    private final Pace filesPace = new Pace(SMOOTHING_SECONDS);
    private final Pace slowPace = new Pace(ESTIMATE_SMOOTHING_SECONDS);
    private final Estimate estimate = new Estimate();
    private String phase = "starting";
    private WorkerTuner tuner = new WorkerTuner(0, 0, "");
    private int mostWorkers;
    private JsonObject question = new JsonObject();
    private long finished;
    private long verified;
    private long damaged;
    private @Nullable Requests requests;

    /** Where a state gets what it shows from, and where its lists go. */
    record Surroundings(Controls controls, @Nullable RunFolder lists, int mostRecent) {

        Consumer<JsonObject> list(String name) {
            RunFolder folder = lists;
            return folder == null ? line -> {} : line -> folder.add(name, line);
        }
    }

    RunState(JobConfig job, String id, RunOptions options, Surroundings around) {
        this.mostRecent = around.mostRecent;
        this.controls = around.controls;
        finishedFiles = around.list("files");
        errors = new Trouble(mostRecent, around.list("errors"));
        warnings = new Trouble(mostRecent, around.list("warnings"));
        constant = new JsonObject()
                .put("source", job.source())
                .put("target", job.bucket() + (job.prefix().isEmpty() ? "" : "/" + job.prefix()))
                .put("endpoint", job.target().address())
                .put("dryRun", options.isDryRun());
        verification = new JsonObject().put("mode", options.verify(job));
        run.put("id", id).put("startedAt", System.currentTimeMillis());
    }

    synchronized void phase(String now) {
        phase = now;
    }

    synchronized String phase() {
        return phase;
    }

    /** The end, with the reason where it is not that all is done. */
    synchronized void ended(String how, String reason) {
        phase = how;
        active.clear();
        run.put("endedAt", System.currentTimeMillis());
        if (!reason.isEmpty()) {
            run.put("reason", reason);
        }
    }

    synchronized void workers(WorkerTuner tuned, int most) {
        tuner = tuned;
        mostWorkers = most;
    }

    /** It waits for somebody to answer this; empty: for nothing. */
    synchronized void asks(JsonObject asked) {
        question = asked;
    }

    /** An earlier run, with which this one goes on. */
    synchronized void resumes(String earlier) {
        run.put("resumedFrom", earlier);
    }

    /** It looks only at what failed in an earlier run. */
    synchronized void retries(String earlier) {
        run.put("retryOf", earlier);
    }

    /** When a run of the job was done, so that all was in the bucket. */
    synchronized void succeeded(long at) {
        constant.put("lastSuccessAt", at);
    }

    /** So much was done, to be compared with later: bytes, and for each file as much as a small one is worth. */
    synchronized double work() {
        return tally.sentBytes() + FILE_IN_BYTES * finished;
    }

    int busy() {
        return active.size();
    }

    /** How often the server asked for fewer requests. */
    synchronized long throttled() {
        return requests == null ? 0 : requests.retry().throttled();
    }

    /** An object is gone. */
    void deleted(String path) {
        tally.deleted();
        finished(path, 0, 0, "deleted");
    }

    synchronized void asks(Requests made) {
        requests = made;
    }

    void begin(int slot, Slot what) {
        active.put(slot, what);
    }

    void end(int slot) {
        active.remove(slot);
    }

    /** A file is finished, in whatever way; those that took time of a worker tell how long others will take. */
    synchronized void finished(String path, long bytes, double workerSeconds, String result) {
        finished++;
        if (result.equals("uploaded")) {
            // Its share of the time of all: how many are busy later does not matter then.
            estimate.finished((double) bytes, workerSeconds / Math.max(1, active.size()));
            verified++;
        }
        JsonObject entry = new JsonObject()
                .put("path", path)
                .put("bytes", bytes)
                .put("type", FileTypes.of(path))
                .put("seconds", Math.round(workerSeconds * 100) / 100.0)
                .put("result", result)
                .put("at", System.currentTimeMillis());
        finishedFiles.accept(entry);
        recent.put(finished, entry);
        if (recent.size() > mostRecent) {
            recent.pollFirstEntry();
        }
    }

    /** What arrived was not what was sent. */
    synchronized void damaged() {
        damaged++;
    }

    /** The document as it is now; a moment of a monotonic clock. */
    synchronized JsonObject toJson(long nanos) {
        boolean isPaused = controls.isPaused();
        bytesPace.sample(nanos, (double) tally.sentBytes(), isPaused);
        slowPace.sample(nanos, (double) tally.sentBytes(), isPaused);
        filesPace.sample(nanos, (double) tally.processed(), isPaused);
        boolean isDone = phase.equals("done");
        JsonObject json = constant.copy()
                .put("phase", shownPhase())
                .put("run", run.copy())
                .put("files", tally.files(isDone))
                .put("bytes", tally.bytes(isDone))
                .put("rates", rates())
                .put("verification", verification())
                .put("workers", workersJson())
                .put("active", activeJson())
                .put("recent", recentJson())
                .put("errors", errors.toJson())
                .put("warnings", warnings.toJson())
                .put("requests", requests == null ? new JsonObject() : requests.toJson())
                .put("server", server.toJson());
        if (!question.isEmpty()) {
            json.put("question", question.copy());
        }
        kinds.into(json);
        if (controls.limit().perSecond() > 0) {
            json.put("limitBytesPerSecond", controls.limit().perSecond());
        }
        JsonObject left = estimateJson();
        return left.isEmpty() ? json : json.put("estimate", left);
    }

    private String shownPhase() {
        if (run.containsKey("endedAt")) {
            return phase;
        }
        return !question.isEmpty() ? "waiting" : controls.isPaused() ? "paused" : phase;
    }

    private JsonObject rates() {
        JsonObject json = new JsonObject();
        boolean isOver = run.containsKey("endedAt");
        put(json, "bytesPerSecond", isOver ? OptionalDouble.of(0) : bytesPace.perSecond());
        put(json, "averageBytesPerSecond", bytesPace.averagePerSecond());
        put(json, "peakBytesPerSecond", bytesPace.peakPerSecond());
        (isOver ? OptionalDouble.of(0) : filesPace.perSecond())
                .ifPresent(rate -> json.put("filesPerSecond", Math.round(rate * 10) / 10.0));
        if (tally.sentBytes() > 0) {
            json.put("efficiencyPercent", tally.efficiencyPercent());
        }
        return json;
    }

    private static void put(JsonObject json, String key, OptionalDouble value) {
        value.ifPresent(known -> json.put(key, Math.round(known)));
    }

    /** Nothing while it would be a guess: in the first seconds, while it is paused, and while nothing goes on. */
    private JsonObject estimateJson() {
        JsonObject json = new JsonObject();
        boolean isUnderWay = phase.equals("planning") || phase.equals("uploading");
        boolean isSilent = bytesPace.perSecond().orElse(0) <= 0;
        if (!isUnderWay
                || controls.isPaused()
                || !question.isEmpty()
                || isSilent
                || bytesPace.activeSeconds() < FIRST_ESTIMATE_SECONDS) {
            return json;
        }
        secondsLeft().ifPresent(seconds -> {
            long doneAt = System.currentTimeMillis() + (long) (seconds * 1_000);
            json.put("remainingSeconds", Estimate.twoDigits(seconds)).put("doneAt", doneAt / MINUTE * MINUTE);
            if (!tally.isKnown()) {
                json.put("atLeast", true);
            }
        });
        return json;
    }

    /** What is limited goes as fast as the limit says; all else as it went so far. */
    private OptionalDouble secondsLeft() {
        Estimate.Left left = new Estimate.Left(tally.filesLeft(), tally.bytesLeft());
        long limit = controls.limit().perSecond();
        return limit > 0 && bytesPace.perSecond().orElse(0) > LIMITED * limit
                ? OptionalDouble.of(left.size() / limit)
                : estimate.remainingSeconds(left, 1, slowPace.perSecond());
    }

    private JsonObject verification() {
        return verification
                .copy()
                .put("passed", verified)
                .put("failed", damaged)
                .put("pending", tally.filesLeft());
    }

    private JsonObject workersJson() {
        return new JsonObject()
                .put("busy", active.size())
                .put("target", controls.workers().orElse(tuner.target()))
                .put("max", mostWorkers)
                .put("source", controls.workers().isPresent() ? "manual" : "auto")
                .put("why", controls.workers().isPresent() ? "somebody chose it" : tuner.why());
    }

    private JsonObject activeJson() {
        JsonObject json = new JsonObject();
        active.forEach((slot, what) -> json.put(Integer.toString(slot), what.toJson()));
        return json;
    }

    private JsonObject recentJson() {
        JsonObject json = new JsonObject();
        recent.forEach((number, entry) -> json.put(Long.toString(number), entry));
        return json;
    }
}
