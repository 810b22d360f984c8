package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardHealth;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.DirectoryVerticle;

/** The REST API, as {@code openapi.yaml} describes it. */
final class BoardRoutes {

    private static final DeliveryOptions WITHIN_2_SECONDS = new DeliveryOptions().setSendTimeout(2_000);

    private final Vertx vertx;
    private final String home;
    private final Boards boards;
    private final HistoryRequests questions;
    private final EventStreams streams;
    private final long since = System.currentTimeMillis();
    private List<BoardInfo> describedBoards = List.of();
    private Future<String> description = Future.failedFuture("nobody has asked yet");

    BoardRoutes(Vertx vertx, String home, Boards boards, HistoryRequests questions) {
        this.vertx = vertx;
        this.home = home;
        this.boards = boards;
        this.questions = questions;
        this.streams = new EventStreams(boards.viewers());
    }

    /** Adds the routes. */
    void mount(Router router) {
        get(router, "/api/host").handler(context -> {
            if (AuthenticationHandler.mayRead(context, home)) {
                facts(context, home);
            }
        });
        get(router, Boards.PATH).handler(this::list);
        boards.get(router, "", BoardRoutes::snapshot);
        boards.get(router, "/stream", this::stream);
        boards.get(router, "/facts", this::facts);
        new HistoryRoutes(questions, boards).mount(router);
        get(router, "/api/health").handler(this::health);
        get(router, "/api/openapi.json").handler(this::describe);
        get(router, "/api/health/verdict").handler(context -> {
            if (AuthenticationHandler.mayRead(context, home)) {
                verdict(context);
            }
        });
        get(router, "/openapi.yaml").handler(PageFiles.shared().api()::send);
    }

    /** Ends every stream with an event that says why. */
    void announceEnd() {
        streams.announceEnd();
    }

    /** Ends every stream of somebody for whom this is not true any more. */
    void endUnless(Predicate<Identity> isCurrent) {
        streams.endUnless(isCurrent);
    }

    static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void list(RoutingContext context) {
        JsonArray list = new JsonArray();
        Identity who = AuthenticationHandler.known(context);
        for (FanOut board : boards.all()) {
            String name = board.board();
            if (boards.as(board, who).mayBeReadBy(who) && !name.equals(DirectoryVerticle.BOARD)) {
                JsonObject info = board.info.toJson(); // Not all who may read a board may read the directory.
                list.add(new JsonObject()
                        .put("name", name)
                        .put("title", board.info.title())
                        .put("kind", board.info.kind())
                        .put("changes", Addresses.changes(name))
                        .put("snapshot", Addresses.snapshot(name))
                        .put("state", "api/boards/" + name)
                        .put("stream", "api/boards/" + name + "/stream")
                        .put("history", "api/boards/" + name + "/history")
                        .put("health", board.info.health().toJson())
                        .put("actions", info.getJsonObject("actions"))
                        .put("resources", info.getJsonArray("resources")));
            }
        }
        respond(context, new JsonObject().put("boards", list).encode());
    }

    /** Of what may be read; made on another thread, and kept while nothing changes. */
    private void describe(RoutingContext context) {
        List<BoardInfo> readable = boards.all().stream()
                .map(each -> each.info)
                .filter(board ->
                        AuthenticationHandler.known(context).mayRead(board.id().toString()))
                .toList();
        if (!readable.equals(describedBoards) || description.failed()) {
            describedBoards = readable;
            description = vertx.executeBlocking(() ->
                    OpenApi.describe(PageFiles.shared().api().text(), readable).encode());
        }
        description.onSuccess(text -> respond(context, text)).onFailure(context::fail);
    }

    private static void snapshot(RoutingContext context, FanOut board) {
        reply(context, board.snapshots.ask().map(Snapshots.Encoded::text), "board_unavailable");
    }

    private void stream(RoutingContext context, FanOut board) {
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .end();
        } else {
            streams.open(context, board);
        }
    }

    /** A verticle is up when it answers for its board. */
    private void health(RoutingContext context) {
        JsonObject verticles = new JsonObject();
        List<Future<Void>> answers = new ArrayList<>();
        for (FanOut board : boards.all()) {
            if (board.info.id().isLocal()) { // What is wrong on another machine is no fault of this program.
                answers.add(health(board).map(state -> {
                    verticles.put(board.board(), state);
                    return null;
                }));
            }
        }
        Future.all(answers).onComplete(done -> {
            verticles.put("web", new JsonObject().put("state", "up"));
            boolean up = verticles.stream()
                    .allMatch(entry ->
                            ((JsonObject) entry.getValue()).getString("state").equals("up"));
            context.response().setStatusCode(up ? 200 : 503);
            JsonObject health = new JsonObject().put("status", up ? "up" : "degraded");
            // Strangers learn no more.
            JsonObject told = AuthenticationHandler.of(context).isEmpty()
                    ? health
                    : health.put("since", since).put("verticles", verticles);
            respond(context, told.encode());
        });
    }

    /** Where nobody judges there is none. */
    private void verdict(RoutingContext context) {
        vertx.eventBus()
                .<JsonObject>request(Addresses.VERDICT, new JsonObject(), WITHIN_2_SECONDS)
                .onSuccess(reply -> respond(context, reply.body().encode()))
                .onFailure(failure -> {
                    boolean isOff =
                            failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
                    Failures.respond(
                            context,
                            isOff ? 404 : 503,
                            isOff ? "not_found" : "board_unavailable",
                            isOff
                                    ? "nothing is judged here: alerts.enabled is false"
                                    : "no answer; GET /api/health says more");
                });
    }

    private Future<JsonObject> health(FanOut board) {
        BoardHealth health = board.info.health();
        return health.isLive()
                ? vertx.eventBus()
                        .<JsonObject>request(Addresses.snapshot(board.board()), new JsonObject(), WITHIN_2_SECONDS)
                        .map(reply -> new JsonObject()
                                .put("state", "up")
                                .put("at", reply.body().getLong("at")))
                        .otherwise(
                                failure -> new JsonObject().put("state", "down").put("reason", failure.getMessage()))
                : Future.succeededFuture(new JsonObject().put("state", "down").put("reason", health.reason()));
    }

    private void facts(RoutingContext context, FanOut board) {
        if (board.info.hasFacts()) {
            facts(context, board.board());
        } else {
            Failures.respond(context, 404, "not_found", "this board has no facts");
        }
    }

    private void facts(RoutingContext context, String board) {
        Future<String> facts = vertx.eventBus()
                .<JsonObject>request(Addresses.facts(board), new JsonObject(), WITHIN_2_SECONDS)
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
