package pulseboard.alert;

import io.vertx.core.json.JsonObject;

/**
 * Somebody has seen it.
 *
 * @param by who
 * @param at when, in Unix milliseconds
 * @param note what was said; may be empty
 * @param until when it counts no more, in Unix milliseconds; 0: until it is over or worse
 */
record Acknowledgement(String by, long at, String note, long until) {

    boolean isOver(long now) {
        return until > 0 && now >= until;
    }

    /** Puts it into an alert. */
    void addTo(JsonObject json) {
        json.put("acknowledgedBy", by).put("acknowledgedAt", at);
        if (!note.isEmpty()) {
            json.put("acknowledgedNote", note);
        }
        if (until > 0) {
            json.put("acknowledgedUntil", until);
        }
    }

    static Acknowledgement of(JsonObject json) {
        return new Acknowledgement(
                json.getString("acknowledgedBy", ""),
                json.getLong("acknowledgedAt", 0L),
                json.getString("acknowledgedNote", ""),
                json.getLong("acknowledgedUntil", 0L));
    }
}
