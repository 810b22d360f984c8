package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.RunFiles;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.wire.S3Failure;
import pulseboard.engine.ChildRun;

/** One run of a job, from the first look at the folder to the last file. */
public final class JobRun {

    /** All files are in the bucket, and verified. */
    public static final int DONE = 0;

    /** It could not be done at all. */
    public static final int FAILED = 1;

    /** Some files are not in the bucket. */
    public static final int INCOMPLETE = 3;

    /** It was told to stop. */
    public static final int STOPPED = 4;

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final JobConfig job;
    private final S3Config config;
    private final Path folder;
    private final RunOptions options;
    private final Controls controls;
    private final RunState state;
    private final @Nullable RunFolder lists;
    private final String id;
    private Consumer<JsonObject> plan = entry -> {};

    /** Null: another run has the job, or it is not known yet. */
    private volatile @Nullable Totals totals;

    /** Whether no other run can have the job now. */
    private volatile boolean isMine;

    /**
     * Makes it; nothing happens yet.
     *
     * @param name a job of these settings
     * @param folder where the runs of all jobs are noted
     */
    public JobRun(String name, S3Config config, Path folder, RunOptions options) {
        this.job = Objects.requireNonNull(config.jobs().get(name), name);
        this.config = config;
        this.folder = folder.resolve(name);
        this.options = options;
        this.controls = new Controls(config, job);
        this.id = ID.format(Instant.now());
        this.lists = lists();
        this.state = new RunState(job, id, options, new RunState.Surroundings(controls, lists, config.maxRecent()));
    }

    /** Null: they cannot be kept, and nothing else can either; the run says so. */
    private @Nullable RunFolder lists() {
        try {
            return RunFolder.of(folder, id);
        } catch (IOException e) {
            return null;
        }
    }

    /** Tells this of each file that is to be sent and each object that is to be deleted, on any thread. */
    public void onPlanned(Consumer<JsonObject> listener) {
        plan = listener;
    }

    /** Begins nothing more, and ends soon. What is under way is given up; the next run goes on with it. */
    public void stop() {
        controls.stop();
    }

    /** Does what a line says, such as {@code {"command":"pause"}}; see {@link Controls}. */
    public void obey(JsonObject line) {
        controls.obey(line);
    }

    /** What is known of it now. */
    public JsonObject state() {
        JsonObject now = state.toJson(System.nanoTime());
        Totals sums = totals;
        return sums == null ? now : now.put("totals", sums.with(now));
    }

    /**
     * Does it; returns when it has ended.
     *
     * @param watcher gets the state now and then, on a thread of its own, and at the end
     * @return the exit code
     */
    public int run(Consumer<JsonObject> watcher) throws InterruptedException {
        Ticker ticker = new Ticker(() -> tick(watcher), config.refreshMilliseconds());
        ticker.start();
        int code;
        try {
            code = attempt();
        } finally {
            ticker.stop();
        }
        JsonObject last = state();
        if (lists != null) {
            lists.ended(last);
            lists.close();
        }
        if (totals != null) {
            RunFolder.write(folder.resolve("last.json"), last);
        }
        watcher.accept(last);
        return code;
    }

    private void tick(Consumer<JsonObject> watcher) {
        controls.refresh(System.currentTimeMillis());
        if (lists != null) {
            lists.flush();
        }
        JsonObject now = state();
        keepTotals(now); // Before anybody has seen them: what was seen once is never less later.
        watcher.accept(now);
    }

    private void keepTotals(JsonObject now) {
        Totals sums = totals;
        if (sums != null && isMine) {
            sums.write(now.getJsonObject("totals", new JsonObject()));
        }
    }

    private int attempt() throws InterruptedException {
        try (JobStore store = JobStore.open(folder)) {
            totals = Totals.in(RunFiles.totals(folder));
            isMine = true;
            try {
                return attempt(store);
            } finally {
                keepTotals(state());
                isMine = false;
            }
        } catch (S3Failure failure) {
            return fail(failure);
        } catch (IOException e) {
            return fail(new S3Failure("stateFolder", "cannot write to " + folder + ": " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            controls.stop(); // Nobody would tell those that still send.
            return fail(Outcomes.internal(e));
        }
    }

    private int attempt(JobStore store) throws IOException, InterruptedException {
        RunFolder mine = lists;
        if (mine == null) {
            throw new IOException("no folder for this run can be made");
        }
        if (!"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
            throw new S3Failure(
                    "notUtf8", "names of files cannot be read in this locale; run it with LC_ALL=C.UTF-8", null);
        }
        store.goesTo(job.target().address() + "/" + job.bucket() + "/" + job.prefix());
        Walk walk = new Walk(job, config.settleSeconds());
        if (!walk.isThere()) {
            throw folderGone(walk);
        }
        return options.isOnlyFailed() ? failedAgain(store, walk, mine) : copied(store, walk, mine);
    }

    /** What is not looked at stays as it is: whether the job has come to its end, and when it did last. */
    private int failedAgain(JobStore store, Walk walk, RunFolder mine) throws IOException, InterruptedException {
        LastFailures before = LastFailures.before(id, folder);
        if (before.paths().isEmpty()) {
            throw new S3Failure("nothingFailed", "nothing failed in the last run; start a run of the whole job", null);
        }
        state.retries(before.run());
        if (store.succeededAt() > 0) {
            state.succeeded(store.succeededAt());
        }
        return send(store, walk, mine, before.paths());
    }

    private int copied(JobStore store, Walk walk, RunFolder mine) throws IOException, InterruptedException {
        if (!store.unfinished().isEmpty()) {
            state.resumes(store.unfinished());
        }
        if (store.succeededAt() > 0) {
            state.succeeded(store.succeededAt());
        }
        if (!options.isDryRun()) {
            store.unfinished(id);
        }
        int code = send(store, walk, mine, Set.of());
        if (!options.isDryRun() && (code == DONE || code == INCOMPLETE)) {
            store.unfinished("");
        }
        if (!options.isDryRun() && code == DONE) {
            succeeded(store, walk);
        }
        return code;
    }

    /** All of it, or only these. */
    private int send(JobStore store, Walk walk, RunFolder mine, Set<String> paths)
            throws IOException, InterruptedException {
        // Whoever looks while this runs, or after it was killed, finds it.
        ChildRun.note(ProcessHandle.current(), folder.resolve("engine.pid"));
        RunFolder.write(folder.resolve("last.json"), state());
        Copy copy = new Copy(new Copy.Of(config, job, options, walk, store, mine, paths), state, controls, this::told);
        S3Failure failure = copy.run();
        return failure == null ? ended() : fail(failure);
    }

    private void succeeded(JobStore store, Walk walk) throws IOException {
        long at = System.currentTimeMillis();
        state.succeeded(at);
        store.succeeded(at);
        if (state.tally.foundFiles() > 0) {
            store.root(Deletion.root(walk.root()));
        }
    }

    private void told(JsonObject line) {
        plan.accept(line);
        if (lists != null) {
            lists.add("plan", line);
        }
    }

    static S3Failure folderGone(Walk walk) {
        return new S3Failure(
                "noFolder", "the folder of the job is not there: " + walk.root() + "; is it mounted?", null);
    }

    private int fail(S3Failure failure) {
        state.errors.add("", failure.code(), failure.words());
        state.ended("failed", failure.words());
        return FAILED;
    }

    private int ended() {
        if (controls.isStopping()) {
            state.ended("stopped", "it was told to stop");
            return STOPPED;
        }
        long troubled = state.tally.troubled();
        if (troubled > 0) {
            String count = troubled + (troubled == 1 ? " file is" : " files are");
            state.ended("failed", count + " not in the bucket as here; the last error: " + state.errors.last());
            return INCOMPLETE;
        }
        if (state.errors.count() > 0) {
            state.ended("failed", state.errors.last());
            return INCOMPLETE;
        }
        state.ended("done", "");
        return DONE;
    }
}
