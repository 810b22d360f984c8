package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import pulseboard.board.sync.rules.Table;
import pulseboard.board.sync.store.Store;

/**
 * What happened, kept from one start to the next, and found again by its path. Those of a folder are in the folder's own file: what
 * happened to a path is durable with what the path is, or neither is.
 */
final class Journal {

    /** Of one path, so that one that changes all the time does not push the others out. */
    static final int KEPT_OF_PATH = 50;

    static final int KEPT = 100_000;

    private final Store store;
    private final Table<Long, String> events;
    private final Table<String, String> numbers;
    private final long most;

    Journal(Store store, long most) {
        this.store = store;
        this.most = most;
        events = store.numbered("events");
        numbers = store.texts("eventsOf");
    }

    /** One more; durable with the next commit of the file. */
    void add(JsonObject event) {
        long seq = event.getLong("seq");
        String path = event.getString("path", "");
        events.put(seq, event.encode());
        if (!path.isEmpty()) {
            JsonArray own = numbers(path).add(seq);
            while (own.size() > KEPT_OF_PATH) {
                events.remove(((Number) own.remove(0)).longValue());
            }
            numbers.put(path, own.encode());
        }
        while (events.size() > most) {
            forget(events.from(null).next());
        }
    }

    private JsonArray numbers(String path) {
        String known = numbers.get(path);
        return known == null ? new JsonArray() : new JsonArray(known);
    }

    private void forget(Map.Entry<Long, String> oldest) {
        events.remove(oldest.getKey());
        String path = new JsonObject(oldest.getValue()).getString("path", "");
        JsonArray own = numbers(path);
        if (own.size() < 2) { // Of a path, too, it is the oldest.
            numbers.remove(path);
        } else {
            own.remove(0);
            numbers.put(path, own.encode());
        }
    }

    /** What is kept of a path, the oldest first. */
    List<JsonObject> of(String path) {
        List<JsonObject> all = new ArrayList<>();
        for (Object number : numbers(path)) {
            String event = events.get(((Number) number).longValue());
            if (event != null) {
                all.add(new JsonObject(event));
            }
        }
        return all;
    }

    /** The last ones of all, the oldest first. */
    List<JsonObject> last(int count) {
        Deque<String> last = new ArrayDeque<>();
        Iterator<Map.Entry<Long, String>> all = events.from(null);
        while (all.hasNext()) {
            last.add(all.next().getValue());
            if (last.size() > count) {
                last.remove();
            }
        }
        return last.stream().map(JsonObject::new).toList();
    }

    void commit() {
        store.commit();
    }
}
