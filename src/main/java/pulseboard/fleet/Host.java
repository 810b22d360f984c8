package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A machine as the registry knows it.
 *
 * @param name what people call it
 * @param group the one group that it is in; empty: none
 * @param tags for people to filter by
 * @param machine a hash of the machine's own id, by which it is known when it joins again; empty: it came with a token made by hand
 * @param version of the program there; empty: never heard of
 * @param addedAt Unix milliseconds
 * @param heardAt when it was last heard of, Unix milliseconds, as of the last time that this was written down; 0: never
 * @param isApproved whether it may link; false while it waits for an administrator
 * @param isRefused whether an administrator has shut it out
 */
record Host(
        String name,
        String group,
        Map<String, String> tags,
        String machine,
        String version,
        long addedAt,
        long heardAt,
        boolean isApproved,
        boolean isRefused) {

    /** Copies; in the order of the keys. */
    Host {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** One that was never heard of. */
    static Host added(String name, String group, String machine, long now) {
        return new Host(name, group, Map.of(), machine, "", now, 0, true, false);
    }

    /** The same, but an administrator has to let it in. */
    Host waiting() {
        return new Host(name, group, tags, machine, version, addedAt, heardAt, false, isRefused);
    }

    /** Whether it may link. */
    boolean isLetIn() {
        return isApproved && !isRefused;
    }

    Host named(String other) {
        return new Host(other, group, tags, machine, version, addedAt, heardAt, isApproved, isRefused);
    }

    Host in(String other) {
        return new Host(name, other, tags, machine, version, addedAt, heardAt, isApproved, isRefused);
    }

    Host tagged(Map<String, String> others) {
        return new Host(name, group, others, machine, version, addedAt, heardAt, isApproved, isRefused);
    }

    Host heard(long at, String by) {
        return new Host(name, group, tags, machine, by, addedAt, Math.max(at, heardAt), isApproved, isRefused);
    }

    Host let(boolean in) {
        return new Host(name, group, tags, machine, version, addedAt, heardAt, in || isApproved, !in);
    }

    JsonObject toJson() {
        JsonObject marks = new JsonObject();
        tags.forEach(marks::put);
        return JsonObject.of("name", name, "group", group, "tags", marks, "machine", machine)
                .put("version", version)
                .put("addedAt", addedAt)
                .put("heardAt", heardAt)
                .put("approved", isApproved)
                .put("refused", isRefused);
    }

    static Host of(JsonObject json) {
        Map<String, String> tags = new TreeMap<>();
        json.getJsonObject("tags", new JsonObject())
                .forEach(tag -> tags.put(tag.getKey(), String.valueOf(tag.getValue())));
        return new Host(
                json.getString("name", ""),
                json.getString("group", ""),
                tags,
                json.getString("machine", ""),
                json.getString("version", ""),
                json.getLong("addedAt", 0L),
                json.getLong("heardAt", 0L),
                json.getBoolean("approved", true),
                json.getBoolean("refused", false));
    }
}
