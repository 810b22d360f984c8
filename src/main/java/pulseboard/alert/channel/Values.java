package pulseboard.alert.channel;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a message has for a {@link Template}: each value one line, but for {@code body}. */
final class Values {

    private static final String OK = "ok";

    private static final Message EMPTY = new Message("", "", "", "", "", List.of(), 0, "");

    private Values() {}

    /** The names of all. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(of(EMPTY).keySet());
        names.addAll(of(EMPTY, item(EMPTY)).keySet());
        return names;
    }

    /** The names of those of a whole message. */
    static Set<String> messageNames() {
        return of(EMPTY).keySet();
    }

    /** Of a whole message. */
    static Map<String, Object> of(Message message) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", Texts.word(message.id()));
        values.put("kind", Texts.oneLine(message.kind()));
        values.put("level", Texts.oneLine(message.level()));
        values.put("host", Texts.oneLine(message.host()));
        values.put("subject", MessageText.subject(message));
        values.put("link", Texts.oneLine(message.link()));
        values.put("time", Instant.ofEpochMilli(message.at()).toString());
        values.put("icon", icon(message));
        values.put(
                "tag",
                message.items().isEmpty()
                        ? ""
                        : "alert-" + Texts.word(message.items().get(0).alertId()));
        values.put(
                "hashtag",
                message.items().isEmpty()
                        ? ""
                        : "#alert_" + hash(message.items().get(0).alertId()));
        values.put("body", body(message));
        return values;
    }

    /** Of one of its alerts. */
    static Map<String, Object> of(Message message, Message.Item item) {
        Map<String, Object> values = of(message);
        values.put("alertId", Texts.word(item.alertId()));
        values.put("state", Texts.oneLine(item.state()));
        values.put("level", item.endedAt() > 0 ? OK : Texts.oneLine(item.level()));
        values.put("board", Texts.oneLine(item.board()));
        values.put("rule", Texts.oneLine(item.rule()));
        values.put("key", Texts.oneLine(item.key()));
        values.put("text", MessageText.text(item));
        values.put("help", MessageText.help(item));
        values.put("since", Instant.ofEpochMilli(item.firingSince()).toString());
        return values;
    }

    /** Each alert; the message itself as one when it has none, as a test. */
    static List<Message.Item> items(Message message) {
        return message.items().isEmpty() ? List.of(item(message)) : message.items();
    }

    private static Message.Item item(Message message) {
        return new Message.Item(
                message.id(),
                "firing",
                "info",
                "alerts",
                message.kind(),
                "",
                MessageText.subject(message),
                MessageText.notice(message),
                message.at(),
                0);
    }

    private static String hash(String id) {
        return Texts.word(id).replaceAll("[^A-Za-z0-9]", "_");
    }

    /** For those who see colours and those who do not, the body has it in words. */
    private static String icon(Message message) {
        if (MessageText.isTest(message)) {
            return "🔔";
        }
        return switch (message.level()) {
            case "critical" -> "🔴";
            case "warning" -> "🟠";
            default -> "✅";
        };
    }

    private static List<String> body(Message message) {
        List<String> lines = new ArrayList<>();
        String notice = MessageText.notice(message);
        if (!notice.isEmpty()) {
            lines.add(notice);
        }
        for (Message.Item item : message.items()) {
            lines.add(MessageText.word(item) + ": " + MessageText.text(item));
            lines.add(MessageText.times(item, ZoneId.systemDefault()));
            if (!MessageText.help(item).isEmpty()) {
                lines.add("What to do: " + MessageText.help(item));
            }
        }
        return lines.isEmpty() ? List.of(MessageText.subject(message)) : lines;
    }
}
