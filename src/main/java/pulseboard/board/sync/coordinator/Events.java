package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.TreeMap;
import pulseboard.board.sync.store.Store;

/** What happened last, numbered, over all folders. */
final class Events {

    static final int KEPT = 1_000;
    private static final int SHOWN = 100;

    private final TreeMap<Long, JsonObject> last = new TreeMap<>();

    /** What belongs to no file. */
    private final Journal own;

    private long seq;

    Events(Store store) {
        own = new Journal(store, KEPT);
        goOn(own);
    }

    /** What was kept in there belongs to these, too; numbers go on after it. */
    void goOn(Journal journal) {
        journal.last(KEPT).forEach(this::note);
    }

    private void note(JsonObject event) {
        long number = event.getLong("seq");
        seq = Math.max(seq, number);
        last.put(number, event);
        if (last.size() > KEPT) {
            last.pollFirstEntry();
        }
    }

    /** One more that belongs to no file. */
    void add(String kind, String node, JsonObject data) {
        add(own, new JsonObject().put("kind", kind).put("node", node), data);
    }

    /** One more, to be kept in that journal. */
    void add(Journal journal, JsonObject what, JsonObject data) {
        JsonObject event = new JsonObject()
                .put("seq", seq + 1)
                .put("at", System.currentTimeMillis())
                .mergeIn(what);
        if (!data.isEmpty()) {
            event.put("data", data);
        }
        note(event);
        journal.add(event);
    }

    JsonObject shown() {
        own.commit(); // A number that somebody has seen is not given again.
        JsonObject all = new JsonObject();
        last.values().stream().skip(Math.max(0, last.size() - SHOWN)).forEach(event -> {
            JsonObject one = event.copy();
            all.put(String.format("%09d", ((Number) one.remove("seq")).longValue()), one);
        });
        return all;
    }

    /** Those after a number, the oldest first. */
    List<JsonObject> after(long number) {
        own.commit();
        return List.copyOf(last.tailMap(number, false).values());
    }
}
