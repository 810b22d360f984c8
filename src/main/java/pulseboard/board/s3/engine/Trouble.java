package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Errors, or warnings: how many of which code, and the last of them. Thread-safe. */
final class Trouble {

    private final int mostRecent;
    private final Consumer<JsonObject> list;
    private final Map<String, Integer> byCode = new TreeMap<>();
    private final TreeMap<Integer, JsonObject> recent = new TreeMap<>();
    private int count;

    /** Shows the last ones, and gives all of them to the list. */
    Trouble(int mostRecent, Consumer<JsonObject> list) {
        this.mostRecent = mostRecent;
        this.list = list;
    }

    /** Notes one; of the run where the path is empty. */
    synchronized void add(String path, String code, String message) {
        count++;
        byCode.merge(code, 1, Integer::sum);
        JsonObject entry =
                new JsonObject().put("code", code).put("message", message).put("at", System.currentTimeMillis());
        recent.put(count, path.isEmpty() ? entry : entry.put("path", path));
        list.accept(entry);
        if (recent.size() > mostRecent) {
            recent.pollFirstEntry();
        }
    }

    /** The sentence of the last one; empty where there is none. */
    synchronized String last() {
        return recent.isEmpty() ? "" : recent.lastEntry().getValue().getString("message");
    }

    synchronized int count() {
        return count;
    }

    synchronized JsonObject toJson() {
        JsonObject codes = new JsonObject();
        byCode.forEach(codes::put);
        JsonObject last = new JsonObject();
        recent.forEach((number, entry) -> last.put(Integer.toString(number), entry));
        return new JsonObject().put("count", count).put("byCode", codes).put("recent", last);
    }
}
