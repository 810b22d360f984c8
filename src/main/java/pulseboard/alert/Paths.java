package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which ways lead from an alert to people, what holds it back on them, and why. */
final class Paths {

    private final Silences silences;
    private final Deliveries deliveries;
    private Routing routing = Routing.NOBODY;

    Paths(Silences silences, Deliveries deliveries) {
        this.silences = silences;
        this.deliveries = deliveries;
    }

    void routing(Routing newest) {
        routing = newest;
    }

    /** Those that take an alert, and one to channels that only wait for its end. */
    List<Route> routes(ToldAlert alert) {
        String only = ChannelTrouble.channel(alert.alert());
        List<Route> routes = new ArrayList<>(
                only.isEmpty() ? routing.routes() : List.of(Route.direct(ChannelTrouble.RULE, List.of(only))));
        routes.removeIf(route -> !route.refusal(alert.alert(), alert.worst()).isEmpty());
        Set<String> left = new TreeSet<>();
        alert.known().forEach((channel, known) -> {
            if (!known.isOver()) {
                left.add(channel);
            }
        });
        routes.forEach(route -> channels(alert, route).forEach(left::remove));
        if (!left.isEmpty()) {
            routes.add(Route.forEnds(left));
        }
        return routes;
    }

    /** The channels of a route that are told of an alert, in its order. */
    Stream<String> channels(ToldAlert alert, Route route) {
        List<String> further =
                alert.isEscalated(route.name()) ? route.escalation().channels() : List.of();
        return Stream.concat(route.channels().stream(), further.stream())
                .distinct()
                .filter(deliveries::has);
    }

    boolean isNeeded(ToldAlert alert, Route route, long now) {
        return channels(alert, route).anyMatch(channel -> need(alert, channel, route, now) != Need.NONE);
    }

    /** What a channel has to be told; what is kept for a digest is told by that. */
    Need need(ToldAlert alert, String channel, Route route, long now) {
        return deliveries.isKept(channel, alert.id()) ? Need.NONE : alert.need(channel, route, now);
    }

    /** What holds back an alert on a route. That one got through is also said when it is over, although its level fell meanwhile. */
    Optional<Held> held(ToldAlert alert, Route route, long now) {
        if (!ChannelTrouble.channel(alert.alert()).isEmpty()) {
            return Optional.empty();
        }
        Level level = alert.isOver() ? alert.worst() : alert.level();
        return Stream.concat(
                        routing.hold(alert.alert(), level, route.name(), now).stream(),
                        silences.hold(alert.alert(), now).stream())
                .max(Comparator.comparingLong(Held::until));
    }

    /** Rule, routes with what holds on them, channels with what they know, and each step with its time. */
    JsonObject why(ToldAlert alert, long now) {
        JsonObject ways = new JsonObject();
        routing.routes().forEach(route -> ways.put(route.name(), why(alert, route, now)));
        JsonObject knowing = new JsonObject();
        alert.known().forEach((channel, known) -> knowing.put(channel, known.toJson()));
        return JsonObject.of("id", alert.id(), "alert", alert.alert(), "state", alert.state(now))
                .put("begunAt", alert.begunAt())
                .put("endedAt", alert.endedAt())
                .put("messageCount", alert.messages())
                .put("routes", ways)
                .put("channels", knowing)
                .put("steps", steps(alert));
    }

    private JsonObject why(ToldAlert alert, Route route, long now) {
        String refusal = route.refusal(alert.alert(), alert.worst());
        JsonObject way = JsonObject.of("takes", refusal.isEmpty());
        if (!refusal.isEmpty()) {
            return way.put("why", refusal);
        }
        way.put("channels", new JsonArray(channels(alert, route).toList()));
        Optional.ofNullable(alert.held().get(route.name()))
                .or(() -> held(alert, route, now))
                .ifPresent(held -> way.put("held", JsonObject.of("by", held.by(), "until", held.until())));
        return way;
    }

    private JsonArray steps(ToldAlert alert) {
        JsonArray steps = alert.steps();
        return routing.routes().isEmpty()
                ? steps.add(JsonObject.of("at", alert.begunAt(), "step", "route", "text", "there is no channel"))
                : steps;
    }
}
