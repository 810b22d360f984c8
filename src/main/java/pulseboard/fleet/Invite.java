package pulseboard.fleet;

import io.vertx.core.json.JsonObject;

/**
 * An invitation: machines that show its code join.
 *
 * @param group which group they are put into; empty: none
 * @param usesLeft how many machines may still join with it
 * @param expiresAt Unix milliseconds
 * @param by who made it, for people
 */
record Invite(String group, int usesLeft, long expiresAt, String by) {

    Invite used() {
        return new Invite(group, usesLeft - 1, expiresAt, by);
    }

    JsonObject toJson() {
        return JsonObject.of("group", group, "usesLeft", usesLeft, "expiresAt", expiresAt, "by", by);
    }

    static Invite of(JsonObject json) {
        return new Invite(
                json.getString("group", ""),
                json.getInteger("usesLeft", 0),
                json.getLong("expiresAt", 0L),
                json.getString("by", ""));
    }
}
