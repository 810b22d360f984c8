package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * The whole state of a board after one of its changes.
 *
 * @param epoch the run of the board that it belongs to
 * @param seq the number of the last change that it includes
 * @param at when that change was made, Unix milliseconds
 * @param state the document; not to be modified
 */
public record Snapshot(String epoch, long seq, long at, JsonObject state) {

    /** The snapshot as it travels. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("epoch", epoch)
                .put("seq", seq)
                .put("at", at)
                .put("state", state);
    }

    /**
     * Reads a snapshot as it travels.
     *
     * @throws RuntimeException when a member is missing or of another type
     */
    public static Snapshot of(JsonObject json) {
        return new Snapshot(
                Objects.requireNonNull(json.getString("epoch"), "epoch"),
                Objects.requireNonNull(json.getLong("seq"), "seq"),
                Objects.requireNonNull(json.getLong("at"), "at"),
                Objects.requireNonNull(json.getJsonObject("state"), "state"));
    }
}
