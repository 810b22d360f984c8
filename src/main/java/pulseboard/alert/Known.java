package pulseboard.alert;

import io.vertx.core.json.JsonObject;

/**
 * What one channel knows of one alert: what the last message about it said.
 *
 * @param begunAt since when it fired, in Unix milliseconds
 * @param level the level that was told
 * @param firstAt when its beginning was told, or that it rose
 * @param at when it was last told
 * @param isDelivered whether the channel took a message that said that it fires
 * @param isOver whether the end was told
 * @param isFlapping whether it was told that it comes and goes
 * @param isDead whether the message was given up
 */
record Known(
        long begunAt,
        Level level,
        long firstAt,
        long at,
        boolean isDelivered,
        boolean isOver,
        boolean isFlapping,
        boolean isDead) {

    /** The same, after the level fell: that is not told, and that it rises again is. */
    Known loweredTo(Level lower) {
        return new Known(
                begunAt,
                level.compareTo(lower) < 0 ? level : lower,
                firstAt,
                at,
                isDelivered,
                isOver,
                isFlapping,
                isDead);
    }

    Known delivered() {
        return new Known(begunAt, level, firstAt, at, true, isOver, isFlapping, isDead);
    }

    Known givenUp() {
        return new Known(begunAt, level, firstAt, at, isDelivered, isOver, isFlapping, true);
    }

    JsonObject toJson() {
        return JsonObject.of("begunAt", begunAt, "level", level.text(), "firstAt", firstAt, "at", at)
                .put("isDelivered", isDelivered)
                .put("isOver", isOver)
                .put("isFlapping", isFlapping)
                .put("isDead", isDead);
    }

    static Known of(JsonObject json) {
        return new Known(
                json.getLong("begunAt", 0L),
                level(json),
                json.getLong("firstAt", 0L),
                json.getLong("at", 0L),
                json.getBoolean("isDelivered", false),
                json.getBoolean("isOver", false),
                json.getBoolean("isFlapping", false),
                json.getBoolean("isDead", false));
    }

    /** The {@code level} of an alert or of this; a warning when it says none. */
    static Level level(JsonObject json) {
        return Level.of(json.getString("level", Level.WARNING.text()));
    }
}
