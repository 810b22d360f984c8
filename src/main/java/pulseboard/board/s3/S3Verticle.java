package pulseboard.board.s3;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.engine.Schedule;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.FeedPublisher;

/** Owns the board {@code s3}: shows the jobs, starts their engines and tells them what to do. It moves no byte itself. */
public final class S3Verticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(S3Verticle.class);
    private static final long LOOK_MILLISECONDS = 1_000;

    private final S3Config config;
    private final Path folder;
    private final List<String> program;
    private final Map<String, EngineRun> engines = new TreeMap<>();
    private final Map<String, Instant> due = new TreeMap<>();
    private final JsonObject jobs = new JsonObject();

    /** Kept: what nobody refers to is closed when it is garbage. */
    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private NetClient client;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private Reports reports;

    private boolean isPublishing;

    /**
     * Makes the verticle; it looks for engines that run from when it is deployed.
     *
     * @param folder where runs are noted
     * @param program how this program is started, up to its own arguments
     */
    public S3Verticle(S3Config config, Path folder, List<String> program) {
        this.config = config;
        this.folder = folder;
        this.program = List.copyOf(program);
    }

    @Override
    public Future<?> start() {
        client = vertx.createNetClient();
        publisher = new FeedPublisher(
                vertx, config.reports() ? S3Info.INFO.resource(Reports.TELL).resource(Reports.SUMMARY) : S3Info.INFO);
        reports = new Reports(config, context, this::putReported);
        if (config.reports()) {
            reports.serve(publisher);
        }
        for (String name : config.jobs().keySet()) {
            EngineRun.Job job = new EngineRun.Job(name, config, folder.resolve(name), program);
            EngineRun engine = new EngineRun(vertx, client, job, state -> show(name, state));
            engines.put(name, engine);
            engine.open();
            plan(name);
        }
        publisher.onAction("start", body -> onceOver(body, this::start));
        publisher.onAction("retry-failed", body -> onceOver(body, this::retryFailed));
        act("stop", body -> tell(body, "stop"));
        act("pause", body -> tell(body, "pause"));
        act("resume", body -> tell(body, "resume"));
        act("limit", this::limit);
        act("workers", this::workers);
        act("confirm", this::confirm);
        new RunLists(vertx, folder, List.copyOf(config.jobs().keySet())).serve(publisher);
        vertx.setPeriodic(LOOK_MILLISECONDS, id -> look());
        publish();
        return publisher.ready();
    }

    /** Engines that go on without it would be told by nobody to stop. */
    @Override
    public Future<?> stop() {
        engines.values().forEach(engine -> engine.tell(command("stop")));
        return Future.succeededFuture();
    }

    private void act(String action, Consumer<JsonObject> doing) {
        publisher.onAction(action, body -> Future.succeededFuture(accepted(body, doing)));
    }

    private static JsonObject accepted(JsonObject body, Consumer<JsonObject> doing) {
        doing.accept(body);
        return new JsonObject().put("accepted", true);
    }

    /** Whoever sees that a run is done may start the next one, though the process of the first may not be gone yet. */
    private Future<JsonObject> onceOver(JsonObject body, Consumer<JsonObject> doing) {
        return engine(body).over().map(over -> accepted(body, doing));
    }

    private static JsonObject command(String name) {
        return new JsonObject().put("command", name);
    }

    private EngineRun engine(JsonObject body) {
        EngineRun engine = engines.get(body.getString("job"));
        if (engine == null) {
            throw new ActionRefusal(
                    404,
                    "unknown_job",
                    "there is no such job; those there are: " + String.join(", ", engines.keySet()));
        }
        return engine;
    }

    private void retryFailed(JsonObject body) {
        EngineRun engine = engine(body);
        if (!engine.isRunning() && !engine.hasFailed()) {
            throw new ActionRefusal(409, "nothing_failed", "nothing failed in the last run of this job");
        }
        start(new JsonObject().put("job", body.getString("job")).put("retryFailed", true));
    }

    private void start(JsonObject body) {
        EngineRun engine = engine(body);
        String verify = body.getString("verify", "inline");
        if (!JobConfig.isVerification(verify)) {
            throw new ActionRefusal(
                    400, "bad_parameter", "verify must be inline, head, read or sample:N, not " + verify);
        }
        if (engine.isRunning()) {
            throw new ActionRefusal(409, "already_running", "this job is running already");
        }
        try {
            engine.start(body);
        } catch (IOException e) {
            LOG.warn("The engine of a job does not start", e);
            throw new ActionRefusal(500, "cannot_start", "the engine does not start: " + e.getMessage());
        }
    }

    private void tell(JsonObject body, String command) {
        tell(body, command(command));
    }

    private void tell(JsonObject body, JsonObject command) {
        if (!engine(body).tell(command)) {
            throw new ActionRefusal(409, "not_running", "this job is not running");
        }
    }

    private void limit(JsonObject body) {
        long rate = body.getLong("bytesPerSecond", -1L);
        long seconds = body.getLong("forSeconds", 0L);
        if ((rate < 0 && body.containsKey("bytesPerSecond")) || seconds < 0) {
            throw new ActionRefusal(400, "bad_parameter", "a limit must not be below 0");
        }
        JsonObject command = command("limit").put("bytesPerSecond", rate);
        if (seconds > 0) {
            command.put("untilMilliseconds", System.currentTimeMillis() + TimeUnit.SECONDS.toMillis(seconds));
        }
        tell(body, command);
    }

    private void workers(JsonObject body) {
        JsonObject command = command("workers");
        if (body.containsKey("count")) {
            int count = body.getInteger("count");
            if (count < 1 || count > config.maxWorkers()) {
                throw new ActionRefusal(
                        400, "bad_parameter", "count must be from 1 to " + config.maxWorkers() + " (s3.maxWorkers)");
            }
            command.put("count", count);
        }
        tell(body, command);
    }

    /** Only the question that is asked now: another number would be another answer. */
    private void confirm(JsonObject body) {
        String question = engine(body).question();
        if (question.isEmpty() || !question.equals(body.getString("question"))) {
            throw new ActionRefusal(
                    409,
                    "other_question",
                    question.isEmpty() ? "this job asks nothing" : "this job asks something else by now: " + question);
        }
        tell(body, command("confirm").put("question", question).put("answer", body.getBoolean("answer")));
    }

    /** When it runs next by itself. */
    private void plan(String name) {
        Schedule schedule = Schedule.of(job(name).schedule());
        Optional<Instant> next = schedule.next(
                Instant.now(), engine(new JsonObject().put("job", name)).lastBegun());
        next.ifPresentOrElse(at -> due.put(name, at), () -> due.remove(name));
    }

    private EngineRun engine(String name) {
        return Objects.requireNonNull(engines.get(name), name);
    }

    private JobConfig job(String name) {
        return Objects.requireNonNull(config.jobs().get(name), name);
    }

    /** Once a second: starts what is due, and tells engines how many share the limit of all. */
    private void look() {
        Instant now = Instant.now();
        List.copyOf(due.keySet()).forEach(name -> startIfDue(name, now));
        long running = engines.values().stream().filter(EngineRun::isRunning).count();
        engines.values().forEach(engine -> engine.tell(command("share").put("of", running)));
        engines.keySet().forEach(name -> show(name, jobs.getJsonObject(name)));
        reports.look(now.toEpochMilli());
    }

    private void startIfDue(String name, Instant now) {
        if (Objects.requireNonNull(due.get(name)).isAfter(now)) {
            return;
        }
        JsonObject body = new JsonObject().put("job", name);
        if (!engine(body).isRunning()) {
            LOG.info("The job {} is due", name);
            try {
                start(body);
            } catch (ActionRefusal refusal) {
                LOG.warn("The job {} is due and does not start: {}", name, refusal.getMessage());
            }
        }
        plan(name);
    }

    private void show(String name, JsonObject state) {
        JsonObject shown = state.copy();
        shown.remove("schedule");
        shown.remove("overdueSince");
        Instant next = due.get(name);
        if (next != null) {
            shown.put(
                    "schedule",
                    new JsonObject().put("text", job(name).schedule()).put("nextAt", next.toEpochMilli()));
        }
        long overdue = engine(name).overdueSince();
        if (overdue < System.currentTimeMillis()) {
            shown.put("overdueSince", overdue);
        }
        String outcome = engine(name).outcome();
        if (!outcome.isEmpty()) {
            shown.put("lastOutcome", outcome);
        }
        put(name, shown);
    }

    /** Of a run that another program tells of: how the one before has ended holds until this one has. */
    private void putReported(String name, JsonObject state) {
        boolean isOver = state.getJsonObject("run", new JsonObject()).containsKey("endedAt");
        JsonObject before = jobs.getJsonObject(name, new JsonObject());
        String outcome = isOver ? state.getString("phase") : before.getString("lastOutcome");
        put(name, outcome == null ? state : state.put("lastOutcome", outcome));
    }

    private void put(String name, JsonObject shown) {
        jobs.put(name, shown);
        if (!isPublishing) {
            isPublishing = true;
            vertx.setTimer(config.refreshMilliseconds(), id -> publish());
        }
    }

    private void publish() {
        isPublishing = false;
        publisher.publish(new JsonObject().put("jobs", jobs.copy()));
    }
}
