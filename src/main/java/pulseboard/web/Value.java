package pulseboard.web;

import io.vertx.core.json.JsonObject;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import pulseboard.feed.FeedReader;
import pulseboard.feed.ValueInfo;

/**
 * A figure of the home board that has a name, as badges, widgets and programs are told it.
 *
 * @param info what the board says of it
 */
record Value(ValueInfo info) {

    private static final int VERSION = 1;

    String name() {
        return info.name();
    }

    String label() {
        return info.label();
    }

    Unit unit() {
        return Unit.of(info.unit());
    }

    /** What is told of it, by a snapshot of the board. The promise of version 1 is in {@code openapi.yaml}. */
    JsonObject document(JsonObject snapshot, long nowMilliseconds) {
        long at = snapshot.getLong("at");
        if (nowMilliseconds - at > FeedReader.STALE_MILLISECONDS) {
            return missing("nothing was measured for " + TimeUnit.MILLISECONDS.toSeconds(nowMilliseconds - at) + " s");
        }
        JsonObject state = snapshot.getJsonObject("state");
        OptionalDouble found = info.in(state);
        if (found.isEmpty()) {
            return missing(info.reason(state));
        }
        double value = found.getAsDouble();
        return head().put("value", value).put("text", unit().text(value)).put("at", at);
    }

    /** The same while there is no figure. */
    JsonObject missing(String reason) {
        return head().put("text", "n/a").put("reason", reason);
    }

    private JsonObject head() {
        return JsonObject.of("version", VERSION, "name", name(), "label", label(), "unit", unit().word());
    }
}
