package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Whether the process that a board comes from is heard of. A board of this process is always live: if it fails, it does not answer.
 *
 * @param isLive whether it is heard of
 * @param since when it was last heard of, Unix milliseconds; 0 while it is live
 * @param reason why not, such as {@code link_lost}; empty while it is live
 */
public record BoardHealth(boolean isLive, long since, String reason) {

    /** It is heard of. */
    public static final BoardHealth LIVE = new BoardHealth(true, 0, "");

    /** Nothing has been heard of it since then. */
    public static BoardHealth offline(long since, String reason) {
        return new BoardHealth(false, since, reason);
    }

    /** As it stands in the directory. */
    public JsonObject toJson() {
        return isLive
                ? JsonObject.of("state", "live")
                : JsonObject.of("state", "offline", "since", since, "reason", reason);
    }

    static BoardHealth of(@Nullable JsonObject json) {
        return json == null || !"offline".equals(json.getString("state"))
                ? LIVE
                : offline(json.getLong("since", 0L), json.getString("reason", ""));
    }
}
