package pulseboard.feed;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A copy of a board's document, kept equal by a {@link FeedReader}. Not thread-safe. */
public final class Replica implements FeedReader.Sink {

    private @Nullable JsonObject state;
    private long at;

    /** The newest document; null before the first snapshot. Not to be modified. */
    public @Nullable JsonObject state() {
        return state;
    }

    /** When the newest change was made, Unix milliseconds by the publisher's clock. */
    public long at() {
        return at;
    }

    @Override
    public void replace(Snapshot snapshot) {
        state = snapshot.state();
        at = snapshot.at();
    }

    @Override
    public void apply(Change change) {
        Object patched = MergePatch.apply(state, change.patch());
        state = (JsonObject) Objects.requireNonNull(patched, "patch");
        at = change.at();
    }
}
