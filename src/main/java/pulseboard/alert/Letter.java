package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import pulseboard.alert.channel.Message;

/**
 * A message on its way through one channel.
 *
 * @param number later ones have higher ones
 * @param tries how often it was tried
 * @param firstAt since when it is to be sent, in Unix milliseconds
 * @param nextAt when it is tried next
 * @param reason why it was not taken the last time; empty before
 */
record Letter(String channel, Message message, long number, int tries, long firstAt, long nextAt, String reason) {

    private static final long[] DELAYS = {
        TimeUnit.SECONDS.toMillis(5),
        TimeUnit.SECONDS.toMillis(15),
        TimeUnit.MINUTES.toMillis(1),
        TimeUnit.MINUTES.toMillis(5),
        TimeUnit.MINUTES.toMillis(15)
    };
    private static final long GIVEN_UP_AFTER = TimeUnit.HOURS.toMillis(24);

    /** After one more try; the other side may have said how long it wants to be left alone. */
    Letter failed(String why, long retryAfter, long now) {
        long delay = Math.max(DELAYS[Math.min(tries, DELAYS.length - 1)], Math.min(retryAfter, GIVEN_UP_AFTER));
        return new Letter(channel, message, number, tries + 1, firstAt, now + delay, why);
    }

    /** Whether it has been tried for so long that nobody wants it any more. */
    boolean isTooOld(long now) {
        return tries > 0 && now - firstAt >= GIVEN_UP_AFTER;
    }

    /** The same, at this time at the latest. */
    Letter by(long latest) {
        return nextAt <= latest ? this : new Letter(channel, message, number, tries, firstAt, latest, reason);
    }

    /** The same with less, or other words, in it. */
    Letter with(Message changed) {
        return new Letter(channel, changed, number, tries, firstAt, nextAt, reason);
    }

    /** Whether both are about the same alert. */
    boolean shares(Letter other) {
        return message.items().stream().anyMatch(item -> other.has(item.alertId()));
    }

    boolean has(String alert) {
        return message.items().stream().anyMatch(item -> item.alertId().equals(alert));
    }

    JsonObject toJson() {
        return JsonObject.of("id", message.id(), "channel", channel, "message", message.toJson())
                .put("number", number)
                .put("tries", tries)
                .put("firstAt", firstAt)
                .put("nextAt", nextAt)
                .put("reason", reason);
    }

    static Letter of(JsonObject json) {
        return new Letter(
                json.getString("channel", ""),
                Message.of(json.getJsonObject("message", new JsonObject())),
                json.getLong("number", 0L),
                json.getInteger("tries", 0),
                json.getLong("firstAt", 0L),
                json.getLong("nextAt", 0L),
                json.getString("reason", ""));
    }
}
