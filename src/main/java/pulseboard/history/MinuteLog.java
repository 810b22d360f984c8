package pulseboard.history;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/** What a board said of each minute, on disk. May be read while it is written. */
final class MinuteLog {

    private final MVMap<Long, byte[]> stored;
    private final long keptMilliseconds;

    MinuteLog(MVMap<Long, byte[]> stored, int days) {
        this.stored = stored;
        this.keptMilliseconds = TimeUnit.DAYS.toMillis(days);
    }

    /** Takes that of the minute that ended at that moment. */
    void put(long at, JsonObject document) {
        stored.put(at, document.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Those of the minutes that ended between two moments, the newest of them if there are more than so many. */
    JsonArray read(long from, long to, int most) {
        JsonArray found = new JsonArray();
        Cursor<Long, byte[]> newestFirst = stored.cursor(to - 1, from, true);
        while (newestFirst.hasNext() && found.size() < most) {
            Long at = newestFirst.next();
            found.add(0, new JsonObject(new String(newestFirst.getValue(), StandardCharsets.UTF_8)).put("at", at));
        }
        return found;
    }

    /** Removes what is too old. */
    void expire(long now) {
        for (Long at = stored.firstKey(); at != null && at < now - keptMilliseconds; at = stored.firstKey()) {
            stored.remove(at);
        }
    }
}
