package pulseboard.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How the HTTP side says no: {@code {"error":"stable_word","message":"text for people"}}. */
final class Failures {

    private static final Map<Integer, String[]> BY_STATUS = Map.of(
            400, new String[] {"bad_request", "the request cannot be understood"},
            404, new String[] {"not_found", "there is nothing at this path; /openapi.yaml lists what there is"},
            405, new String[] {"method_not_allowed", "this path does not take that method; see the Allow header"},
            413, new String[] {"too_large", "the request is larger than the setting web.maxMessageBytes allows"},
            416, new String[] {"range_not_satisfiable", "the file is shorter than that"},
            500, new String[] {"internal_error", "something went wrong here; the log says what"});

    private Failures() {}

    /** Makes a router answer its own failures this way. */
    static void install(Router router, Warnings warnings) {
        // With this status BodyHandler reports a body that breaks off, or that cannot be read.
        router.errorHandler(200, context -> respond(context, 400, "bad_request", "the body of the request is broken"));
        BY_STATUS.forEach((status, texts) -> router.errorHandler(status, context -> {
            if (status == 500 && !isAnswered(context)) {
                warnings.broke(
                        context.request().method() + " " + context.request().path(), context.failure());
            }
            if (status == 405 && !isAnswered(context)) {
                context.response().putHeader(HttpHeaders.ALLOW, allowed(router, context.normalizedPath()));
            }
            respond(context, status, texts[0], texts[1]);
        }));
    }

    /** What the routes of this path take: the router tells that only its own error handler. */
    private static String allowed(Router router, String path) {
        if (path.startsWith("/eventbus/")) { // Routes of SockJS, which do not tell their paths.
            return path.endsWith("/info") ? "GET, OPTIONS" : "OPTIONS, POST";
        }
        Set<String> methods = methods(router, path);
        return methods.isEmpty() ? "GET, HEAD" : String.join(", ", methods); // Else it is a file of the page.
    }

    /** The methods that the routes of this path take; a board of another machine is its own path. */
    static Set<String> methods(Router router, String path) {
        Set<String> methods = new TreeSet<>();
        for (Route route : router.getRoutes()) {
            String pattern = route.getPath();
            if (route.methods() != null && pattern != null && !pattern.contains("/:source/") && isOf(pattern, path)) {
                route.methods().forEach(method -> methods.add(method.name()));
            }
        }
        return methods;
    }

    private static boolean isOf(String route, String path) {
        String[] parts = route.split("/", -1);
        String[] asked = path.split("/", -1);
        boolean same = parts.length == asked.length;
        for (int part = 0; same && part < parts.length; part++) {
            // A parameter may be a part of a name: :value.svg
            int colon = parts[part].indexOf(':');
            String end = colon < 0 ? "" : parts[part].substring(colon + 1).replaceFirst("^\\w+", "");
            same = colon < 0
                    ? parts[part].equals(asked[part])
                    : asked[part].startsWith(parts[part].substring(0, colon)) && asked[part].endsWith(end);
        }
        return same;
    }

    /** Answers with an error. */
    static void respond(RoutingContext context, int status, String error, String message) {
        if (isAnswered(context)) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("error", error)
                        .put("message", message)
                        .encode());
    }

    private static boolean isAnswered(RoutingContext context) {
        return context.response().ended()
                || context.response().closed()
                || context.response().headWritten();
    }

    /** Answers what cannot be expected of this server (RFC 9110, 10.1.1). */
    static void refuseExpectation(RoutingContext context) {
        String expected = context.request().getHeader(HttpHeaders.EXPECT);
        if (expected == null || expected.equalsIgnoreCase("100-continue")) {
            context.next();
        } else {
            respond(context, 417, "expectation_failed", "this server meets no expectation but 100-continue");
        }
    }
}
