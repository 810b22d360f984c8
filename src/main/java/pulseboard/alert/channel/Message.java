package pulseboard.alert.channel;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What is brought to people by one channel at once: one alert or several.
 *
 * @param id the same however often it is sent, so that a receiver can drop the second
 * @param kind {@code firing}, {@code resolved}, {@code reminder}, {@code digest} or {@code test}
 * @param level the worst of what still fires: {@code warning} or {@code critical}; {@code ok} when nothing of it does
 * @param host the machine
 * @param subject one line
 * @param items each alert, worst first
 * @param at when it was made, in Unix milliseconds
 * @param link where the page shows it; empty when its address is not known
 */
public record Message(
        String id, String kind, String level, String host, String subject, List<Item> items, long at, String link) {

    /**
     * One alert in a message. All texts may come from names of files and disks: none is to be trusted.
     *
     * @param alertId of the alert, the same in all messages about it
     * @param state {@code firing}, {@code acknowledged}, {@code unknown}, {@code flapping}, {@code resolved} or {@code expired}
     * @param level {@code warning} or {@code critical}: what it is, or was at worst
     * @param board where it comes from
     * @param rule the rule's name
     * @param key what of the board; may be empty
     * @param text what is wrong, one clause
     * @param help what to do about it; may be empty
     * @param firingSince in Unix milliseconds
     * @param endedAt the same; 0 while it is not over
     */
    public record Item(
            String alertId,
            String state,
            String level,
            String board,
            String rule,
            String key,
            String text,
            String help,
            long firingSince,
            long endedAt) {

        /** For templates and the disk. */
        public JsonObject toJson() {
            return JsonObject.of("alertId", alertId, "state", state, "level", level)
                    .put("board", board)
                    .put("rule", rule)
                    .put("key", key)
                    .put("text", text)
                    .put("help", help)
                    .put("firingSince", firingSince)
                    .put("endedAt", endedAt);
        }

        /** Reads what {@link #toJson()} wrote. */
        public static Item of(JsonObject json) {
            return new Item(
                    json.getString("alertId", ""),
                    json.getString("state", ""),
                    json.getString("level", ""),
                    json.getString("board", ""),
                    json.getString("rule", ""),
                    json.getString("key", ""),
                    json.getString("text", ""),
                    json.getString("help", ""),
                    json.getLong("firingSince", 0L),
                    json.getLong("endedAt", 0L));
        }
    }

    /** Copies. */
    public Message {
        items = List.copyOf(items);
    }

    /** For templates and the disk. */
    public JsonObject toJson() {
        return JsonObject.of("id", id, "kind", kind, "level", level, "host", host, "subject", subject)
                .put("items", new JsonArray(items.stream().map(Item::toJson).toList()))
                .put("at", at)
                .put("link", link);
    }

    /** Reads what {@link #toJson()} wrote. */
    public static Message of(JsonObject json) {
        return new Message(
                json.getString("id", ""),
                json.getString("kind", ""),
                json.getString("level", ""),
                json.getString("host", ""),
                json.getString("subject", ""),
                json.getJsonArray("items", new JsonArray()).stream()
                        .map(each -> Item.of((JsonObject) each))
                        .toList(),
                json.getLong("at", 0L),
                json.getString("link", ""));
    }
}
