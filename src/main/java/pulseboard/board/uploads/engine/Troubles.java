package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** What went wrong in a session: how often, and the last few. Not thread-safe. */
final class Troubles {

    private static final int MOST_RECENT = 10;
    private static final int LONGEST = 500;

    private final TreeMap<String, Integer> byCode = new TreeMap<>();
    private final TreeMap<Long, JsonObject> recent = new TreeMap<>();
    private long count;

    /** One more; what rclone says may be long. */
    void add(String code, String path, String message, long at) {
        count++;
        byCode.merge(code, 1, Integer::sum);
        JsonObject entry = new JsonObject()
                .put("code", code)
                .put("message", message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message)
                .put("at", at);
        if (!path.isEmpty()) {
            entry.put("path", path);
        }
        recent.put(count, entry);
        if (recent.size() > MOST_RECENT) {
            recent.pollFirstEntry();
        }
    }

    JsonObject toJson() {
        JsonObject codes = new JsonObject();
        byCode.forEach(codes::put);
        JsonObject last = new JsonObject();
        recent.forEach((number, entry) -> last.put(Long.toString(number), entry));
        return new JsonObject().put("count", count).put("byCode", codes).put("recent", last);
    }
}
