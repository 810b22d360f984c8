package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import pulseboard.bus.Addresses;

/**
 * Puts one board on the event bus: publishes its changes, answers requests for its snapshot, and publishes an empty
 * change when nothing else was published for {@value #HEARTBEAT_MILLISECONDS} ms. Made and used on the context of the
 * verticle that owns the board; it ends with that verticle.
 */
public final class FeedPublisher {

    /** The longest silence of a living board. */
    public static final long HEARTBEAT_MILLISECONDS = 5_000;

    private final Vertx vertx;
    private final String changes;
    private final Feed feed;
    private final MessageConsumer<JsonObject> snapshots;
    private final MessageConsumer<JsonObject> figures;
    private final TickTimes ticks = new TickTimes();
    private long changesPublished;
    private long lastPublishedNanos = System.nanoTime();

    /** Starts answering for a board of that name, which is empty and in a new epoch. */
    public FeedPublisher(Vertx vertx, String board) {
        this.vertx = vertx;
        this.changes = Addresses.changes(board);
        this.feed = new Feed(UUID.randomUUID().toString().substring(0, 8), System::currentTimeMillis);
        this.snapshots = vertx.eventBus().consumer(Addresses.snapshot(board), this::replySnapshot);
        this.figures = vertx.eventBus().consumer(Addresses.figures(board), this::replyFigures);
        armHeartbeat(HEARTBEAT_MILLISECONDS);
    }

    /** Makes this the state of the board and publishes the difference, if there is one. */
    public void publish(JsonObject state) {
        feed.update(state).ifPresent(this::send);
    }

    /** Notes how long the board took to sample and publish. */
    public void ticked(long nanos) {
        ticks.add(nanos);
    }

    /** Whether the board can be asked for its snapshot from now on. */
    public Future<Void> ready() {
        return Future.all(snapshots.completion(), figures.completion()).mapEmpty();
    }

    private void replyFigures(Message<JsonObject> request) {
        request.reply(new JsonObject().put("changes", changesPublished).put("ticks", ticks.toJson()));
    }

    private void replySnapshot(Message<JsonObject> request) {
        request.reply(feed.snapshot().toJson());
    }

    private void send(Change change) {
        lastPublishedNanos = System.nanoTime();
        changesPublished++;
        vertx.eventBus().publish(changes, change.toJson());
    }

    /** One timer, set to when the next heartbeat would be due, instead of one that is reset on every change. */
    private void armHeartbeat(long delayMilliseconds) {
        vertx.setTimer(delayMilliseconds, id -> {
            long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastPublishedNanos);
            if (silence >= HEARTBEAT_MILLISECONDS) {
                send(feed.heartbeat());
                silence = 0;
            }
            armHeartbeat(Math.max(1, HEARTBEAT_MILLISECONDS - silence));
        });
    }
}
