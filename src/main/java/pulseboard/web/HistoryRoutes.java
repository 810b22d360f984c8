package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Addresses;

/** What boards showed before: passes questions on to the bus, and answers as JSON, CSV or NDJSON. */
final class HistoryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryRoutes.class);

    private static final String FILE_NAME = "fileName";

    private static final Map<String, String> TYPES = Map.of(
            "json", "application/json",
            "csv", "text/csv; charset=utf-8",
            "ndjson", "application/x-ndjson");

    /** Shorter ones gain nothing, and longer ones would hold up the event loop. */
    private static final int LEAST_TO_COMPRESS = 1_024;

    private static final int MOST_TO_COMPRESS = 131_072;

    private final HistoryRequests questions;
    private final Boards boards;

    HistoryRoutes(HistoryRequests questions, Boards boards) {
        this.questions = questions;
        this.boards = boards;
    }

    void mount(Router router) {
        boards.get(router, "/series", (context, board) -> {
            if (isKnown(context, board, null)) {
                ask(context, Addresses.series(board.board()), new JsonObject(), "json");
            }
        });
        boards.get(router, "/history", (context, board) -> history(context, board, accepted(context)));
        for (String format : new String[] {"csv", "ndjson"}) {
            boards.get(router, "/history." + format, (context, board) -> history(context, board, format));
        }
    }

    private static String accepted(RoutingContext context) {
        String accept = String.valueOf(context.request().getHeader(HttpHeaders.ACCEPT));
        return accept.contains("text/csv") ? "csv" : accept.contains("ndjson") ? "ndjson" : "json";
    }

    private void history(RoutingContext context, FanOut board, String format) {
        JsonObject question = new JsonObject().put("format", format);
        for (String name : new String[] {"from", "to", "points"}) {
            String value = context.request().getParam(name);
            if (value != null) {
                question.put(name, value);
            }
        }
        JsonArray series = new JsonArray(context.queryParam("series"));
        if (!isKnown(context, board, series)) {
            return;
        }
        question.put("series", series);
        if (format.equals("csv")) {
            context.put(FILE_NAME, "pulseboard-" + board.board().replace('/', '-') + ".csv");
        }
        ask(context, Addresses.history(board.board()), question, format);
    }

    /** What one may not see does not exist; answers if it does not. */
    private static boolean isKnown(RoutingContext context, FanOut board, @Nullable JsonArray series) {
        boolean isKnown = board.mayBeAsked(series);
        if (!isKnown) {
            Failures.respond(context, 404, "unknown_series", "name series of machines that you may see");
        }
        return isKnown;
    }

    private void ask(RoutingContext context, String address, JsonObject question, String format) {
        String asker = questions.asker(context);
        questions
                .ask(
                        asker,
                        address,
                        question.put("format", format),
                        () -> !context.response().closed())
                .onSuccess(text -> respond(context, asker, text, format))
                .onFailure(failure -> fail(context, failure));
    }

    private static void busy(RoutingContext context) {
        context.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        Failures.respond(context, 503, "busy", "too many questions about the history at once; ask again in a second");
    }

    private void respond(RoutingContext context, String asker, String text, String format) {
        if (context.response().closed()) {
            return;
        }
        boolean hasRoom = questions.deliver(asker, text, () -> write(context, text, format), () -> end(context));
        if (!hasRoom) {
            busy(context);
        }
    }

    private static Future<Void> write(RoutingContext context, String text, String format) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, TYPES.get(format))
                .putHeader(HttpHeaders.VARY, "Accept, Accept-Encoding")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (format.equals("csv")) {
            context.response()
                    .putHeader("Content-Disposition", "attachment; filename=\"" + context.get(FILE_NAME) + "\"");
        }
        Buffer body = body(context, text);
        if (context.request().version() != HttpVersion.HTTP_2) {
            return context.response().end(body);
        }
        // Once the end is queued, even behind what is not read, Vert.x refuses to reset the stream.
        context.response().putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(body.length()));
        return context.response().write(body).compose(read -> context.response().end());
    }

    /** What a page asks for when it opens is mostly empty, or the same number over and over: a tenth when it is compressed. */
    private static Buffer body(RoutingContext context, String text) {
        Buffer plain = Buffer.buffer(text);
        boolean isWorthIt = plain.length() >= LEAST_TO_COMPRESS && plain.length() <= MOST_TO_COMPRESS;
        if (!isWorthIt || !Encodings.accepts(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING), "gzip")) {
            return plain;
        }
        context.response().putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        return Buffer.buffer(Encodings.gzip(plain.getBytes()));
    }

    /** Ends an answer that is not read: over HTTP/2 alone, else with its connection. */
    private static void end(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.response().reset().onFailure(ended -> LOG.debug("An answer had ended by itself", ended));
        } else {
            ConnectionBase connection = (ConnectionBase) context.request().connection();
            ConnectionLimiter.cut(connection.channelHandlerContext().channel());
        }
    }

    private static void fail(RoutingContext context, Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int code = failure instanceof ReplyException reply ? reply.failureCode() : -1;
        switch (code) {
            case 400 -> Failures.respond(context, 400, "bad_parameter", message);
            case HistoryRequests.BUSY -> busy(context);
            case 404 -> Failures.respond(context, 404, "unknown_series", message);
            case 406 -> Failures.respond(context, 404, "json_only", message);
            case 503 -> Failures.respond(context, 503, "history_unavailable", message);
            case 500 -> Failures.respond(context, 500, "internal_error", message);
            default -> Failures.respond(context, 503, "history_unavailable", "the history does not answer");
        }
    }
}
