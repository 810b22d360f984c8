package pulseboard.feed;

import io.vertx.core.json.JsonObject;

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
}
