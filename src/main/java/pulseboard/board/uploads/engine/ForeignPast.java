package pulseboard.board.uploads.engine;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The last files of an rclone of somebody else's, of the hundred or so that it remembers itself, checks among them. Not thread-safe. */
final class ForeignPast {

    private static final int MOST_RECENT = 10;

    private final Troubles troubles = new Troubles();
    private final TreeMap<Long, JsonObject> recent = new TreeMap<>();
    private Set<JsonObject> known = new HashSet<>();
    private String lastError = "";
    private long count;
    private long finished = -1;
    private long failed = -1;

    /** Whether so many finished and failed files are not those of the last time. */
    boolean isBehind(long finishedNow, long failedNow) {
        boolean isBehind = finishedNow != finished || failedNow != failed;
        finished = finishedNow;
        failed = failedNow;
        return isBehind;
    }

    /** It may be another one from here on. */
    void restart() {
        finished = -1;
        failed = -1;
    }

    /** What rclone says of its last files. */
    void take(JsonObject transferred, long now) {
        List<JsonObject> all = new ArrayList<>();
        if (transferred.getValue("transferred") instanceof JsonArray array) {
            for (Object each : array) {
                if (each instanceof JsonObject json && !Boolean.TRUE.equals(json.getValue("checked"))) {
                    all.add(entry(json, now));
                }
            }
        }
        all.sort(Comparator.comparingLong(entry -> entry.getLong("at")));
        for (JsonObject entry : all) {
            if (!known.contains(entry)) {
                recent.put(++count, entry);
            }
        }
        while (recent.size() > MOST_RECENT) {
            recent.pollFirstEntry();
        }
        known = new HashSet<>(all);
    }

    private static JsonObject entry(JsonObject json, long now) {
        String error = json.getValue("error") instanceof String text ? text : "";
        return new JsonObject()
                .put("path", json.getValue("name") instanceof String name ? name : "")
                .put("bytes", json.getValue("size") instanceof Number size ? Math.max(0, size.longValue()) : 0)
                .put("result", error.isEmpty() ? "uploaded" : "failed")
                .put("at", json.getValue("completed_at") instanceof String text ? time(text, now) : now);
    }

    private static long time(String text, long now) {
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException e) {
            return now;
        }
    }

    /** What rclone says went wrong last; empty: nothing did. */
    void failure(String message, long now) {
        if (!message.equals(lastError) && !message.isEmpty()) {
            troubles.add("rclone", "", message, now);
        }
        lastError = message;
    }

    JsonObject recent() {
        JsonObject json = new JsonObject();
        recent.forEach((number, entry) -> json.put(Long.toString(number), entry));
        return json;
    }

    /** As many as rclone says; of which only the last one is known each time. */
    JsonObject errors(long reported) {
        return troubles.toJson().put("count", reported);
    }
}
