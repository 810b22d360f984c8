package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * What another hub tells of a machine that is linked there, or was last.
 *
 * @param hub its name
 * @param lastedMilliseconds how long the link has lasted; -1: it has ended
 * @param descriptions another number whenever its boards are others
 * @param ageNanos how old the newest data of the machine is; -1: nothing ever came
 * @param ended why its link ended, if it said so itself; empty: it did not, or is linked
 * @param version of the program there
 * @param figures as they are in the list
 */
record Elsewhere(
        String hub,
        long lastedMilliseconds,
        long descriptions,
        long ageNanos,
        String ended,
        String version,
        JsonObject figures) {

    /** Reads what {@link Tracked#told} wrote, and what its link adds. */
    static Elsewhere of(String hub, JsonObject json) {
        long age = json.getLong("ageMilliseconds", -1L);
        return new Elsewhere(
                hub,
                json.getLong("lastedMilliseconds", -1L),
                json.getLong("descriptions", 0L),
                age < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(age),
                json.getString("ended", ""),
                json.getString("version", ""),
                json.getJsonObject("figures", new JsonObject()));
    }

    /** Whether it is linked there now. */
    boolean isLinked() {
        return lastedMilliseconds >= 0;
    }
}
