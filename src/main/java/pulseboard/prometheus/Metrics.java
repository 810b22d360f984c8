package pulseboard.prometheus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;
import pulseboard.feed.MetricInfo;
import pulseboard.machine.DaemonThreads;
import pulseboard.machine.DeadlineRunner;

/**
 * All metrics as they stand: collected when somebody asks, at most once a second for all who do, on threads of its own that end
 * when nobody asks any more.
 */
public final class Metrics implements Directory.Listener {

    /** How long a collector may take before the rest goes on without it. */
    public static final long DEADLINE_MILLISECONDS = 1_000;

    private static final long SHARED_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** A board that waits for a sampler answers late, and not at all is no reason to keep the rest back. */
    private static final DeliveryOptions WITHIN_A_SECOND = new DeliveryOptions().setSendTimeout(1_000);

    private final Vertx vertx;
    private final Map<String, List<MetricInfo>> boards = new ConcurrentSkipListMap<>();
    private final Function<ExecutorService, List<Collector>> collectors;
    private final String version;
    private final ExecutorService threads = DaemonThreads.create("metrics");
    private final Families about = new Families();
    private final DeadlineRunner runner = new DeadlineRunner(threads, DEADLINE_MILLISECONDS);
    private List<CollectorTask> tasks = List.of();
    private @Nullable Future<List<MetricFamily>> newest;
    private long newestNanos;

    /** Tests have one that moves only when they move it. */
    LongSupplier nanoClock = System::nanoTime;

    /**
     * Collects nothing yet.
     *
     * @param version Pulseboard's own
     * @param collectors makes the collectors of this machine, when the first is needed
     */
    public Metrics(Vertx vertx, String version, Function<ExecutorService, List<Collector>> collectors) {
        this.vertx = vertx;
        this.collectors = collectors;
        this.version = version;
    }

    /** Boards of other machines have metrics of their own. */
    @Override
    public void announced(BoardInfo board) {
        if (board.id().isLocal()) {
            boards.put(board.id().toString(), board.isOnDemand() ? List.of() : board.metrics());
        }
    }

    @Override
    public void withdrawn(BoardId board) {
        boards.remove(board.toString());
    }

    /** What was collected within the last second, or is on its way, or else is collected now. */
    public Future<List<MetricFamily>> collect() {
        Promise<List<MetricFamily>> answer = Promise.promise();
        Context context = vertx.getOrCreateContext(); // The one who began the collection may have another.
        shared().onComplete(result -> context.runOnContext(here -> {
            if (result.succeeded()) {
                answer.complete(result.result());
            } else {
                answer.fail(result.cause());
            }
        }));
        return answer.future();
    }

    private synchronized Future<List<MetricFamily>> shared() {
        Future<List<MetricFamily>> known = newest;
        long now = nanoClock.getAsLong();
        if (known != null && (!known.isComplete() || (known.succeeded() && now - newestNanos < SHARED_NANOS))) {
            return known;
        }
        newestNanos = now;
        Future<JsonObject> web = ask(Addresses.WEB_FIGURES);
        Map<String, JsonObject> byBoard = new ConcurrentSkipListMap<>();
        List<Future<?>> asked = new ArrayList<>(List.of(web));
        Map<String, JsonObject> states = new ConcurrentSkipListMap<>();
        boards.forEach((board, measures) -> {
            asked.add(ask(Addresses.figures(board)).onSuccess(answer -> byBoard.put(board, answer)));
            if (!measures.isEmpty()) {
                asked.add(ask(Addresses.snapshot(board))
                        .onSuccess(answer -> states.put(board, answer.getJsonObject("state", new JsonObject()))));
            }
        });
        Future<List<MetricFamily>> next =
                Future.join(asked).compose(done -> inBackground(() -> assemble(web.result(), byBoard, states)));
        newest = next;
        return next;
    }

    /** Does something that takes its time on a thread of these. */
    public <T> Future<T> inBackground(Work<T> work) {
        CompletableFuture<T> result = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.run();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                threads);
        return Future.fromCompletionStage(result, vertx.getOrCreateContext());
    }

    /** Something that takes its time. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does it. */
        T run() throws Exception;
    }

    private Future<JsonObject> ask(String address) {
        return vertx.eventBus()
                .<JsonObject>request(address, new JsonObject(), WITHIN_A_SECOND)
                .map(reply -> reply.body())
                .otherwise(new JsonObject());
    }

    private List<MetricFamily> assemble(JsonObject web, Map<String, JsonObject> byBoard, Map<String, JsonObject> states)
            throws InterruptedException {
        List<MetricFamily> all = new ArrayList<>();
        synchronized (runner) {
            about.begin();
            if (tasks.isEmpty()) {
                tasks = Stream.concat(Stream.of(new VirtualMachine()), collectors.apply(threads).stream())
                        .map(CollectorTask::new)
                        .toList();
            }
            runner.run(tasks.stream().filter(task -> !task.isRunning()).toList());
            tasks.forEach(task -> task.report(all, about));
            about.info("pulseboard_build_info", "Which Pulseboard this is.").add(1, "version", version);
            OwnMetrics.addWeb(about, web);
            OwnMetrics.addBoards(about, byBoard);
            states.forEach((board, state) ->
                    boards.getOrDefault(board, List.of()).forEach(metric -> OwnMetrics.add(about, metric, state)));
            all.addAll(about.snapshot());
        }
        return all;
    }

    /** Ends what is under way. */
    void end() {
        threads.shutdownNow();
    }
}
