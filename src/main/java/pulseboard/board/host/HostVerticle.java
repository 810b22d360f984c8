package pulseboard.board.host;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.DeadlineRunner;

/**
 * Owns the board {@code host}: samples this machine, once for everybody, and publishes what changed. Answers requests for
 * the host's facts. To be deployed on a worker thread: it waits for its samplers.
 */
public final class HostVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(HostVerticle.class);

    /** What samplers report of themselves is not kept in the history. */
    private static final BoardInfo BOARD = BoardInfo.of("host", "Host")
            .keeping(KeptNumbers.of("!meta.**", "**"))
            .naming(HostValues.ALL)
            .judgedBy(HostRules.ALL)
            .withFacts();

    private static final int FIRST_INTERVAL_MILLISECONDS = 400;

    private final HostConfig config;
    private final HostSources sources;
    private final ExecutorService threads = DaemonThreads.create();
    private final DeadlineRunner runner;
    private final List<SamplerTask> tasks;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    private long nextNanos;
    private boolean sampledTwice;
    private @Nullable Future<JsonObject> facts;
    private long factsUntilNanos;

    /** Makes the verticle; it samples from when it is deployed. */
    public HostVerticle(HostConfig config, HostSources sources) {
        this.config = config;
        this.sources = sources;
        this.runner = new DeadlineRunner(threads, config.deadlineMilliseconds());
        this.tasks = Samplers.create(sources.machine(), config, threads).stream()
                .map(SamplerTask::new)
                .toList();
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(vertx, BOARD);
        nextNanos = System.nanoTime();
        Future<?> factsReady = vertx.eventBus()
                .<JsonObject>consumer(Addresses.facts(BOARD.id().toString()), this::replyFacts)
                .completion();
        tick();
        return Future.all(publisher.ready(), factsReady);
    }

    @Override
    public Future<?> stop() {
        threads.shutdownNow();
        return Future.succeededFuture();
    }

    /** Facts are dear to collect, so they are kept for a minute; after that an address may have changed. */
    private void replyFacts(Message<JsonObject> request) {
        long now = System.nanoTime();
        if (facts == null || now - factsUntilNanos > 0) {
            factsUntilNanos = now + TimeUnit.MINUTES.toNanos(1);
            facts = Future.fromCompletionStage(CompletableFuture.supplyAsync(sources.facts(), threads), context);
        }
        facts.onSuccess(request::reply).onFailure(failure -> {
            LOG.warn("The facts of this host are not available", failure);
            request.fail(500, "the facts of this host are not available");
        });
    }

    /** Samples what is due, publishes, and only then sets the timer for the next: ticks never overlap. */
    private void tick() {
        if (threads.isShutdown()) {
            return;
        }
        long now = System.nanoTime();
        try {
            runner.run(tasks.stream().filter(task -> task.isDue(now)).toList());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        publisher.publish(state());
        publisher.ticked(System.nanoTime() - now);
        long interval = intervalNanos();
        nextNanos = following(nextNanos, System.nanoTime(), interval);
        schedule(nextNanos - System.nanoTime());
    }

    /** Late, it keeps the pace, but what was missed is not made up for: of a moment there are no rates. */
    static long following(long dueNanos, long nowNanos, long intervalNanos) {
        return Math.max(dueNanos + intervalNanos, nowNanos + intervalNanos / 2);
    }

    /** Not by a timer of Vert.x, which is an event loop's: one that is held up must not stop the samplers. */
    private void schedule(long delayNanos) {
        CompletableFuture.delayedExecutor(delayNanos, TimeUnit.NANOSECONDS, this::runHere)
                .execute(this::tick);
    }

    private void runHere(Runnable task) {
        context.runOnContext(now -> task.run());
    }

    /** The second sample comes early: only from it on there are rates to show. */
    private long intervalNanos() {
        long milliseconds = config.intervalMilliseconds();
        if (!sampledTwice) {
            sampledTwice = true;
            milliseconds = Math.min(milliseconds, FIRST_INTERVAL_MILLISECONDS);
        }
        return TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    private JsonObject state() {
        JsonObject state = new JsonObject();
        JsonObject meta = new JsonObject();
        for (SamplerTask task : tasks) {
            task.result().ifPresent(result -> state.put(task.name(), result));
            meta.put(task.name(), task.meta());
        }
        return state.put("meta", meta);
    }
}
