package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import pulseboard.auth.Identity;
import pulseboard.bus.Addresses;

/** The REST API, as {@code openapi.yaml} describes it. */
final class BoardRoutes {

    private static final DeliveryOptions WITHIN_2_SECONDS = new DeliveryOptions().setSendTimeout(2_000);

    private final Vertx vertx;
    private final Map<String, Snapshots> snapshots;
    private final Questions questions;
    private final Map<String, Stream> streams = new HashMap<>();
    private final long since = System.currentTimeMillis();

    BoardRoutes(Vertx vertx, Map<String, Snapshots> snapshots, Questions questions, Viewers viewers) {
        this.vertx = vertx;
        this.snapshots = snapshots;
        this.questions = questions;
        snapshots.forEach((board, taken) -> streams.put(board, new Stream(vertx, board, taken, viewers)));
    }

    /** Adds the routes. */
    void mount(Router router) {
        get(router, "/api/host").handler(this::facts);
        get(router, "/api/boards").handler(this::list);
        get(router, "/api/boards/:board").handler(this::snapshot);
        get(router, "/api/boards/:board/stream").handler(this::stream);
        new HistoryRoutes(questions, this::mayRead).mount(router);
        get(router, "/api/health").handler(this::health);
        get(router, "/openapi.yaml").handler(PageFiles.shared().api()::send);
    }

    /** Ends every stream with an event that says why. */
    void announceEnd() {
        streams.values().forEach(Stream::announceEnd);
    }

    /** Ends every stream of somebody for whom this is not true any more. */
    void endUnless(Predicate<Identity> isCurrent) {
        streams.values().forEach(stream -> stream.endUnless(isCurrent));
    }

    static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void list(RoutingContext context) {
        JsonArray list = new JsonArray();
        for (String board :
                snapshots.keySet().stream().filter(Gate.known(context)::mayRead).toList()) {
            list.add(new JsonObject()
                    .put("name", board)
                    .put("changes", Addresses.changes(board))
                    .put("snapshot", Addresses.snapshot(board))
                    .put("state", "api/boards/" + board)
                    .put("stream", "api/boards/" + board + "/stream")
                    .put("history", "api/boards/" + board + "/history"));
        }
        respond(context, new JsonObject().put("boards", list).encode());
    }

    private void snapshot(RoutingContext context) {
        Snapshots taken = snapshots.get(context.pathParam("board"));
        if (mayRead(context) && taken != null) {
            reply(context, taken.ask().map(Snapshots.Encoded::text), "board_unavailable");
        }
    }

    private void stream(RoutingContext context) {
        Stream stream = streams.get(context.pathParam("board"));
        if (mayRead(context) && stream != null) {
            if (context.request().method().equals(HttpMethod.HEAD)) {
                context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                        .end();
            } else {
                stream.open(context);
            }
        }
    }

    private boolean mayRead(RoutingContext context) {
        boolean known = snapshots.containsKey(context.pathParam("board"));
        if (!known) {
            Failures.respond(context, 404, "unknown_board", "there is no such board; GET /api/boards lists them");
        }
        return known && Gate.mayRead(context, context.pathParam("board"));
    }

    /** A verticle is up when it answers for its board. */
    private void health(RoutingContext context) {
        JsonObject verticles = new JsonObject();
        List<Future<Void>> answers = new ArrayList<>();
        for (String board : snapshots.keySet()) {
            answers.add(vertx.eventBus()
                    .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_2_SECONDS)
                    .map(reply -> new JsonObject()
                            .put("state", "up")
                            .put("at", reply.body().getLong("at")))
                    .otherwise(failure -> new JsonObject().put("state", "down").put("reason", failure.getMessage()))
                    .map(state -> {
                        verticles.put(board, state);
                        return null;
                    }));
        }
        Future.all(answers).onComplete(done -> {
            verticles.put("web", new JsonObject().put("state", "up"));
            boolean up = verticles.stream()
                    .allMatch(entry ->
                            ((JsonObject) entry.getValue()).getString("state").equals("up"));
            context.response().setStatusCode(up ? 200 : 503);
            JsonObject health = new JsonObject().put("status", up ? "up" : "degraded");
            // Strangers learn no more.
            JsonObject told = Gate.of(context).isEmpty()
                    ? health
                    : health.put("since", since).put("verticles", verticles);
            respond(context, told.encode());
        });
    }

    private void facts(RoutingContext context) {
        if (!Gate.mayRead(context, "host")) {
            return;
        }
        Future<String> facts = vertx.eventBus()
                .<JsonObject>request(Addresses.HOST_FACTS, new JsonObject(), WITHIN_2_SECONDS)
                .map(reply -> reply.body().encode());
        reply(context, facts, "facts_unavailable");
    }

    private static void reply(RoutingContext context, Future<String> answer, String error) {
        answer.onSuccess(text -> respond(context, text))
                .onFailure(failure -> Failures.respond(context, 503, error, "no answer; GET /api/health says more"));
    }

    /** Answers with a document that nobody is to keep. */
    static void respond(RoutingContext context, String json) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json);
    }
}
