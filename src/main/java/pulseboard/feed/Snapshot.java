package pulseboard.feed;

import io.vertx.core.json.JsonObject;

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
}
