package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One alert for those who are told of it: how it stands, what each channel knows, what holds it back, and each step of that, so that
 * it can be said later why somebody was told or was not. Not thread-safe.
 */
final class ToldAlert {

    private static final int MOST_STEPS = 60;

    private final String id;
    private final Map<String, Known> known = new TreeMap<>();
    private final Map<String, Held> held = new TreeMap<>();
    private final Map<String, Long> escalated = new TreeMap<>();
    private final Deque<JsonObject> steps = new ArrayDeque<>();
    private JsonObject alert = new JsonObject();
    private Level worst = Level.WARNING;
    private long begunAt;
    private long endedAt;
    private String end = "";
    private boolean isFlapping;
    private long finishedAt;
    private int messages;

    ToldAlert(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** As it stands on the board. */
    JsonObject alert() {
        return alert;
    }

    /** Its text and figures changed, and nothing else. */
    void refresh(JsonObject newest) {
        alert = newest;
    }

    Level level() {
        return Known.level(alert);
    }

    /** The highest since it began. */
    Level worst() {
        return worst;
    }

    long begunAt() {
        return begunAt;
    }

    long endedAt() {
        return endedAt;
    }

    boolean isOver() {
        return endedAt != 0;
    }

    /** Whether there is nothing more to tell; when it was so. */
    long finishedAt() {
        return finishedAt;
    }

    void finish(long now) {
        finishedAt = now;
    }

    /** In how many messages it was. */
    int messages() {
        return messages;
    }

    void apply(Transition transition) {
        alert = transition.alert().copy();
        if (!transition.kind().isEnd()) {
            begin(transition.at());
        }
        switch (transition.kind()) {
            case LOWERED -> known.replaceAll((channel, each) -> each.loweredTo(level()));
            case RESOLVED, EXPIRED -> endedAt = transition.at();
            default -> {}
        }
        end = transition.kind().isEnd() ? transition.kind().text() : "";
        worst = worst.compareTo(level()) < 0 ? level() : worst;
        isFlapping = transition.kind() == Transition.Kind.FLAPPING || alert.getBoolean("flapping", false);
    }

    private void begin(long at) {
        if (begunAt == 0 || isOver()) { // Otherwise it is one that goes on, such as after a restart.
            begunAt = alert.getLong("firingSince", at);
            endedAt = 0;
            finishedAt = 0;
            worst = level();
            held.clear();
            escalated.clear();
        }
    }

    boolean isAcknowledged(long now) {
        return alert.containsKey("acknowledgedBy") && now < alert.getLong("acknowledgedUntil", Long.MAX_VALUE);
    }

    /** {@code firing}, {@code acknowledged}, {@code unknown}, {@code flapping}, {@code resolved} or {@code expired}. */
    String state(long now) {
        if (isOver()) {
            return end;
        }
        if (isFlapping) {
            return "flapping";
        }
        if (alert.getBoolean("unknown", false)) {
            return "unknown";
        }
        return isAcknowledged(now) ? "acknowledged" : "firing";
    }

    /** What this channel has to be told now by this route, whatever holds it back. */
    Need need(String channel, Route route, long now) {
        Known knows = known.get(channel);
        boolean isKnown = knows != null && knows.begunAt() == begunAt;
        if (isOver()) {
            if (knows != null && !knows.isOver()) {
                return Need.END;
            }
            return isKnown || held.containsKey(route.name()) || route.isForEnds() ? Need.NONE : Need.BOTH;
        }
        if (route.isForEnds()) {
            return Need.NONE;
        }
        if (isFlapping) {
            boolean isSaid = knows != null && !knows.isOver() && knows.isFlapping() && !isWorse(knows);
            return isSaid ? Need.NONE : Need.FLAPPING;
        }
        if (knows == null || !isKnown || isWorse(knows)) {
            return Need.BEGINNING;
        }
        return now >= remindAt(knows, route, now) ? Need.REMINDER : Need.NONE;
    }

    private boolean isWorse(Known than) {
        return level().compareTo(than.level()) > 0;
    }

    private long remindAt(Known knows, Route route, long now) {
        long repeat = repeat(route);
        return repeat == 0 || isAcknowledged(now) || isFlapping ? Long.MAX_VALUE : knows.at() + repeat;
    }

    /** A rule may say for itself how often it is told again; a route says it for what is critical. */
    private long repeat(Route route) {
        String own = alert.getString("repeat", "");
        if (own.isEmpty()) {
            return level() == Level.CRITICAL ? route.repeatMilliseconds() : 0;
        }
        return Times.milliseconds(own);
    }

    /** When this channel has to be told next if nothing changes. */
    long remindAt(String channel, Route route, long now) {
        Known knows = known.get(channel);
        return knows == null || isOver() || route.isForEnds()
                ? Long.MAX_VALUE
                : Math.min(remindAt(knows, route, now), acknowledgedUntil(now));
    }

    private long acknowledgedUntil(long now) {
        return isAcknowledged(now) ? alert.getLong("acknowledgedUntil", Long.MAX_VALUE) : Long.MAX_VALUE;
    }

    /** When further channels are told if nobody acknowledges it; never once they are. */
    long escalateAt(Route route, long now) {
        if (isOver()
                || isAcknowledged(now)
                || escalated.containsKey(route.name())
                || route.escalation().channels().isEmpty()) {
            return Long.MAX_VALUE;
        }
        return route.channels().stream()
                .flatMap(channel -> Optional.ofNullable(known.get(channel)).stream())
                .filter(each -> each.begunAt() == begunAt)
                .mapToLong(each -> each.firstAt() + route.escalation().after())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    void escalate(String route, long now) {
        escalated.put(route, now);
    }

    boolean isEscalated(String route) {
        return escalated.containsKey(route);
    }

    /** A message to this channel was made. */
    void tell(String channel, Need need, long now) {
        Known before = known.get(channel);
        boolean isDelivered = false;
        long firstAt = now;
        if (before != null && (before.begunAt() == begunAt || need == Need.END)) {
            isDelivered = before.isDelivered();
            firstAt = need == Need.BEGINNING ? now : before.firstAt();
        }
        known.put(channel, new Known(begunAt, level(), firstAt, now, isDelivered, isOver(), isFlapping, false));
        messages++;
    }

    Map<String, Known> known() {
        return known;
    }

    @Nullable
    Known known(String channel) {
        return known.get(channel);
    }

    /** Whether some channel waits for the end. */
    boolean isOpen() {
        return known.values().stream().anyMatch(each -> !each.isOver());
    }

    /** By route. */
    Map<String, Held> held() {
        return held;
    }

    /** Notes a step, with when and what; the first ones are forgotten when there are many. */
    void step(long at, String step, String text) {
        steps.addLast(JsonObject.of("at", at, "step", step, "text", text));
        if (steps.size() > MOST_STEPS) {
            steps.removeFirst();
        }
    }

    JsonArray steps() {
        return new JsonArray(steps.stream().map(JsonObject::copy).toList());
    }

    JsonObject toJson() {
        JsonObject knowing = new JsonObject();
        known.forEach((channel, each) -> knowing.put(channel, each.toJson()));
        JsonObject holding = new JsonObject();
        held.forEach((route, each) -> holding.put(route, JsonObject.of("by", each.by(), "until", each.until())));
        JsonObject escalating = new JsonObject();
        escalated.forEach(escalating::put);
        return JsonObject.of("alert", alert, "worst", worst.text(), "begunAt", begunAt, "endedAt", endedAt)
                .put("end", end)
                .put("isFlapping", isFlapping)
                .put("finishedAt", finishedAt)
                .put("messages", messages)
                .put("known", knowing)
                .put("held", holding)
                .put("escalated", escalating)
                .put("steps", steps());
    }

    static ToldAlert of(String id, JsonObject json) {
        ToldAlert told = new ToldAlert(id);
        told.alert = json.getJsonObject("alert", new JsonObject());
        told.worst = Known.level(JsonObject.of("level", json.getString("worst", Level.WARNING.text())));
        told.begunAt = json.getLong("begunAt", 0L);
        told.endedAt = json.getLong("endedAt", 0L);
        told.end = json.getString("end", "");
        told.isFlapping = json.getBoolean("isFlapping", false);
        told.finishedAt = json.getLong("finishedAt", 0L);
        told.messages = json.getInteger("messages", 0);
        JsonObject none = new JsonObject();
        json.getJsonObject("known", none)
                .forEach(each -> told.known.put(each.getKey(), Known.of((JsonObject) each.getValue())));
        json.getJsonObject("held", none)
                .forEach(each -> told.held.put(each.getKey(), held((JsonObject) each.getValue())));
        json.getJsonObject("escalated", none)
                .forEach(each -> told.escalated.put(each.getKey(), ((Number) each.getValue()).longValue()));
        json.getJsonArray("steps", new JsonArray()).forEach(each -> told.steps.add((JsonObject) each));
        return told;
    }

    private static Held held(JsonObject json) {
        return new Held(json.getString("by", ""), json.getLong("until", 0L));
    }
}
