package pulseboard.fleet;

import io.vertx.core.json.JsonObject;

/** The rows of the list: one object a machine, the same one while nothing in it changes, so that nobody has to look inside. */
final class FleetRows {

    /** No figures. */
    static final JsonObject NOTHING = new JsonObject();

    private static final long SKEW_MILLISECONDS = 5_000;
    private static final long SKEW_STEP_MILLISECONDS = 1_000;

    private final String own;
    private JsonObject ownState = new JsonObject();
    private JsonObject ownRow = new JsonObject();

    /** With the name of this machine. */
    FleetRows(String own) {
        this.own = own;
    }

    /** Of this machine, out of its host board. */
    @SuppressWarnings("ReferenceEquality") // Another state is another object.
    JsonObject own(JsonObject state) {
        if (state != ownState) {
            ownState = state;
            ownRow = kept(
                    ownRow,
                    new JsonObject().put("name", own).put("state", "live").mergeIn(Row.of(state), false));
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
        if (!figures.isEmpty()) {
            putLink(row, one, nanos);
        }
        one.row = kept(one.row, row);
        return one.row;
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
