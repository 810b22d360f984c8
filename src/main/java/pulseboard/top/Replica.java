package pulseboard.top;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.MergePatch;

/**
 * A copy of one board, kept equal to the server's by numbered changes. It knows nothing of sockets or time: give it what
 * arrives, and ask for a snapshot while it {@link #isWaiting()}.
 */
final class Replica {

    /** Far more than arrive during one request. If there are more, the hole is noticed and healed like any other. */
    private static final int HELD_AT_MOST = 256;

    private final Deque<JsonObject> held = new ArrayDeque<>();
    private @Nullable JsonObject state;
    private String epoch = "";
    private long seq;
    private long at;
    private boolean waiting = true;

    /** The newest document; null until the first snapshot. Not to be modified. */
    @Nullable
    JsonObject state() {
        return state;
    }

    /** Which run of the server it is of. */
    String epoch() {
        return epoch;
    }

    /** When the newest change was made, by the server's clock. */
    long at() {
        return at;
    }

    /** Whether a snapshot has to be asked for. */
    boolean isWaiting() {
        return waiting;
    }

    /** The registration is new: what came before may have holes. */
    void restart() {
        held.clear();
        waiting = true;
    }

    void change(JsonObject change) {
        String from = text(change, "epoch");
        long number = number(change, "seq");
        if (waiting) {
            hold(change);
        } else if (from.equals(epoch) && number == seq + 1) {
            apply(change);
        } else if (!from.equals(epoch) || number > seq) {
            waiting = true;
            hold(change);
        }
    }

    void snapshot(JsonObject snapshot) {
        if (!waiting) {
            return;
        }
        JsonObject taken = Objects.requireNonNull(snapshot.getJsonObject("state"), "state");
        epoch = text(snapshot, "epoch");
        seq = number(snapshot, "seq");
        at = number(snapshot, "at");
        state = taken;
        waiting = false;
        List<JsonObject> kept = List.copyOf(held);
        held.clear();
        // Those of another epoch are forgotten: if that is the newer one, its next change asks again.
        kept.stream().filter(change -> text(change, "epoch").equals(epoch)).forEach(this::change);
    }

    private void hold(JsonObject change) {
        if (held.size() == HELD_AT_MOST) {
            held.removeFirst();
        }
        held.addLast(change);
    }

    private void apply(JsonObject change) {
        Object patched = MergePatch.apply(state, change.getJsonObject("patch"));
        state = (JsonObject) Objects.requireNonNull(patched, "patch");
        seq = number(change, "seq");
        at = number(change, "at");
    }

    private static String text(JsonObject message, String key) {
        return Objects.requireNonNull(message.getString(key), key);
    }

    private static long number(JsonObject message, String key) {
        return Objects.requireNonNull(message.getLong(key), key);
    }
}
