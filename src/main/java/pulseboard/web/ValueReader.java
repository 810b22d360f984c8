package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads values from the snapshots that everybody shares. */
final class ValueReader {

    private static final String NO_ANSWER = "the board does not answer";

    private final @Nullable Snapshots snapshots;

    /**
     * Reads from these.
     *
     * @param snapshots null when there is no host board
     */
    ValueReader(@Nullable Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** What is known is old. */
    void changed() {
        if (snapshots != null) {
            snapshots.changed();
        }
    }

    /** What is to be told of each value as the board is now; never fails. */
    Future<Function<Value, JsonObject>> ask() {
        Function<Value, JsonObject> nothing = value -> value.missing(NO_ANSWER);
        return snapshots == null
                ? Future.succeededFuture(nothing)
                : snapshots.ask().map(ValueReader::told).otherwise(nothing);
    }

    private static Function<Value, JsonObject> told(Snapshots.Encoded snapshot) {
        return value -> value.document(snapshot.document(), System.currentTimeMillis());
    }
}
