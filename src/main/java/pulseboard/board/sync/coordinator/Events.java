package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** What happened last, numbered. */
final class Events {

    private static final int KEPT = 1_000;
    private static final int SHOWN = 100;

    private final Deque<JsonObject> last = new ArrayDeque<>();
    private long seq;

    /** One more. The path may be empty. */
    void add(String kind, String node, String path, JsonObject data) {
        seq++;
        JsonObject event = new JsonObject()
                .put("seq", seq)
                .put("at", System.currentTimeMillis())
                .put("kind", kind)
                .put("node", node);
        if (!path.isEmpty()) {
            event.put("path", path);
        }
        if (!data.isEmpty()) {
            event.put("data", data);
        }
        last.add(event);
        if (last.size() > KEPT) {
            last.remove();
        }
    }

    JsonObject shown() {
        JsonObject all = new JsonObject();
        last.stream()
                .skip(Math.max(0, last.size() - SHOWN))
                .forEach(event -> all.put(
                        String.format("%09d", event.getLong("seq")),
                        event.copy().putNull("seq")));
        all.forEach(each -> ((JsonObject) each.getValue()).remove("seq"));
        return all;
    }

    /** Those after a number, the oldest first. */
    Iterable<JsonObject> after(long number) {
        return last.stream().filter(event -> event.getLong("seq") > number).toList();
    }
}
