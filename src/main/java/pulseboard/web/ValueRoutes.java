package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;

/** Single values for other pages and for programs: a badge, a widget, JSON and a stream of it. */
final class ValueRoutes {

    private static final String BADGE = "/badge/";
    private static final String VALUES = "/api/v1/values/";
    private static final String STREAM = "/stream";
    private static final int MOST_LABEL_CHARACTERS = 40;
    private static final int CACHE_SECONDS = 5;
    private static final DeliveryOptions WITHIN_2_SECONDS = new DeliveryOptions().setSendTimeout(2_000);
    private static final double WARNING_PERCENT = 75;
    private static final double ALARM_PERCENT = 90;
    private static final Map<String, Set<String>> LOOKS =
            Map.of("theme", Set.of("light", "dark"), "style", Set.of("round", "square"));

    private final String home;
    private final Set<String> publicValues;
    private final ValueReader reader;
    private final ValueStreams streams;
    private final PageFile widget = PageFiles.shared().document("widget.html");

    ValueRoutes(WebConfig config, String home, Boards boards) {
        this.home = home;
        this.publicValues = Set.copyOf(config.publicValues());
        this.reader = new ValueReader(() -> boards.get(home));
        this.streams = new ValueStreams(reader, boards.viewers());
    }

    /** The paths that strangers may ask for: a page of another site sends no cookie. */
    static Set<String> publicPaths(WebConfig config) {
        return config.publicValues().stream()
                .flatMap(name -> Stream.of(BADGE + name + ".svg", VALUES + name, VALUES + name + STREAM))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Adds the routes. */
    void mount(Router router) {
        get(router, BADGE + "verdict.svg").handler(this::verdict);
        get(router, BADGE + ":value.svg").handler(context -> read(context, value -> badge(context, value)));
        get(router, "/widget/:value").handler(context -> known(context, value -> widget.send(context)));
        get(router, VALUES + ":value").handler(context -> read(context, value -> tell(context, value)));
        get(router, VALUES + ":value" + STREAM).handler(context -> read(context, value -> stream(context, value)));
    }

    private static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    /** Ends every stream with an event that says why. */
    void announceEnd() {
        streams.announceEnd();
    }

    /** Ends every stream of somebody for whom this is not true any more. */
    void endUnless(Predicate<Identity> isCurrent) {
        streams.endUnless(isCurrent);
    }

    private void known(RoutingContext context, Consumer<Value> then) {
        reader.value(context.pathParam("value"))
                .ifPresentOrElse(
                        then,
                        () -> Failures.respond(
                                context,
                                404,
                                "unknown_value",
                                "there is no such value, only " + String.join(", ", reader.names())));
    }

    /** Goes on if who asks may see the value, and tells browsers who else may show it. */
    private void read(RoutingContext context, Consumer<Value> then) {
        known(context, value -> {
            boolean isPublic = publicValues.contains(value.name());
            if (isPublic || AuthenticationHandler.mayRead(context, home)) {
                // Else a page of any site could have it shown here, and learn from its width or from its being there at
                // all.
                context.response()
                        .putHeader("Cross-Origin-Resource-Policy", isPublic ? "cross-origin" : "same-origin")
                        .putHeader(
                                HttpHeaders.CACHE_CONTROL,
                                (isPublic ? "public" : "private") + ", max-age=" + CACHE_SECONDS);
                then.accept(value);
            }
        });
    }

    private void tell(RoutingContext context, Value value) {
        document(value).onSuccess(document -> BoardRoutes.respond(context, document.encode()));
    }

    private Future<JsonObject> document(Value value) {
        return reader.ask().map(board -> board.apply(value));
    }

    private void stream(RoutingContext context, Value value) {
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .end();
        } else {
            streams.open(context, value);
        }
    }

    /** Whether all is well here, in two or three words. */
    private void verdict(RoutingContext context) {
        if (!AuthenticationHandler.mayRead(context, home) || !hasKnownLook(context)) {
            return;
        }
        context.response()
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, max-age=" + CACHE_SECONDS)
                .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml");
        context.vertx()
                .eventBus()
                .<JsonObject>request(Addresses.VERDICT, new JsonObject(), WITHIN_2_SECONDS)
                .map(reply -> VerdictBadge.of(reply.body()))
                .otherwise(VerdictBadge.UNKNOWN)
                .onSuccess(said -> context.response()
                        .end(badge(context, "health", said.text(), said.tone()).svg(said.hint())));
    }

    private void badge(RoutingContext context, Value value) {
        if (hasKnownLook(context)) {
            document(value)
                    .onSuccess(document -> context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, "image/svg+xml")
                            .end(draw(context, value, document)));
        }
    }

    private static boolean hasKnownLook(RoutingContext context) {
        for (Map.Entry<String, Set<String>> look : LOOKS.entrySet()) {
            String wanted = context.request().getParam(look.getKey());
            if (wanted != null && !look.getValue().contains(wanted)) {
                context.response().headers().remove(HttpHeaders.CACHE_CONTROL);
                Failures.respond(
                        context,
                        400,
                        "bad_parameter",
                        look.getKey() + " is one of " + String.join(", ", look.getValue()));
                return false;
            }
        }
        return true;
    }

    private static String draw(RoutingContext context, Value value, JsonObject document) {
        String text = document.getString("text");
        Badge badge = badge(context, value.label(), text, tone(value, document));
        return badge.svg(document.containsKey("reason") ? text + ", " + document.getString("reason") : text);
    }

    private static Badge badge(RoutingContext context, String usualLabel, String text, Badge.Tone tone) {
        String label = context.request().getParam("label", usualLabel);
        return new Badge(
                label.codePoints()
                        .limit(MOST_LABEL_CHARACTERS)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString(),
                text,
                tone,
                "dark".equals(context.request().getParam("theme")),
                "square".equals(context.request().getParam("style")));
    }

    private static Badge.Tone tone(Value value, JsonObject document) {
        if (!document.containsKey("value")) {
            return Badge.Tone.MISSING;
        }
        if (value.unit() != Unit.PERCENT) {
            return Badge.Tone.PLAIN;
        }
        double percent = document.getDouble("value");
        return percent >= ALARM_PERCENT
                ? Badge.Tone.ALARM
                : percent >= WARNING_PERCENT ? Badge.Tone.WARNING : Badge.Tone.GOOD;
    }
}
