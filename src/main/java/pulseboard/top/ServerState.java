package pulseboard.top;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What is known at one moment.
 *
 * @param where the address of the server
 * @param host the host board, or the other one that is shown, also an old one; null if there never was any
 * @param processes the process board, likewise
 * @param facts what the server says of its machine; null until it has
 * @param at when the host board was measured, Unix milliseconds
 * @param verdict whether the machine is well, as the server says it; null where it does not
 * @param trouble why this is not live; empty if it is
 * @param processesTrouble why there are no processes; empty if there are some
 */
record ServerState(
        String where,
        @Nullable JsonObject host,
        @Nullable JsonObject processes,
        @Nullable JsonObject facts,
        long at,
        @Nullable JsonObject verdict,
        String trouble,
        String processesTrouble) {

    boolean isLive() {
        return trouble.isEmpty();
    }
}
