package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of what is kept on disk that get there together or not at all. Not thread-safe. */
public final class Batch {

    /** One value, or none any more. */
    record Write(String map, String key, @Nullable String value) {}

    private final List<Write> writes = new ArrayList<>();

    /** Keeps a value in a map; the later one of the same key counts. */
    public void put(String map, String key, JsonObject value) {
        writes.add(new Write(map, key, value.encode()));
    }

    /** Keeps it no more. */
    public void remove(String map, String key) {
        writes.add(new Write(map, key, null));
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return writes.isEmpty();
    }

    List<Write> writes() {
        return writes;
    }
}
