package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of the list: one object a machine, the same one while nothing in it changes, so that nobody has to look inside. */
final class FleetRows {

    /** No figures. */
    static final JsonObject NOTHING = new JsonObject();

    private static final long SKEW_MILLISECONDS = 5_000;
    private static final long SKEW_STEP_MILLISECONDS = 1_000;

    private static final List<String> OF_THE_REGISTRY =
            List.of("name", "state", "since", "group", "version", "tags", "node");

    private final String own;
    private final String hub;
    private JsonObject ownState = new JsonObject();
    private @Nullable JsonObject ownAlerts;
    private JsonObject ownRow = new JsonObject();

    /** With the names of this machine, and of this hub where there are others; else empty. */
    FleetRows(String own, String hub) {
        this.own = own;
        this.hub = hub;
    }

    /** Of this machine, out of its host board. */
    @SuppressWarnings("ReferenceEquality") // Another state is another object.
    JsonObject own(JsonObject state, @Nullable JsonObject alerts) {
        if (state != ownState || alerts != ownAlerts) {
            ownState = state;
            ownAlerts = alerts;
            ownRow = kept(
                    ownRow,
                    new JsonObject()
                            .put("name", own)
                            .put("state", "live")
                            .mergeIn(Row.of(state), false)
                            .mergeIn(OwnAlerts.counts(alerts), false));
        }
        return ownRow;
    }

    /** Of another machine, with its figures as they are now. */
    JsonObject of(Tracked one, Host host, JsonObject figures, long nanos) {
        JsonObject row = new JsonObject()
                .put("name", host.name())
                .put("state", one.state.text())
                .put("since", one.since);
        put(row, "group", host.group());
        put(row, "version", one.version.isEmpty() ? host.version() : one.version);
        if (!host.tags().isEmpty()) {
            JsonObject tags = new JsonObject();
            host.tags().forEach(tags::put);
            row.put("tags", tags);
        }
        row.mergeIn(figures, false);
        if (one.hub.isEmpty() && !figures.isEmpty()) {
            putLink(row, one, nanos);
        }
        put(row, "page", one.page);
        put(row, "node", one.hub.isEmpty() && one.isEverHeard() ? hub : one.hub);
        one.row = kept(one.row, row);
        return one.row;
    }

    /** The figures of a row, without what every hub says itself. */
    static JsonObject figures(JsonObject row) {
        JsonObject figures = row.copy();
        OF_THE_REGISTRY.forEach(figures::remove);
        return figures;
    }

    private static void putLink(JsonObject row, Tracked one, long nanos) {
        row.put("linkBytesPerSecond", one.bytesPerSecond(nanos));
        if (one.resyncs() > 0) {
            row.put("resyncCount", one.resyncs());
        }
        if (one.hasTwin(nanos)) {
            row.put("twin", true);
        }
        long skew = one.clockSkewMilliseconds;
        if (Math.abs(skew) > SKEW_MILLISECONDS) {
            row.put(
                    "clockSkewMilliseconds",
                    Math.round((double) skew / SKEW_STEP_MILLISECONDS) * SKEW_STEP_MILLISECONDS);
        }
    }

    private static void put(JsonObject row, String key, String value) {
        if (!value.isEmpty()) {
            row.put(key, value);
        }
    }

    private static JsonObject kept(JsonObject before, JsonObject now) {
        return before.equals(now) ? before : now;
    }
}
