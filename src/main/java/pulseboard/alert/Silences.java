package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/** All silences. Not thread-safe. */
final class Silences {

    private static final int MOST = 1_000;

    private final SavedMap<Silence> silences = new SavedMap<>("silences", Silence::toJson);

    /**
     * One more.
     *
     * @throws IllegalArgumentException when there are too many
     */
    void add(Silence silence) {
        if (silences.size() >= MOST) {
            throw new IllegalArgumentException("there are " + MOST + " silences already; end some of them first");
        }
        silences.put(silence.id(), silence);
    }

    /** Ends one; whether there was one. */
    boolean remove(String id) {
        return silences.get(id) != null && silences.remove(id) != null;
    }

    /** Forgets those that are over. */
    void expire(long now) {
        silences.entries().stream()
                .filter(each -> each.getValue().until() <= now)
                .forEach(each -> silences.remove(each.getKey()));
    }

    /** When the next one is over. */
    long nextAt() {
        return silences.values().stream().mapToLong(Silence::until).min().orElse(Long.MAX_VALUE);
    }

    /** The one that holds back an alert for longest. */
    Optional<Held> hold(JsonObject alert, long now) {
        return silences.values().stream()
                .flatMap(each -> each.hold(alert, now).stream())
                .max(Comparator.comparingLong(Held::until));
    }

    /** For the board, by id. */
    JsonObject toBoard() {
        JsonObject board = new JsonObject();
        silences.values().forEach(each -> board.put(each.id(), each.toJson()));
        return board;
    }

    void save(Batch batch) {
        silences.save(batch);
    }

    void restore(Map<String, Map<String, JsonObject>> maps) {
        silences.restore(maps, Silence::of);
    }
}
