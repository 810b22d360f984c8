package pulseboard.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

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
                context.response()
                        .putHeader(HttpHeaders.ALLOW, allowed(context.request().path()));
            }
            respond(context, status, texts[0], texts[1]);
        }));
    }

    /** The router knows, and tells only its own error handler. */
    private static String allowed(String path) {
        if (!path.startsWith("/eventbus/")) {
            return "GET, HEAD";
        }
        return path.endsWith("/info") ? "GET, OPTIONS" : "OPTIONS, POST";
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
}
