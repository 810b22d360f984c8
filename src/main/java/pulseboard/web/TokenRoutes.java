package pulseboard.web;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.auth.Accounts;
import pulseboard.auth.Identity;
import pulseboard.auth.NewToken;
import pulseboard.auth.Token;

/** The tokens of whoever is signed in, as {@code openapi.yaml} describes it. */
final class TokenRoutes {

    private static final int MOST_TOKENS = 200;

    private final Access access;
    private final AuthenticationHandler gate;
    private final Runnable recheck;
    private final AccessWork work;

    TokenRoutes(Access access, AuthenticationHandler gate, Runnable recheck, AccessWork work) {
        this.access = access;
        this.gate = gate;
        this.recheck = recheck;
        this.work = work;
    }

    /** Adds the routes. */
    void mount(Router router, int maxBodyBytes) {
        router.route("/api/tokens")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::list);
        router.post("/api/tokens")
                .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes))
                .handler(this::make);
        router.delete("/api/tokens/:token").handler(this::revoke);
    }

    private void list(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        JsonArray list = new JsonArray();
        access.accounts().tokens().forEach((id, token) -> {
            // A program sees itself only: its label may be somebody's name.
            if (access.isPerson(who) ? isTheirs(who, token) : id.equals(who.tokenId())) {
                list.add(token.toPublicJson().put("id", id).put("isThis", id.equals(who.tokenId())));
            }
        });
        AccessRoutes.respond(context, 200, JsonObject.of("tokens", list));
    }

    private static boolean isTheirs(Identity who, Token token) {
        return who.isAdmin() || who.name().equals(token.user());
    }

    private void make(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        String refusal = whyNot(who);
        if (refusal != null) {
            Failures.respond(context, 403, "forbidden", refusal);
            return;
        }
        NewToken token = wanted(AccessRoutes.body(context), who);
        if (token == null) {
            Failures.respond(
                    context,
                    400,
                    "bad_request",
                    "send {\"label\":\"…\",\"scopes\":[\"read:*\"]} as application/json, \"days\" too if it is to end;"
                            + " no scope can be more than you may yourself, and publish:NAME stands alone");
            return;
        }
        String from = gate.from(context);
        work.later(
                context,
                () -> {
                    access.add(token, who.name(), from);
                    return token;
                },
                done -> AccessRoutes.respond(context, 201, JsonObject.of("token", token.secret())));
    }

    private @Nullable String whyNot(Identity who) {
        if (!access.isPerson(who)) {
            return "only somebody who signed in can make a token";
        }
        if (who.tokenId() == null && !Accounts.isForeign(who.name())) {
            // It would stay good when there are users, whoever on this machine had it made.
            return "while nobody has to sign in, no token is made here; on the server, \"pulseboard token add\" makes one";
        }
        long count = access.accounts().tokens().values().stream()
                .filter(each -> isTheirs(who, each))
                .count();
        return count < MOST_TOKENS ? null : "there are " + MOST_TOKENS + " tokens already; revoke some";
    }

    private @Nullable NewToken wanted(@Nullable JsonObject body, Identity who) {
        try {
            return body == null ? null : token(body, who);
        } catch (ClassCastException | NullPointerException e) { // A list where a text should be, or null.
            return null;
        }
    }

    private @Nullable NewToken token(JsonObject body, Identity who) {
        List<?> scopes = body.getJsonArray("scopes", new JsonArray()).getList();
        // Whom somebody else vouches for, nobody here knows to be gone.
        boolean isForeign = Accounts.isForeign(who.name());
        int most = isForeign ? (int) TimeUnit.SECONDS.toDays(access.sessionSeconds()) : NewToken.MOST_DAYS;
        // As it is written: a number that only looks like a small one after it was cut is refused.
        Number given = body.containsKey("days") ? body.getNumber("days") : most;
        int days = given instanceof Integer whole ? whole : 0;
        boolean isRight = !scopes.isEmpty()
                && scopes.stream()
                        .allMatch(scope -> scope instanceof String text && Identity.isScope(text) && who.covers(text))
                && Identity.areScopes(scopes.stream().map(Object::toString).toList())
                && NewToken.isLabel(body.getString("label"))
                && days >= 1
                && days <= most;
        long life = body.containsKey("days") || isForeign ? TimeUnit.DAYS.toMillis(days) : Long.MAX_VALUE;
        return isRight
                ? NewToken.of(
                        body.getString("label"),
                        who.name(),
                        scopes.stream().map(Object::toString).collect(Collectors.toSet()),
                        life)
                : null;
    }

    private void revoke(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        String id = context.pathParam("token");
        Token token = access.accounts().tokens().get(id);
        if (token == null || !isTheirs(who, token) || !access.isPerson(who)) {
            Failures.respond(context, 404, "unknown_token", "you have no token of this id; GET /api/tokens lists them");
            return;
        }
        String from = gate.from(context);
        work.later(
                context,
                () -> {
                    access.revoke(id, who.name(), from);
                    return id;
                },
                done -> {
                    recheck.run();
                    AccessRoutes.respond(context, 200, new JsonObject());
                });
    }
}
