package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Owns the board {@value #BOARD}, the directory: the {@link BoardInfo} of each board that is there, by its id, this one too.
 * {@link FeedPublisher}s announce and withdraw boards; a board
 * that is announced again has begun anew. To be deployed before any other board, on an event loop.
 */
public final class DirectoryVerticle extends VerticleBase {

    /** The name of the directory. */
    public static final String BOARD = "boards";

    private final Map<String, String> epochs = new HashMap<>();
    private JsonObject state = new JsonObject();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anybody can announce a board.
    private FeedPublisher publisher;

    @Override
    public Future<?> start() {
        MessageConsumer<JsonObject> announcements = vertx.eventBus().consumer(Addresses.ANNOUNCE, this::announced);
        MessageConsumer<JsonObject> withdrawals =
                vertx.eventBus().consumer(Addresses.WITHDRAW, message -> withdrawn(message.body()));
        publisher = new FeedPublisher(vertx, BoardInfo.of(BOARD, "Boards"));
        return Future.all(announcements.completion(), withdrawals.completion(), publisher.ready());
    }

    private void announced(Message<JsonObject> announcement) {
        String id = announcement.body().getString("id");
        String epoch = announcement.body().getString("epoch");
        epochs.put(id, epoch);
        JsonObject info = announcement.body().getJsonObject("info");
        publish(alike().put(id, info));
        announcement.reply(id);
    }

    private void withdrawn(JsonObject withdrawal) {
        String id = withdrawal.getString("id");
        if (epochs.remove(id, withdrawal.getString("epoch"))) {
            JsonObject rest = alike();
            rest.remove(id);
            publish(rest);
        }
    }

    /** The same entries, which nobody changes: a thousand machines come at once, and each is one entry. */
    private JsonObject alike() {
        JsonObject same = new JsonObject();
        state.forEach(entry -> same.put(entry.getKey(), entry.getValue()));
        return same;
    }

    private void publish(JsonObject next) {
        state = next;
        publisher.publish(next);
    }
}
