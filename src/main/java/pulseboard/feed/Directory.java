package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the {@linkplain DirectoryVerticle directory}: reports boards as they come and go. Used on one context. */
public final class Directory implements FeedReader.Sink {

    private static final Logger LOG = LoggerFactory.getLogger(Directory.class);

    private final Listener listener;
    private final Replica replica = new Replica();
    private final Map<BoardId, BoardInfo> known = new HashMap<>();

    /** Who wants to know of boards. */
    public interface Listener {
        /** A board is there, or says something else of itself than before. */
        void announced(BoardInfo board);

        /** A board is gone. */
        void withdrawn(BoardId board);
    }

    private Directory(Listener listener) {
        this.listener = listener;
    }

    /**
     * Follows it on this context from now on; the listener is called there. The result is done when it has been told of every
     * board that is there by now, and fails when there is no directory.
     */
    public static Future<Void> follow(Vertx vertx, Listener listener) {
        return new FeedSubscription(vertx, DirectoryVerticle.BOARD, new Directory(listener)).ready();
    }

    @Override
    public void replace(Snapshot snapshot) {
        replica.replace(snapshot);
        for (BoardId gone : List.copyOf(known.keySet())) {
            if (!snapshot.state().containsKey(gone.toString())) {
                withdraw(gone);
            }
        }
        compare(snapshot.state(), snapshot.state().fieldNames());
    }

    @Override
    public void apply(Change change) {
        replica.apply(change);
        JsonObject state = replica.state();
        if (state != null && !change.patch().isEmpty()) {
            List<BoardId> gone = change.patch().fieldNames().stream()
                    .filter(name -> !state.containsKey(name))
                    .map(BoardId::of)
                    .filter(known::containsKey)
                    .toList();
            gone.forEach(this::withdraw);
            compare(state, change.patch().fieldNames());
        }
    }

    private void withdraw(BoardId gone) {
        known.remove(gone);
        listener.withdrawn(gone);
    }

    /** Those of these names, which may be others than before. */
    private void compare(JsonObject state, Set<String> names) {
        for (String name : names) {
            if (!state.containsKey(name)) {
                continue;
            }
            try {
                BoardInfo info = BoardInfo.of(BoardId.of(name), state.getJsonObject(name));
                if (!info.equals(known.put(info.id(), info))) {
                    listener.announced(info);
                }
            } catch (RuntimeException e) {
                LOG.warn("What the board {} says of itself cannot be understood", name, e);
            }
        }
    }
}
