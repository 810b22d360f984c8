package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import pulseboard.alert.channel.Message;

/** What messages say. */
final class Wording {

    static final String FIRING = "firing";
    static final String RESOLVED = "resolved";
    static final String REMINDER = "reminder";
    static final String DIGEST = "digest";

    private static final String OK = "ok";
    private static final int ID_DIGITS = 16;
    private static final int MOST_ITEMS = 100;
    private static final int MOST_IN_SUBJECT = 3;
    private static final int MOST_SUBJECT = 300;

    private Wording() {}

    /** What is said of an alert now, to a channel that knows this of it. */
    static Message.Item item(ToldAlert told, String channel, Need need, long now) {
        Known before = told.known(channel);
        Message.Item item = new Message.Item(
                told.id(),
                told.state(now),
                (told.isOver() ? told.worst() : told.level()).text(),
                told.alert().getString("board", ""),
                told.alert().getString("rule", ""),
                told.alert().getString("key", ""),
                told.alert().getString("text", ""),
                told.alert().getString("help", ""),
                need == Need.END && before != null ? before.begunAt() : told.begunAt(),
                told.endedAt());
        return need == Need.BOTH ? was(item) : item;
    }

    /** An alert as it stands on the board, if it fires and is trouble. */
    static Optional<Message.Item> firing(String id, JsonObject alert) {
        boolean isTrouble = alert.getString("state", "").equals(FIRING) && Known.level(alert) != Level.INFO;
        ToldAlert told = new ToldAlert(id);
        if (isTrouble) {
            told.apply(new Transition(id, Transition.Kind.FIRING, alert.getLong("firingSince", 0L), alert));
        }
        return isTrouble ? Optional.of(item(told, "", Need.BEGINNING, 0)) : Optional.empty();
    }

    /** One that is over and whose beginning was not told. */
    static Message.Item was(Message.Item item) {
        String lasted = lasted(item.firingSince(), item.endedAt());
        return item.text().startsWith("was ") || lasted.isEmpty()
                ? item
                : new Message.Item(
                        item.alertId(),
                        item.state(),
                        item.level(),
                        item.board(),
                        item.rule(),
                        item.key(),
                        "was for " + lasted + ": " + item.text(),
                        item.help(),
                        item.firingSince(),
                        item.endedAt());
    }

    /** A message that looks like a test. */
    static Message test(String channel, String who, Speaker speaker, long now) {
        String text = "this is a test" + (who.isEmpty() ? "" : " by " + who);
        Message.Item item = new Message.Item("test", "firing", "warning", "alerts", "test", "", text, "", now, 0);
        return new Message(
                id("test" + now),
                "test",
                "warning",
                speaker.host(),
                "Test of the channel " + channel,
                List.of(item),
                now,
                speaker.link());
    }

    /** A message about these, worst first; of very many it says how many there are, and names the worst. */
    static Message message(String channel, Message draft) {
        List<Message.Item> items = draft.items().stream()
                .sorted(Comparator.comparing((Message.Item item) -> item.endedAt() != 0)
                        .thenComparing(item -> Level.of(item.level()), Comparator.reverseOrder())
                        .thenComparing(Message.Item::firingSince)
                        .thenComparing(Message.Item::alertId))
                .toList();
        Message whole = with(draft, items);
        return new Message(
                id(channel + whole.toJson().encode()),
                whole.kind(),
                whole.level(),
                whole.host(),
                whole.subject(),
                items.subList(0, Math.min(items.size(), MOST_ITEMS)),
                whole.at(),
                whole.link());
    }

    /** The same message about these alerts. */
    static Message with(Message message, List<Message.Item> items) {
        String level = items.stream()
                .filter(item -> item.endedAt() == 0)
                .map(item -> Level.of(item.level()))
                .max(Comparator.naturalOrder())
                .map(Level::text)
                .orElse(OK);
        boolean isOver = level.equals(OK) && !message.kind().equals(DIGEST);
        String kind = isOver ? RESOLVED : message.kind();
        String subject = kind.equals(DIGEST) ? message.subject() : subject(kind, items, message.at());
        return new Message(message.id(), kind, level, message.host(), subject, items, message.at(), message.link());
    }

    /** How many messages became this one, and how it stands. */
    static String digest(int count, List<Message.Item> items) {
        return count + (count == 1 ? " message" : " messages") + " held back in 10 min, "
                + "since there were too many: " + counts(items);
    }

    private static String subject(String kind, List<Message.Item> items, long at) {
        String first = items.stream()
                .limit(MOST_IN_SUBJECT)
                .map(item -> items.size() == 1 ? alone(kind, item, at) : item.text())
                .collect(Collectors.joining("; "));
        int more = items.size() - MOST_IN_SUBJECT;
        String line =
                (items.size() == 1 ? "" : counts(items) + ": ") + first + (more > 0 ? "; and " + more + " more" : "");
        String clean = line.replaceAll("\\p{Cntrl}", " ");
        return clean.length() <= MOST_SUBJECT ? clean : clean.substring(0, MOST_SUBJECT - 1) + "…";
    }

    private static String alone(String kind, Message.Item item, long at) {
        if (item.endedAt() != 0) {
            String lasted = lasted(item.firingSince(), item.endedAt());
            return item.text().startsWith("was ") || lasted.isEmpty()
                    ? item.text()
                    : "over after " + lasted + ": " + item.text();
        }
        if (item.state().equals("flapping")) {
            return "comes and goes: " + item.text();
        }
        return kind.equals(REMINDER)
                ? "still, for " + lasted(item.firingSince(), at) + ": " + item.text()
                : item.text();
    }

    private static String counts(List<Message.Item> items) {
        long over = items.stream().filter(item -> item.endedAt() != 0).count();
        List<String> counts = new ArrayList<>();
        for (String level : List.of(Level.CRITICAL.text(), Level.WARNING.text())) {
            long count = items.stream()
                    .filter(item -> item.endedAt() == 0 && item.level().equals(level))
                    .count();
            if (count > 0) {
                counts.add(count + " " + level);
            }
        }
        if (over > 0) {
            counts.add(over + " over");
        }
        return String.join(", ", counts);
    }

    /** Such as {@code 12 min}; empty when it is nothing. */
    static String lasted(long from, long to) {
        long seconds = TimeUnit.MILLISECONDS.toSeconds(to - from);
        if (seconds < 60) {
            return seconds <= 0 ? "" : seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        if (hours < 48) {
            return hours + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
        }
        return hours / 24 + " days";
    }

    /** The first 16 hex digits of SHA-256. */
    static String id(String of) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
