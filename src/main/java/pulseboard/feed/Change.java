package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;

/**
 * One numbered step of a board.
 *
 * @param epoch names one run of the board: sequence numbers of different epochs have nothing to do with each other
 * @param seq grows by exactly 1 from change to change
 * @param at when it was made, Unix milliseconds
 * @param patch the merge patch from the state before; empty for a heartbeat
 */
public record Change(String epoch, long seq, long at, JsonObject patch) {

    /** The change as it travels. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("epoch", epoch)
                .put("seq", seq)
                .put("at", at)
                .put("patch", patch);
    }

    /**
     * Reads a change as it travels.
     *
     * @throws RuntimeException when a member is missing or of another type
     */
    public static Change of(JsonObject json) {
        return new Change(
                Objects.requireNonNull(json.getString("epoch"), "epoch"),
                Objects.requireNonNull(json.getLong("seq"), "seq"),
                Objects.requireNonNull(json.getLong("at"), "at"),
                Objects.requireNonNull(json.getJsonObject("patch"), "patch"));
    }
}
