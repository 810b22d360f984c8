package pulseboard.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the HTTP side says no: {@code {"error":"stable_word","message":"text for people"}}. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final Map<Integer, String[]> BY_STATUS = Map.of(
            400, new String[] {"bad_request", "the request cannot be understood"},
            404, new String[] {"not_found", "there is nothing at this path; /openapi.yaml lists what there is"},
            405, new String[] {"method_not_allowed", "this path does not take that method; see the Allow header"},
            413, new String[] {"too_large", "the request is larger than the setting web.maxMessageBytes allows"},
            500, new String[] {"internal_error", "something went wrong here; the log says what"});

    private Failures() {}

    /** Makes a router answer its own failures this way. */
    static void install(Router router) {
        BY_STATUS.forEach((status, texts) -> router.errorHandler(status, context -> {
            if (status == 500) {
                LOG.error(
                        "{} {} failed",
                        context.request().method(),
                        context.request().path(),
                        context.failure());
            }
            respond(context, status, texts[0], texts[1]);
        }));
    }

    /** Answers with an error. */
    static void respond(RoutingContext context, int status, String error, String message) {
        if (context.response().ended()
                || context.response().closed()
                || context.response().headWritten()) {
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
}
