package pulseboard.alert;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The {@link AlertStore} on a thread of its own, which ends when there is nothing to do, so that an event loop never waits for the
 * disk. Batches are written in the order in which they come.
 */
final class AlertJournal {

    /** An alert seldom comes alone. */
    private static final long IDLE_MILLISECONDS = TimeUnit.SECONDS.toMillis(30);

    private final AlertStore store;
    private final LongSupplier clock;
    private volatile long askedAt;
    private volatile boolean isResting = true;
    private final ExecutorService writer =
            new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AlertJournal::thread);

    AlertJournal(AlertStore store, LongSupplier clock) {
        this.store = store;
        this.clock = clock;
    }

    private static Thread thread(Runnable tasks) {
        Thread thread = new Thread(tasks, "alerts-writer");
        thread.setDaemon(true); // A disk that does not answer must not keep the program from ending.
        return thread;
    }

    /** Has something done with the store; the result comes on the context. */
    <T> Future<T> ask(Context context, Function<AlertStore, T> question) {
        askedAt = clock.getAsLong();
        isResting = false;
        try {
            return Future.fromCompletionStage(
                    CompletableFuture.supplyAsync(() -> question.apply(store), writer), context);
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(e); // It is closed: what still comes was not promised to be kept.
        }
    }

    /** What there is, but for the history. */
    Future<Map<String, Map<String, JsonObject>>> read(Context context) {
        long now = clock.getAsLong();
        return ask(context, opened -> opened.read(now));
    }

    /** Done when the batch is on disk, or when it is known that it cannot be for now. */
    Future<Boolean> commit(Context context, Batch batch) {
        long now = clock.getAsLong();
        return ask(context, opened -> {
            opened.write(batch, now);
            return opened.reason().isEmpty();
        });
    }

    /** Why nothing gets to the disk; empty while all does. */
    String reason() {
        return store.reason();
    }

    /** Tries again, if that is due. */
    Future<Boolean> retry(Context context) {
        long now = clock.getAsLong();
        return ask(context, opened -> {
            opened.attempt(now);
            return opened.reason().isEmpty();
        });
    }

    /** Closes the file when nothing was asked for a while; it is opened again by itself. */
    void restIfIdle() {
        if (!isResting && clock.getAsLong() - askedAt > IDLE_MILLISECONDS) {
            isResting = true;
            writer.execute(store::rest);
        }
    }

    /** Writes what is left; done after that. */
    Future<List<JsonObject>> close(Context context) {
        long now = clock.getAsLong();
        Future<List<JsonObject>> closed = ask(context, opened -> {
            opened.close(now);
            return List.of();
        });
        writer.shutdown();
        return closed;
    }
}
