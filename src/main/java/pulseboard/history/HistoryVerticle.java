package pulseboard.history;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.bus.Addresses;

/**
 * Listens to boards, keeps their numbers, and answers what they were. Asks once a minute for the busiest processes. To be
 * deployed on a worker thread of its own: it waits for the disk.
 */
public final class HistoryVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryVerticle.class);
    private static final long MINUTE_MILLISECONDS = 60_000;

    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);

    private final HistoryConfig config;
    private final List<String> boards;
    private final Keeper keeper;
    private final List<BoardHistory> histories = new ArrayList<>();
    private final Set<String> full = new HashSet<>();

    /**
     * Makes the verticle; it listens from when it is deployed.
     *
     * @param folder where it keeps its file
     * @param boards those whose numbers are kept
     */
    public HistoryVerticle(HistoryConfig config, Path folder, List<String> boards) {
        this.config = config;
        this.boards = List.copyOf(boards);
        this.keeper = new Keeper(folder, config);
    }

    @Override
    public Future<?> start() {
        List<Future<Void>> ready = new ArrayList<>();
        for (String board : boards) {
            BoardHistory memory = new BoardHistory(board, keeper, config.maxSeries());
            History history = new History(board, memory, keeper, System::currentTimeMillis);
            histories.add(memory);
            history.list(); // Says at the start where it is kept, or why not.
            listen(board, memory);
            ready.add(answer(Addresses.series(board), request -> told(request, history.list())));
            ready.add(answer(Addresses.history(board), request -> history.answer(request)));
            resync(board, memory);
        }
        History processes =
                new History("processes", new BoardHistory("processes", keeper, 1), keeper, System::currentTimeMillis);
        ready.add(answer(Addresses.series("processes"), request -> told(request, processes.list())));
        ready.add(answer(Addresses.history("processes"), request -> told(request, processes.minutes(request))));
        if (config.days() > 0 && config.processDays() > 0) {
            askForProcesses();
        }
        return Future.all(ready);
    }

    @Override
    public Future<?> stop() {
        histories.forEach(BoardHistory::flush);
        keeper.close();
        return Future.succeededFuture();
    }

    private void listen(String board, BoardHistory memory) {
        vertx.eventBus().<JsonObject>consumer(Addresses.changes(board), change -> {
            if (!memory.change(change.body())) {
                resync(board, memory);
            }
            if (memory.isFull() && full.add(board)) {
                LOG.warn(
                        "The board {} has more numbers than history.maxSeries, {}; there is no history of the others",
                        board,
                        config.maxSeries());
            }
        });
    }

    private void resync(String board, BoardHistory memory) {
        vertx.eventBus()
                .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_5_SECONDS)
                .onSuccess(reply -> memory.snapshot(reply.body()))
                .onFailure(failure -> LOG.debug("The board {} does not answer; its next change tells", board, failure));
    }

    private Future<Void> answer(String address, Function<JsonObject, Object> answer) {
        return vertx.eventBus()
                .<JsonObject>consumer(address, request -> reply(request, answer))
                .completion();
    }

    private static void reply(Message<JsonObject> request, Function<JsonObject, Object> answer) {
        try {
            request.reply(answer.apply(request.body()));
        } catch (BadQuestion e) {
            request.fail(e.status(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("A question about the history failed", e);
            request.fail(500, "something went wrong here; the log says what");
        }
    }

    /** What others want as text is made text here, and not on their event loop. */
    private static Object told(JsonObject request, JsonObject document) {
        return request.containsKey("format") ? document.encode() : document;
    }

    private void askForProcesses() {
        long now = System.currentTimeMillis();
        vertx.setTimer(MINUTE_MILLISECONDS - now % MINUTE_MILLISECONDS, id -> {
            long at = System.currentTimeMillis() / MINUTE_MILLISECONDS * MINUTE_MILLISECONDS;
            vertx.eventBus()
                    .<JsonObject>request(Addresses.BUSIEST_PROCESSES, new JsonObject(), WITHIN_5_SECONDS)
                    .onSuccess(reply -> keeper.putMinute(at, reply.body()))
                    .onFailure(failure -> LOG.debug("The busiest processes of this minute are not known", failure));
            askForProcesses();
        });
    }
}
