package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one board from the event bus: registers, then asks for the snapshot, and asks again after a hole. Made and used on one
 * context, on which the sink is called too; it ends with the verticle that made it, or by {@link #close()}.
 */
public final class FeedSubscription {

    private static final Logger LOG = LoggerFactory.getLogger(FeedSubscription.class);
    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);

    private final Vertx vertx;
    private final String board;
    private final FeedReader reader;
    private final MessageConsumer<JsonObject> consumer;
    private final Promise<Void> ready = Promise.promise();
    private boolean asking;

    /** Begins to read a board into a sink; a board that is not there yet is read from its first change on. */
    public FeedSubscription(Vertx vertx, String board, FeedReader.Sink sink) {
        this.vertx = vertx;
        this.board = board;
        this.reader = new FeedReader(sink);
        this.consumer = vertx.eventBus().consumer(Addresses.changes(board), message -> take(message.body()));
        ask();
    }

    /** Done with the first snapshot; failed when the board did not answer, though it is read from its next change on. */
    public Future<Void> ready() {
        return ready.future();
    }

    /** Reads no more. */
    public void close() {
        Future<Void> unused = consumer.unregister();
    }

    private void take(JsonObject change) {
        reader.change(change);
        ask();
    }

    private void ask() {
        if (asking || !reader.isWaiting()) {
            return;
        }
        asking = true;
        vertx.eventBus()
                .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_5_SECONDS)
                .onSuccess(reply -> {
                    asking = false;
                    reader.snapshot(reply.body());
                    ready.tryComplete();
                })
                .onFailure(failure -> {
                    asking = false;
                    LOG.debug("The board {} does not answer; its next change asks again", board, failure);
                    ready.tryFail(failure);
                });
    }
}
