package pulseboard.board.sync.rules;

import io.vertx.core.json.JsonObject;

/**
 * Two edits of a path that did not know of each other.
 *
 * @param id for people and programs
 * @param kind {@code edit_edit}, {@code edit_delete} or {@code kind}, where a directory and a file want the same name
 * @param path where
 * @param copyPath where the other content is now; empty where there is none
 * @param head who keeps the name, and which version
 * @param other whose edit came second, and which version
 * @param state {@code open}, {@code resolved} or, where nobody had to do anything, {@code by_itself}
 */
public record Conflict(String id, String kind, String path, String copyPath, Side head, Side other, String state) {

    /** Waits for a person. */
    public static final String OPEN = "open";

    /** A person has decided. */
    public static final String RESOLVED = "resolved";

    /** Needed nobody. */
    public static final String BY_ITSELF = "by_itself";

    /** One of the two. */
    public record Side(String device, Entry entry) {

        JsonObject toJson() {
            return entry.toJson().put("device", device);
        }
    }

    /** The same in another state. */
    public Conflict in(String other) {
        return new Conflict(id, kind, path, copyPath, head, this.other, other);
    }

    /** For the wire. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("id", id)
                .put("kind", kind)
                .put("path", path)
                .put("copyPath", copyPath)
                .put("head", head.toJson())
                .put("other", other.toJson())
                .put("state", state);
    }

    /** Reads what {@link #toJson()} wrote. */
    public static Conflict of(JsonObject json) {
        return new Conflict(
                json.getString("id"),
                json.getString("kind"),
                json.getString("path"),
                json.getString("copyPath"),
                side(json.getJsonObject("head")),
                side(json.getJsonObject("other")),
                json.getString("state"));
    }

    private static Side side(JsonObject json) {
        return new Side(json.getString("device"), Entry.of(json));
    }
}
