package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Predicate;
import pulseboard.bus.Addresses;

/** What boards showed before: passes questions on to the bus, and answers as JSON, CSV or NDJSON. */
final class HistoryRoutes {

    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);

    /** Each waits for its turn, and its answer may be megabytes. */
    private static final int MOST_AT_ONCE = 200;

    /** Answers of which somebody has not read all yet. */
    private static final long MOST_UNREAD_CHARACTERS = 12L << 20;

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "csv", "text/csv; charset=utf-8",
            "ndjson", "application/x-ndjson");

    private final Vertx vertx;
    private final Predicate<RoutingContext> mayRead;
    private int asked;
    private long unread;

    /**
     * Makes the routes.
     *
     * @param mayRead whether who asks may read the board that the path names; answers if not
     */
    HistoryRoutes(Vertx vertx, Predicate<RoutingContext> mayRead) {
        this.vertx = vertx;
        this.mayRead = mayRead;
    }

    void mount(Router router) {
        BoardRoutes.get(router, "/api/boards/:board/series").handler(context -> {
            if (mayRead.test(context)) {
                ask(context, Addresses.series(context.pathParam("board")), new JsonObject(), "json");
            }
        });
        BoardRoutes.get(router, "/api/boards/:board/history").handler(context -> history(context, accepted(context)));
        for (String format : new String[] {"csv", "ndjson"}) {
            BoardRoutes.get(router, "/api/boards/:board/history." + format)
                    .handler(context -> history(context, format));
        }
    }

    private static String accepted(RoutingContext context) {
        String accept = String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT));
        return accept.contains("text/csv") ? "csv" : accept.contains("ndjson") ? "ndjson" : "json";
    }

    private void history(RoutingContext context, String format) {
        if (mayRead.test(context)) {
            JsonObject question = new JsonObject().put("format", format);
            for (String name : new String[] {"from", "to", "points"}) {
                String value = context.request().getParam(name);
                if (value != null) {
                    question.put(name, value);
                }
            }
            question.put("series", new JsonArray(context.queryParam("series")));
            ask(context, Addresses.history(context.pathParam("board")), question, format);
        }
    }

    private void ask(RoutingContext context, String address, JsonObject question, String format) {
        if (asked >= MOST_AT_ONCE) {
            busy(context);
            return;
        }
        asked++;
        question.put("askedNanos", System.nanoTime());
        vertx.eventBus()
                .request(address, question, WITHIN_10_SECONDS)
                .onComplete(done -> asked--)
                .onSuccess(reply -> respond(context, reply.body(), format))
                .onFailure(failure -> fail(context, failure));
    }

    private static void busy(RoutingContext context) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        Failures.respond(context, 503, "busy", "too many questions about the history at once; ask again in a second");
    }

    private void respond(RoutingContext context, Object body, String wanted) {
        String text = body instanceof JsonObject document ? document.encode() : String.valueOf(body);
        String format = body instanceof JsonObject ? "json" : wanted;
        if (unread > 0 && unread + text.length() > MOST_UNREAD_CHARACTERS) {
            busy(context);
            return;
        }
        unread += text.length();
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.get(format))
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (format.equals("csv")) {
            context.response()
                    .putHeader(
                            "Content-Disposition",
                            "attachment; filename=\"pulseboard-" + context.pathParam("board") + ".csv\"");
        }
        context.response().end(text).onComplete(done -> unread -= text.length());
    }

    private static void fail(RoutingContext context, Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int code = failure instanceof ReplyException reply ? reply.failureCode() : -1;
        switch (code) {
            case 400 -> Failures.respond(context, 400, "bad_parameter", message);
            case 404 -> Failures.respond(context, 404, "unknown_series", message);
            case 503 -> Failures.respond(context, 503, "history_unavailable", message);
            case 500 -> Failures.respond(context, 500, "internal_error", message);
            default -> Failures.respond(context, 503, "history_unavailable", "the history does not answer");
        }
    }
}
