package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Audit;
import pulseboard.auth.ClientBlock;
import pulseboard.auth.LoginDelays;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;

/**
 * How a machine joins, with the code of an invitation and nothing else; and what it may do with the token that it gets besides
 * linking: ask how it stands, and leave. Used on one event loop.
 */
final class JoinRoutes {

    /** Strangers come here, with a code. */
    static final String JOIN = "/api/agents/enrol";

    private static final String SELF = "/api/agents/self";
    private static final String FLEET = "fleet";
    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);
    private static final int MOST_BYTES = 2_048;
    private static final int MOST_CHARACTERS = 128;

    private final Vertx vertx;
    private final Boards boards;
    private final AuthenticationHandler gate;
    private final LoginDelays delays = new LoginDelays(System::nanoTime);

    JoinRoutes(Vertx vertx, Boards boards, AuthenticationHandler gate) {
        this.vertx = vertx;
        this.boards = boards;
        this.gate = gate;
    }

    /** Adds the routes. */
    void mount(Router router) {
        router.post(JOIN)
                .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
                .handler(this::join);
        BoardRoutes.get(router, SELF).handler(this::tell);
        router.route(SELF).method(HttpMethod.DELETE).handler(this::leave);
    }

    private void join(RoutingContext context) {
        String from = gate.from(context);
        List<String> keys = List.of("address " + ClientBlock.of(from));
        long wait = delays.secondsToWait(keys);
        if (wait > 0) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            Failures.respond(
                    context,
                    429,
                    "too_many_attempts",
                    "too many attempts failed; the next is looked at in " + wait + " s");
            return;
        }
        JsonObject asked = asked(context, from);
        if (asked == null) {
            Failures.respond(
                    context,
                    400,
                    "bad_request",
                    "send {\"code\":\"…\",\"name\":\"…\",\"machine\":\"…\"} as application/json");
            return;
        }
        vertx.eventBus()
                .<JsonObject>request(Addresses.JOIN, asked, WITHIN_10_SECONDS)
                .onSuccess(reply -> BoardRoutes.respond(context, reply.body().encode()))
                .onFailure(failure -> {
                    delays.failed(keys);
                    refuse(context, failure);
                });
    }

    private static @Nullable JsonObject asked(RoutingContext context, String from) {
        JsonObject body = AccessRoutes.body(context);
        if (body == null) {
            return null;
        }
        JsonObject asked = JsonObject.of("from", from);
        for (String key : List.of("code", "name", "machine")) {
            if (!(body.getValue(key) instanceof String text) || text.length() > MOST_CHARACTERS) {
                return null;
            }
            asked.put(key, text);
        }
        return asked;
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        ActionRefusal refusal = ActionRefusal.of(failure);
        Failures.respond(context, refusal.status(), refusal.word(), String.valueOf(refusal.getMessage()));
    }

    private Optional<String> machine(RoutingContext context) {
        Optional<String> source = AuthenticationHandler.known(context).source();
        if (source.isEmpty()) {
            Failures.respond(context, 403, "forbidden", "this is for machines, which show their own token");
        }
        return source;
    }

    /** How it stands here. */
    private void tell(RoutingContext context) {
        machine(context)
                .ifPresent(id -> boards.find(context, FLEET)
                        .ifPresent(board -> board.snapshots
                                .ask()
                                .onSuccess(snapshot -> BoardRoutes.respond(
                                        context, self(id, snapshot).encode()))
                                .onFailure(failure -> refuse(context, failure))));
    }

    private static JsonObject self(String id, Snapshots.Encoded snapshot) {
        JsonObject row = snapshot.document()
                .getJsonObject("state", new JsonObject())
                .getJsonObject("hosts", new JsonObject())
                .getJsonObject(id, new JsonObject());
        return JsonObject.of("id", id, "state", row.getString("state", "unknown"));
    }

    private void leave(RoutingContext context) {
        String from = gate.from(context);
        machine(context)
                .ifPresent(id -> vertx.eventBus()
                        .<JsonObject>request(
                                Addresses.actions(FLEET),
                                JsonObject.of("action", "remove", "body", JsonObject.of("machine", id), "who", id),
                                WITHIN_10_SECONDS)
                        .onSuccess(reply -> {
                            Audit.log("machine_left id=" + id, id, from);
                            BoardRoutes.respond(context, new JsonObject().encode());
                        })
                        .onFailure(failure -> refuse(context, failure)));
    }
}
