package pulseboard.board.s3;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.parsetools.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.engine.ChildRun;

/**
 * The engine of one job, seen from the board: starts it, follows it by its socket, finds the one of an earlier run again, and says
 * so when it is gone without a word. Used on the context of the verticle.
 */
final class EngineRun {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);
    private static final long KNOCK_MILLISECONDS = 100;

    /** To end, for a process that has said all. */
    private static final long END_SECONDS = 10;

    /** What servers say may hold what a terminal obeys. */
    private static final String OBEYED = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    private final Vertx vertx;
    private final NetClient client;
    private final Job job;
    private final Consumer<JsonObject> shown;
    private final ChildRun child;
    private final LastOutcome outcome;
    private final FirstSeen firstSeen;
    private boolean isFollowing;
    private Promise<Void> end = Promise.promise();
    private @Nullable NetSocket socket;
    private JsonObject last;

    /**
     * A job.
     *
     * @param name its name
     * @param config the settings of the board
     * @param folder where its runs are noted
     * @param program how this program is started, up to its own arguments
     */
    record Job(String name, S3Config config, Path folder, List<String> program) {

        JobConfig settings() {
            return Objects.requireNonNull(config.jobs().get(name), name);
        }

        Path file(String ending) {
            return folder.resolve(ending);
        }
    }

    /** Of this job; each state is given to the listener. */
    EngineRun(Vertx vertx, NetClient client, Job job, Consumer<JsonObject> shown) {
        this.vertx = vertx;
        this.client = client;
        this.job = job;
        this.shown = shown;
        child = new ChildRun(job.file("engine.pid"));
        outcome = new LastOutcome(job.file("outcome"));
        firstSeen = new FirstSeen(job.file("first-seen"));
        last = kept();
    }

    /** Begins to show it: the run that is under way, else the last one. */
    void open() {
        if (child.running().isPresent()) {
            isFollowing = true;
            knock();
        } else if (isUnderWay()) {
            lost();
        }
        show();
    }

    private void show() {
        outcome.take(last);
        shown.accept(last);
    }

    /** How the last run ended that was not a dry run, a phase; empty: there was none. */
    String outcome() {
        return outcome.phase();
    }

    boolean isRunning() {
        return isFollowing;
    }

    /** When no run had come to a good end for longer than it may, since 1970; the end of time: that does not matter for this job. */
    long overdueSince() {
        int hours = job.settings().mustSucceedHours();
        return hours == 0
                ? Long.MAX_VALUE
                : last.getLong("lastSuccessAt", firstSeen.at()) + TimeUnit.HOURS.toMillis(hours);
    }

    /** Done at once, but where a run has said its end and its process is not gone yet: when that is gone, or takes too long. */
    Future<Void> over() {
        return !isFollowing || isUnderWay()
                ? Future.succeededFuture()
                : end.future().timeout(END_SECONDS, TimeUnit.SECONDS).otherwiseEmpty();
    }

    private boolean isUnderWay() {
        return !last.getString("phase", "").equals("idle")
                && !last.getJsonObject("run", new JsonObject()).containsKey("endedAt");
    }

    private JsonObject idle() {
        JobConfig settings = job.settings();
        return new JsonObject()
                .put("source", settings.source())
                .put("target", settings.bucket() + (settings.prefix().isEmpty() ? "" : "/" + settings.prefix()))
                .put("endpoint", settings.target().address())
                .put("dryRun", false)
                .put("phase", "idle");
    }

    /** How the last run ended, if there was one. */
    private JsonObject kept() {
        JsonObject kept = read(job.file("last.json"), idle());
        JsonObject totals = read(RunFiles.totals(job.folder), kept.getJsonObject("totals", new JsonObject()));
        return totals.isEmpty() ? kept : kept.put("totals", totals);
    }

    private static JsonObject read(Path file, JsonObject otherwise) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException | DecodeException e) {
            return otherwise;
        }
    }

    /**
     * Starts a run.
     *
     * @param wishes {@code dryRun}, {@code full}, {@code verify}, as the action takes them, and {@code retryFailed}
     */
    void start(JsonObject wishes) throws IOException {
        List<String> command = EngineCommand.of(job, wishes);
        Files.deleteIfExists(job.file("engine.sock"));
        child.start(command, EngineCommand.environment(), job.file("engine.log"));
        isFollowing = true;
        end = Promise.promise();
        JsonObject before = last;
        last = idle();
        for (String held : List.of("totals", "lastSuccessAt")) {
            if (before.containsKey(held)) {
                last.put(held, before.getValue(held));
            }
        }
        last.put("dryRun", wishes.getBoolean("dryRun", false))
                .put("phase", "starting")
                .put("run", new JsonObject().put("startedAt", System.currentTimeMillis()));
        show();
        knock();
    }

    /** Until it listens, or has ended. */
    private void knock() {
        client.connect(SocketAddress.domainSocketAddress(job.file("engine.sock").toString()))
                .onSuccess(this::follow)
                .onFailure(nobody -> {
                    if (child.running().isPresent()) {
                        vertx.setTimer(KNOCK_MILLISECONDS, id -> knock());
                    } else {
                        ended();
                    }
                });
    }

    private void follow(NetSocket connected) {
        socket = connected;
        RecordParser lines = RecordParser.newDelimited("\n", line -> {
            try {
                last = new JsonObject(line).getJsonObject("state", last);
                show();
            } catch (DecodeException | ClassCastException e) {
                LOG.warn("The engine of the job {} says something that is no state", job.name);
            }
        });
        connected.handler(lines);
        connected.exceptionHandler(failure -> LOG.debug("The socket of the engine of {} broke", job.name, failure));
        connected.closeHandler(gone -> ended());
    }

    /** What it has left behind says how it went; where that is of another run, it was killed. */
    private void ended() {
        socket = null;
        JsonObject left = kept();
        JsonObject run = left.getJsonObject("run", new JsonObject());
        String id = last.getJsonObject("run", new JsonObject()).getString("id", "");
        boolean isSame = id.isEmpty()
                ? run.getLong("startedAt", 0L)
                        >= last.getJsonObject("run", new JsonObject()).getLong("startedAt", 0L)
                : id.equals(run.getString("id", ""));
        isFollowing = false;
        if (isUnderWay()) { // Else it has said all before it went.
            if (isSame && run.containsKey("endedAt")) {
                last = left;
            } else {
                lost();
            }
            show();
        }
        log();
        end.tryComplete();
    }

    private void log() {
        String phase = last.getString("phase", "");
        if (Set.of("failed", "lost").contains(phase)) {
            String reason = last.getJsonObject("run", new JsonObject()).getString("reason", "");
            LOG.warn("The run of the job {} is {}: {}", job.name, phase, reason.replaceAll(OBEYED, "?"));
        }
    }

    private void lost() {
        String said = lastWords();
        last = last.copy();
        last.remove("active");
        last.remove("estimate");
        last.remove("question");
        last.put("phase", "lost");
        last.getJsonObject("run")
                .put("endedAt", System.currentTimeMillis())
                .put("reason", "the engine ended without a word; the next run goes on" + said);
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(job.file("engine.log"), StandardCharsets.UTF_8);
            return lines.isEmpty() ? "" : ". It said: " + lines.get(lines.size() - 1);
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether files failed in the run that is shown. */
    boolean hasFailed() {
        return last.getJsonObject("files", new JsonObject()).getLong("failed", 0L) > 0;
    }

    /** When a run began last; nothing: never. */
    Optional<Instant> lastBegun() {
        return Optional.ofNullable(last.getJsonObject("run", new JsonObject()).getLong("startedAt"))
                .map(Instant::ofEpochMilli);
    }

    /** What it asks somebody; empty: nothing. */
    String question() {
        return last.getJsonObject("question", new JsonObject()).getString("id", "");
    }

    /** Tells it something, such as {@code {"command":"pause"}}; nothing where there is nobody to tell. */
    boolean tell(JsonObject command) {
        NetSocket connected = socket;
        if (connected == null) {
            return false;
        }
        connected
                .write(command.encode() + "\n")
                .onFailure(gone -> LOG.debug("The engine of {} is gone", job.name, gone));
        return true;
    }
}
