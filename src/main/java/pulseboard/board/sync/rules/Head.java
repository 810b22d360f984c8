package pulseboard.board.sync.rules;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a folder has at a path by the coordinator's last word.
 *
 * @param path where
 * @param seq grows by one with each change of the folder
 * @param entry what
 * @param device the one that told it, which therefore has the content
 * @param origins the versions in which this content was told; its version may know more by now, such as deletions that it survived.
 *     Empty at the machines, which decide nothing
 */
public record Head(String path, long seq, Entry entry, String device, List<Version> origins) {

    /** Copies. */
    public Head {
        origins = List.copyOf(origins);
    }

    /** For the wire. */
    public JsonObject toJson() {
        return entry.toJson().put("path", path).put("seq", seq).put("device", device);
    }

    /** For the coordinator's own memory. */
    public JsonObject toWholeJson() {
        return toJson().put(
                        "origins",
                        new JsonArray(origins.stream().map(Version::toString).toList()));
    }

    /**
     * Reads what {@link #toJson()} or {@link #toWholeJson()} wrote.
     *
     * @throws RuntimeException when it is no head
     */
    public static Head of(JsonObject json) {
        List<Version> origins = json.getJsonArray("origins", new JsonArray()).stream()
                .map(each -> Version.of((String) each))
                .toList();
        return new Head(json.getString("path"), json.getLong("seq"), Entry.of(json), json.getString("device"), origins);
    }
}
