package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The state of one board and the numbering of its changes. Not thread-safe: one verticle owns it. A state handed over is
 * the feed's from then on; nobody may modify it.
 */
public final class Feed {

    /** The longest silence of a living board. */
    public static final long HEARTBEAT_MILLISECONDS = 5_000;

    private final String epoch;
    private final LongSupplier clock;
    private JsonObject state = new JsonObject();
    private long seq;
    private long at;

    /**
     * Makes an empty board, at sequence number 0.
     *
     * @param epoch a name that no other run of this board has
     * @param clock Unix milliseconds
     */
    public Feed(String epoch, LongSupplier clock) {
        this.epoch = epoch;
        this.clock = clock;
        this.at = clock.getAsLong();
    }

    /** Takes the next state and returns how it differs from the one before; nothing when it does not. */
    public Optional<Change> update(JsonObject next) {
        JsonObject patch = MergePatch.diff(state, next);
        state = next;
        return patch.isEmpty() ? Optional.empty() : Optional.of(step(patch));
    }

    /** A change that changes nothing, by which a viewer tells a quiet board from a dead one. */
    public Change heartbeat() {
        return step(new JsonObject());
    }

    /** The state as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(epoch, seq, at, state);
    }

    private Change step(JsonObject patch) {
        seq++;
        at = clock.getAsLong();
        return new Change(epoch, seq, at, patch);
    }
}
