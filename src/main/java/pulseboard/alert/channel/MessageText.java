package pulseboard.alert.channel;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A message in words, the same on every channel. What comes from elsewhere is one line and otherwise as it was: not escaped. */
final class MessageText {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ROOT);
    private static final String TEST = "test";

    private MessageText() {}

    /** One line on what it is about; a test looks like one. */
    static String subject(Message message) {
        String subject = Texts.oneLine(message.subject()).strip();
        boolean isMarked = subject.toLowerCase(Locale.ROOT).startsWith(TEST);
        return isTest(message) && !isMarked ? "Test: " + subject : subject;
    }

    static boolean isTest(Message message) {
        return message.kind().equals(TEST);
    }

    /** What stands above the alerts; mostly nothing. */
    static String notice(Message message) {
        return isTest(message) ? "This is a test of this channel. Nothing is wrong." : "";
    }

    /** The level or the end of an alert, as a word in capitals. */
    static String word(Message.Item item) {
        return switch (item.state()) {
            case "resolved" -> "OVER";
            case "expired" -> "GONE";
            case "acknowledged" -> level(item) + ", seen";
            case "unknown" -> level(item) + ", no figure now";
            case "flapping" -> level(item) + ", comes and goes";
            default -> level(item);
        };
    }

    private static String level(Message.Item item) {
        return Texts.oneLine(item.level()).toUpperCase(Locale.ROOT);
    }

    /** What is wrong. */
    static String text(Message.Item item) {
        return Texts.oneLine(item.text()).strip();
    }

    /** What to do about it; empty when it is over. */
    static String help(Message.Item item) {
        return item.endedAt() > 0 ? "" : Texts.oneLine(item.help()).strip();
    }

    /** Since when, or for how long, with the rule. */
    static String times(Message.Item item, ZoneId zone) {
        String since = TIME.format(Instant.ofEpochMilli(item.firingSince()).atZone(zone));
        String rule = Texts.oneLine(item.rule()) + " of " + Texts.oneLine(item.board());
        return item.endedAt() > 0
                ? rule + ", from " + since + " for " + duration(item.endedAt() - item.firingSince())
                : rule + ", since " + since;
    }

    /** In the two largest units that say something. */
    static String duration(long milliseconds) {
        Duration time = Duration.ofMillis(Math.max(0, milliseconds));
        if (time.toMinutes() == 0) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() == 0) {
            return time.toMinutes() + " min";
        }
        return time.toDays() == 0
                ? time.toHours() + " h" + more(time.toMinutesPart(), "min")
                : time.toDays() + " d" + more(time.toHoursPart(), "h");
    }

    private static String more(int part, String unit) {
        return part == 0 ? "" : " " + part + " " + unit;
    }
}
