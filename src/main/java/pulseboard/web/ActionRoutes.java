package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Audit;
import pulseboard.auth.Identity;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;

/**
 * What boards do when they are told to: {@code POST /api/boards/ID/actions/NAME} with a JSON object. Looks who may, holds the body
 * against what the board says that the action takes, and writes a line of the audit log for each. Used on one event loop.
 */
final class ActionRoutes {

    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);

    private final Vertx vertx;
    private final Boards boards;
    private final AuthenticationHandler gate;

    ActionRoutes(Vertx vertx, Boards boards, AuthenticationHandler gate) {
        this.vertx = vertx;
        this.boards = boards;
        this.gate = gate;
    }

    /** Adds the routes. */
    void mount(Router router, int maxBodyBytes) {
        for (String board : new String[] {"/:board", "/:source/:board"}) {
            router.route(HttpMethod.POST, Boards.PATH + board + "/actions/:action")
                    .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes))
                    .handler(this::act);
        }
    }

    private void act(RoutingContext context) {
        String source = context.pathParam("source");
        String name = (source == null ? "" : source + "/") + context.pathParam("board");
        boards.find(context, name).ifPresent(board -> act(context, board, context.pathParam("action")));
    }

    private void act(RoutingContext context, FanOut board, String name) {
        Identity who = AuthenticationHandler.known(context);
        ActionInfo action = board.info.actions().get(name);
        boolean isOwn = action != null && action.isForOneself() && who.mayRead(board.board());
        if ((!isOwn && !who.mayAct(board.board())) || (action != null && action.isForAdmins() && !who.isAdmin())) {
            audit(context, board, name, "forbidden");
            Failures.respond(
                    context, 403, "forbidden", "what you are signed in with does not allow to act on this board");
        } else if (action == null) {
            audit(context, board, name, "unknown_action");
            Failures.respond(
                    context, 404, "unknown_action", "this board has no such action; GET /api/boards/boards lists them");
        } else {
            JsonObject body = body(context);
            Optional<String> mistake = body == null ? Optional.of("the body is no JSON object") : action.mistake(body);
            mistake.ifPresentOrElse(
                    wrong -> {
                        audit(context, board, name, "bad_parameter");
                        Failures.respond(context, 400, "bad_parameter", wrong);
                    },
                    () -> send(context, board, name, body == null ? new JsonObject() : body));
        }
    }

    private static @Nullable JsonObject body(RoutingContext context) {
        try {
            String text = context.body().asString();
            return text == null || text.isBlank() ? new JsonObject() : new JsonObject(text);
        } catch (DecodeException e) {
            return null;
        }
    }

    private void send(RoutingContext context, FanOut board, String name, JsonObject body) {
        vertx.eventBus()
                .<JsonObject>request(
                        Addresses.actions(board.board()),
                        JsonObject.of("action", name, "body", body)
                                .put("who", AuthenticationHandler.known(context).name()),
                        WITHIN_10_SECONDS)
                .onSuccess(reply -> {
                    audit(context, board, name, "done");
                    BoardRoutes.respond(context, reply.body().encode());
                })
                .onFailure(failure -> {
                    ActionRefusal refusal = ActionRefusal.of(failure);
                    audit(context, board, name, refusal.word());
                    Failures.respond(context, refusal.status(), refusal.word(), String.valueOf(refusal.getMessage()));
                });
    }

    private void audit(RoutingContext context, FanOut board, String action, String outcome) {
        Audit.acted(
                board.board() + "/" + action,
                outcome,
                AuthenticationHandler.known(context).name(),
                gate.from(context));
    }
}
