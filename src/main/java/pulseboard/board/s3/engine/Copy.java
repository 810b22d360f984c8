package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pulseboard.board.s3.JobConfig;
import pulseboard.board.s3.S3Config;
import pulseboard.board.s3.wire.Bucket;
import pulseboard.board.s3.wire.BucketReader;
import pulseboard.board.s3.wire.S3Client;
import pulseboard.board.s3.wire.S3Failure;
import pulseboard.board.s3.wire.Signer;
import pulseboard.board.s3.wire.Upload;

/** What a run does, once it has the job: plan, send, delete. */
final class Copy {

    private static final long SILENCE_MILLISECONDS = 60_000;
    private static final long OLD_MILLISECONDS = TimeUnit.DAYS.toMillis(7);
    private static final int LEAST_WORKERS = 8;
    private static final int WORKERS_A_CORE = 4;

    private final Of of;
    private final RunState state;
    private final Controls controls;
    private final Consumer<JsonObject> plan;

    /**
     * What it is about.
     *
     * @param paths what alone is looked at, if the options say so
     */
    record Of(
            S3Config config,
            JobConfig job,
            RunOptions options,
            Walk walk,
            JobStore store,
            RunFolder lists,
            Set<String> paths) {}

    Copy(Of of, RunState state, Controls controls, Consumer<JsonObject> plan) {
        this.of = of;
        this.state = state;
        this.controls = controls;
        this.plan = plan;
    }

    /** Null: it came to its end, or was told to stop; else why it could not be done. */
    @Nullable
    S3Failure run() throws IOException, InterruptedException {
        Signer signer = Signer.of(of.job.target(), of.job.credentialsFile(), of.job.profile());
        try (S3Client client = new S3Client(of.job.target(), signer, SILENCE_MILLISECONDS, of.job.caFile())) {
            Retry retry = new Retry(client.counts(), controls);
            state.asks(new Requests(client.counts(), client.times(), retry, of.config.prices()));
            Sender.Way way = new Sender.Way(new Bucket(client), retry, of.job.headers(), of.options.verify(of.job));
            Sender sender = of.options.isDryRun() ? null : new Sender(way, state, controls);
            S3Failure failure = copy(sender, new BucketReader(client), retry);
            if (signer.isCorrected()) {
                state.warnings.add("", "clockOff", "this machine's clock is wrong by minutes; the server's was used");
            }
            return failure;
        }
    }

    private @Nullable S3Failure copy(@Nullable Sender sender, BucketReader bucket, Retry retry)
            throws IOException, InterruptedException {
        state.phase("planning");
        Comparison comparison = new Comparison(
                new Comparison.Of(
                        of.job,
                        of.store,
                        of.walk,
                        of.config.partMebibytes(),
                        of.options.isFull(),
                        !of.options.isDryRun()),
                bucket,
                retry);
        try (PlanFile planned = new PlanFile(of.lists.file("plan"))) {
            Workers workers = new Workers(
                    planned,
                    state,
                    new Workers.Job(
                            of.walk, of.store, sender, comparison, of.config, entry -> plan.accept(entry.forPeople())),
                    controls);
            if (of.options.isOnlyFailed()) {
                return send(new FailedFiles(of.paths, planned, state, controls), planned, workers);
            }
            try (Listing listing = new Listing(bucket, retry, of.job.prefix());
                    Surplus surplus = surplus()) {
                Planner planner =
                        new Planner(new Planner.Sources(listing, comparison, surplus), planned, state, controls);
                S3Failure failure = send(planner, planned, workers);
                if (failure == null && !controls.isStopping()) {
                    finish(sender, surplus);
                }
                return failure;
            }
        }
    }

    /** Sends while it is planned. Null: it came to its end, or was told to stop. */
    private @Nullable S3Failure send(Found planner, PlanFile planned, Workers workers)
            throws IOException, InterruptedException {
        Tuning tuning = new Tuning(state, controls, workers, tuner());
        tuning.start();
        S3Failure planning = plan(planner, planned);
        workers.await();
        tuning.stop();
        workers.await(); // Whoever was added at the very end.
        return planning == null ? workers.fatal() : planning;
    }

    private @Nullable Surplus surplus() throws IOException {
        return of.job.delete().equals("never") ? null : new Surplus(of.job, of.walk.filter(), of.lists.file("surplus"));
    }

    /** Null: it went well, or was told to stop. */
    private @Nullable S3Failure plan(Found planner, PlanFile planned) throws IOException, InterruptedException {
        try {
            planner.run(of.walk);
            state.phase("uploading");
            return null;
        } catch (S3Failure failure) {
            controls.stop();
            planned.end();
            return failure.code().equals("stopped") ? null : failure;
        }
    }

    private WorkerTuner tuner() {
        int start =
                Math.max(LEAST_WORKERS, WORKERS_A_CORE * Runtime.getRuntime().availableProcessors());
        return new WorkerTuner(
                start, of.config.maxWorkers(), WORKERS_A_CORE + " for each core, " + LEAST_WORKERS + " at least");
    }

    private void finish(@Nullable Sender sender, @Nullable Surplus surplus) throws IOException, InterruptedException {
        if (sender != null) {
            abortOld(sender);
        }
        if (surplus != null) {
            new Deletion(
                            new Deletion.Of(of.job, of.walk, of.store, surplus),
                            state,
                            new Deletion.Way(sender, controls, plan::accept, of.options.confirmedDeletions()))
                    .run();
        }
    }

    /** Uploads of ours that nobody went on with for a week; those of others are never touched. */
    private void abortOld(Sender sender) throws InterruptedException {
        long oldest = System.currentTimeMillis() - OLD_MILLISECONDS;
        for (Map.Entry<String, JobStore.Begun> each : of.store.uploads().entrySet()) {
            if (each.getValue().atMilliseconds() < oldest) {
                try {
                    sender.bucket()
                            .abort(new Upload(each.getKey(), each.getValue().id()));
                    of.store.ended(each.getKey());
                } catch (IOException e) {
                    state.warnings.add(
                            each.getKey(), "notAborted", "its parts are still on the server: " + e.getMessage());
                }
            }
        }
    }
}
