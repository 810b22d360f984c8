package pulseboard.load;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Change;
import pulseboard.feed.MergePatch;

/**
 * What a viewer knows of a board. Viewers that know the same and receive the same share the next document, so that a patch
 * is applied once and not thousands of times.
 */
final class Document {

    final String epoch;
    final long seq;
    final JsonObject state;
    private @Nullable Change step;
    private @Nullable Document next;

    Document(String epoch, long seq, JsonObject state) {
        this.epoch = epoch;
        this.seq = seq;
        this.state = state;
    }

    static Document of(JsonObject snapshot) {
        return new Document(snapshot.getString("epoch"), snapshot.getLong("seq"), snapshot.getJsonObject("state"));
    }

    boolean isBefore(Change change) {
        return epoch.equals(change.epoch()) && seq + 1 == change.seq();
    }

    boolean includes(Change change) {
        return epoch.equals(change.epoch()) && seq >= change.seq();
    }

    @SuppressWarnings("ReferenceEquality") // Equal bytes were parsed into the same instance.
    Document after(Change change) {
        if (next == null || change != step) {
            step = change;
            JsonObject changed = (JsonObject) Objects.requireNonNull(MergePatch.apply(state, change.patch()));
            next = new Document(change.epoch(), change.seq(), changed);
        }
        return next;
    }

    boolean isAt(Document other) {
        return epoch.equals(other.epoch) && seq == other.seq;
    }
}
