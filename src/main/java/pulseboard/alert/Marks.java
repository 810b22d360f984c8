package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Where the members of JSON objects stand in the file from which they were read. Not thread-safe. */
final class Marks {

    /** Of what was in no file. */
    static final Marks NONE = new Marks();

    private record Place(int line, int column) {}

    private final IdentityHashMap<JsonObject, Map<String, Place>> places = new IdentityHashMap<>();

    void put(JsonObject owner, String key, int line, int column) {
        places.computeIfAbsent(owner, missing -> new HashMap<>()).put(key, new Place(line, column));
    }

    /** Another object stands where this one does. */
    void alias(JsonObject other, JsonObject owner) {
        places.put(other, places.getOrDefault(owner, Map.of()));
    }

    /** The same, where the member stands, or its owner; as it is when it was in no file. */
    WrongRule place(WrongRule wrong, JsonObject owner, String key) {
        Map<String, Place> ofOwner = places.getOrDefault(owner, Map.of());
        Place place = ofOwner.getOrDefault(key, ofOwner.get(""));
        return place == null ? wrong : wrong.at(place.line, place.column + Math.max(0, wrong.column() - 1));
    }
}
