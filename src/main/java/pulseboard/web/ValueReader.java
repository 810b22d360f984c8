package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads values from the snapshots that everybody shares. */
final class ValueReader {

    private static final String NO_ANSWER = "the board does not answer";

    private final Supplier<@Nullable FanOut> home;

    /**
     * Reads from this board.
     *
     * @param home null while it is not there
     */
    ValueReader(Supplier<@Nullable FanOut> home) {
        this.home = home;
    }

    /** The board, while it is there. */
    Optional<FanOut> board() {
        return Optional.ofNullable(home.get());
    }

    /** The value of this name, while the board is there and has one. */
    Optional<Value> value(@Nullable String name) {
        return named().filter(value -> value.name().equals(name)).findFirst();
    }

    /** The names of all that there are. */
    List<String> names() {
        return named().map(Value::name).toList();
    }

    private Stream<Value> named() {
        return board().stream().flatMap(board -> board.info.values().stream()).map(Value::new);
    }

    /** What is to be told of each value as the board is now; never fails. */
    Future<Function<Value, JsonObject>> ask() {
        Function<Value, JsonObject> nothing = value -> value.missing(NO_ANSWER);
        return board().map(board -> board.snapshots.ask().map(ValueReader::told).otherwise(nothing))
                .orElseGet(() -> Future.succeededFuture(nothing));
    }

    private static Function<Value, JsonObject> told(Snapshots.Encoded snapshot) {
        return value -> value.document(snapshot.document(), System.currentTimeMillis());
    }
}
