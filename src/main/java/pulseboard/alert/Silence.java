package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Somebody wants no messages about some alerts for a while.
 *
 * @param id by which it is taken back
 * @param selector which alerts
 * @param at since when, in Unix milliseconds
 * @param until until when, the same; at most 30 days later
 * @param why for those who wonder
 * @param by the name of whoever said so
 */
record Silence(String id, Selector selector, long at, long until, String why, String by) {

    private static final long MOST = TimeUnit.DAYS.toMillis(30);
    private static final int MOST_WORDS = 500;

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException when it cannot be; the message says how to mend it
     */
    Silence {
        if (selector.isEmpty()) {
            throw new IllegalArgumentException("say which rules or keys; \"*\" means all");
        }
        if (until <= at || until - at > MOST) {
            throw new IllegalArgumentException(
                    "untilMilliseconds must be Unix milliseconds within the next 30 days, not " + until);
        }
        if (why.length() > MOST_WORDS) {
            throw new IllegalArgumentException("why must have at most " + MOST_WORDS + " characters");
        }
    }

    Optional<Held> hold(JsonObject alert, long now) {
        return now < until && selector.matches(alert)
                ? Optional.of(new Held("silence " + id + (by.isEmpty() ? "" : " of " + by), until))
                : Optional.empty();
    }

    JsonObject toJson() {
        return selector.toJson()
                .put("at", at)
                .put("until", until)
                .put("why", why)
                .put("by", by);
    }

    static Silence of(String id, JsonObject json) {
        return new Silence(
                id,
                Selector.of(json),
                Objects.requireNonNull(json.getLong("at"), "at"),
                Objects.requireNonNull(json.getLong("until"), "until"),
                json.getString("why", ""),
                json.getString("by", ""));
    }
}
