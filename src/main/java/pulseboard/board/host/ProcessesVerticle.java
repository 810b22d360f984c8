package pulseboard.board.host;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.ViewerCount;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.DeadlineRunner;

/**
 * Owns the board {@code processes}. Listing processes is the most expensive of all samples, so it is made only while the web side
 * says that somebody watches; otherwise the board is empty and says why. To be deployed on a worker thread.
 */
public final class ProcessesVerticle extends VerticleBase {

    private static final String BOARD = "processes";
    private static final JsonObject UNWATCHED = new JsonObject()
            .put(
                    "meta",
                    new JsonObject()
                            .put(
                                    BOARD,
                                    new JsonObject()
                                            .put("ok", false)
                                            .put(
                                                    "reason",
                                                    "sampled only while somebody watches changes or the stream")));

    private final HostConfig config;
    private final ExecutorService threads = DaemonThreads.create();
    private final DeadlineRunner runner;
    private final Sampler table;
    private final SamplerTask task;
    private final SamplerTask busiest;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    private boolean watched;
    private boolean sampled;
    private long sampledNanos;
    private long timer = -1;

    /** Makes the verticle; it samples when the first viewer comes. */
    public ProcessesVerticle(HostConfig config, HostSources sources) {
        this.config = config;
        this.runner = new DeadlineRunner(threads, config.deadlineMilliseconds());
        this.table = Samplers.processTable(sources.machine(), config.topProcesses());
        this.task = new SamplerTask(table);
        this.busiest = new SamplerTask(Samplers.busiestProcesses(sources.machine()));
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(
                vertx, BoardInfo.of(BOARD, "Processes").onDemand().loggedByMinute());
        publisher.publish(UNWATCHED);
        MessageConsumer<Integer> viewers = ViewerCount.follow(vertx, BOARD, count -> watch(count > 0));
        MessageConsumer<JsonObject> asked = vertx.eventBus().consumer(Addresses.minute(BOARD), this::replyBusiest);
        return Future.all(publisher.ready(), viewers.completion(), asked.completion());
    }

    @Override
    public Future<?> stop() {
        threads.shutdownNow();
        return Future.succeededFuture();
    }

    private void watch(boolean wanted) {
        if (wanted && !watched) {
            watched = true;
            table.reset();
            // Not at once: somebody who comes and goes all the time must not have it sampled all the time.
            timer = vertx.setTimer(Math.max(1, millisecondsToNextSample()), id -> tick());
        } else if (!wanted && watched) {
            watched = false;
            vertx.cancelTimer(timer);
            publisher.publish(UNWATCHED);
        }
    }

    /** Of the time since it was asked before. Not more than once a second, however many ask. */
    private void replyBusiest(Message<JsonObject> request) {
        try {
            if (busiest.isDue(System.nanoTime())) {
                runner.run(List.of(busiest));
            }
            busiest.result()
                    .ifPresentOrElse(request::reply, () -> request.fail(503, "the processes are not available"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long millisecondsToNextSample() {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sampledNanos);
        return sampled ? config.intervalMilliseconds() - since : 0;
    }

    private void tick() {
        sampled = true;
        sampledNanos = System.nanoTime();
        try {
            if (task.isDue(sampledNanos)) {
                runner.run(List.of(task));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        JsonObject state = new JsonObject().put("meta", new JsonObject().put(BOARD, task.meta()));
        task.result().ifPresent(result -> state.put(BOARD, result));
        publisher.publish(state);
        publisher.ticked(System.nanoTime() - sampledNanos);
        timer = vertx.setTimer(config.intervalMilliseconds(), id -> tick());
    }
}
