package pulseboard.history;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Directory;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.KeptNumbers;

/**
 * Keeps what boards say is to be kept of them, and answers what they showed before. Follows the directory while boards come and
 * go. To be deployed on a worker thread of its own: it waits for the disk to read. What writes to the disk is another thread, so
 * that a question never waits for that; it ends after each time, so that none is there at rest.
 */
public final class HistoryVerticle extends VerticleBase implements Directory.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryVerticle.class);
    private static final long MINUTE_MILLISECONDS = 60_000;

    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);

    private final HistoryConfig config;
    private final ExecutorService writer =
            new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), HistoryVerticle::thread);
    private final ResilientStore store;
    private final GapRequests gaps;
    private final Map<BoardId, Recorded> recorded = new HashMap<>();

    /** A board whose numbers are kept, or that is asked once a minute. */
    private record Recorded(
            BoardInfo board,
            BoardRecorder memory,
            Optional<FeedSubscription> feed,
            List<MessageConsumer<JsonObject>> consumers) {}

    /**
     * Makes the verticle; it listens from when it is deployed.
     *
     * @param folder where it keeps its file
     */
    public HistoryVerticle(HistoryConfig config, Path folder) {
        this(folder, config, HistoryFile::openFile);
    }

    /** The same, for tests that need a disk of their own. */
    HistoryVerticle(Path folder, HistoryConfig config, Function<Path, MVStore> opener) {
        this.config = config;
        this.store = new ResilientStore(folder, config, writer, opener);
        this.gaps = new GapRequests(store, writer);
    }

    @Override
    public Future<?> start() {
        if (config.days() > 0 && config.processDays() > 0) {
            askByTheMinute();
        }
        // It says at the start where it is kept, or why not; and no question is answered from half of it.
        store.open(System.currentTimeMillis());
        answer(Addresses.HISTORY_GAP, question -> gaps.gap(question, System.currentTimeMillis()));
        vertx.eventBus().consumer(Addresses.HISTORY_LATE, this::takeLate);
        return onWriter(() -> {}).compose(opened -> Directory.follow(vertx, this));
    }

    @Override
    public Future<?> stop() {
        recorded.values().forEach(each -> each.memory.flush());
        Future<?> closed = onWriter(store::close);
        writer.shutdown();
        return closed;
    }

    /** One that a disk which does not answer cannot keep the program from ending with. */
    private static Thread thread(Runnable tasks) {
        Thread thread = new Thread(tasks, "history-writer");
        thread.setDaemon(true);
        return thread;
    }

    /** Done after all that was handed over for writing so far. */
    private Future<?> onWriter(Runnable task) {
        return Future.fromCompletionStage(CompletableFuture.runAsync(task, writer), context);
    }

    @Override
    public void announced(BoardInfo board) {
        withdrawn(board.id());
        if (board.kept().isNothing() && !board.isLoggedByMinute()) {
            return;
        }
        String name = board.id().toString();
        BoardRecorder memory = new BoardRecorder(name, store, bounded(board.kept()));
        HistoryQueries history = new HistoryQueries(name, memory, store, System::currentTimeMillis);
        Function<JsonObject, Object> answers =
                board.isLoggedByMinute() ? request -> text(request, history.minutes(request)) : history::answer;
        List<MessageConsumer<JsonObject>> consumers = List.of(
                answer(Addresses.series(name), request -> text(request, history.list())),
                answer(Addresses.history(name), answers));
        Optional<FeedSubscription> feed =
                board.kept().isNothing() ? Optional.empty() : Optional.of(new FeedSubscription(vertx, name, memory));
        recorded.put(board.id(), new Recorded(board, memory, feed, consumers));
    }

    @Override
    public void withdrawn(BoardId board) {
        Recorded gone = recorded.remove(board);
        if (gone != null) {
            gone.memory.flush();
            gone.feed.ifPresent(FeedSubscription::close);
            gone.consumers.forEach(MessageConsumer::unregister);
        }
    }

    private KeptNumbers bounded(KeptNumbers kept) {
        int most = kept.mostSeries() == 0 ? config.maxSeries() : Math.min(kept.mostSeries(), config.maxSeries());
        return kept.atMost(most);
    }

    private MessageConsumer<JsonObject> answer(String address, Function<JsonObject, Object> answer) {
        return vertx.eventBus().consumer(address, request -> reply(request, answer));
    }

    private static void reply(Message<JsonObject> request, Function<JsonObject, Object> answer) {
        try {
            request.reply(answer.apply(request.body()));
        } catch (QueryRefusal e) {
            request.fail(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("A question about the history failed", e);
            request.fail(500, "something went wrong here; the log says what");
        }
    }

    /** Rows of the past take the place of what is known of their time. */
    private void takeLate(Message<JsonObject> request) {
        JsonObject late = request.body();
        String board = late.getString("board");
        Recorded at = recorded.get(BoardId.of(board));
        if (at == null) {
            request.fail(404, "nothing is kept of the board " + board);
            return;
        }
        at.memory.settle(GapRequests.end(late));
        Future.fromCompletionStage(gaps.put(board, GapRequests.rows(late), System.currentTimeMillis()), context)
                .onSuccess(count -> {
                    at.memory.forgetBefore(GapRequests.end(late));
                    request.reply(count);
                })
                .onFailure(failure -> request.fail(503, String.valueOf(failure.getMessage())));
    }

    /** What others want as text is made text here, and not on their event loop. */
    private static Object text(JsonObject request, JsonObject document) {
        return request.containsKey("format") ? document.encode() : document;
    }

    private void askByTheMinute() {
        long now = System.currentTimeMillis();
        vertx.setTimer(MINUTE_MILLISECONDS - now % MINUTE_MILLISECONDS, id -> {
            long at = System.currentTimeMillis() / MINUTE_MILLISECONDS * MINUTE_MILLISECONDS;
            recorded.values().stream()
                    .filter(each -> each.board.isLoggedByMinute())
                    .forEach(each -> ask(each.board.id().toString(), at));
            askByTheMinute();
        });
    }

    private void ask(String board, long at) {
        vertx.eventBus()
                .<JsonObject>request(Addresses.minute(board), new JsonObject(), WITHIN_5_SECONDS)
                .onSuccess(reply -> store.putMinute(board, at, reply.body()))
                .onFailure(failure -> LOG.debug("The board {} has nothing to say of this minute", board, failure));
    }
}
