package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A map that is kept on disk, and knows what of it changed since it was last saved. Not thread-safe. */
final class SavedMap<V> {

    private final String name;
    private final Function<V, JsonObject> writer;
    private final Map<String, V> values = new LinkedHashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    SavedMap(String name, Function<V, JsonObject> writer) {
        this.name = name;
        this.writer = writer;
    }

    @Nullable
    V get(String key) {
        return values.get(key);
    }

    /** One that is known to be there. */
    V require(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    void put(String key, V value) {
        values.put(key, value);
        changed.add(key);
    }

    /** A value was changed where it is. */
    void touch(String key) {
        changed.add(key);
    }

    @Nullable
    V remove(String key) {
        changed.add(key);
        return values.remove(key);
    }

    int size() {
        return values.size();
    }

    /** The newest last. */
    Collection<V> values() {
        return values.values();
    }

    /** A copy, so that what is looked at may be taken out. */
    List<Map.Entry<String, V>> entries() {
        return List.copyOf(values.entrySet());
    }

    /** Writes what changed. */
    void save(Batch batch) {
        for (String key : changed) {
            V value = values.get(key);
            if (value == null) {
                batch.remove(name, key);
            } else {
                batch.put(name, key, writer.apply(value));
            }
        }
        changed.clear();
    }

    /** Takes what was kept. */
    void restore(Map<String, Map<String, JsonObject>> maps, BiFunction<String, JsonObject, V> reader) {
        maps.getOrDefault(name, Map.of()).forEach((key, json) -> values.put(key, reader.apply(key, json)));
    }
}
