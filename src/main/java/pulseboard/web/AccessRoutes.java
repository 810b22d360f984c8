package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.auth.Accounts;
import pulseboard.auth.Identity;
import pulseboard.auth.NewToken;
import pulseboard.auth.OidcConfig;
import pulseboard.auth.Token;

/** Signing in and out, and the tokens of whoever is signed in, as {@code openapi.yaml} describes it. */
final class AccessRoutes {

    /** Each takes most of a second of one core. */
    private static final int MOST_WAITING = 8;

    private static final int MOST_TOKENS = 200;

    /** A token that was made by hand ends when it is revoked, and browsers keep no cookie for longer than this. */
    private static final long TOKEN_COOKIE_SECONDS = 400L * 24 * 60 * 60;

    private final Access access;
    private final Gate gate;
    private final Runnable recheck;
    private final WorkerExecutor worker;
    private int waiting;

    /**
     * Makes them.
     *
     * @param recheck to be run when somebody may have lost access
     */
    AccessRoutes(Vertx vertx, Access access, Gate gate, Runnable recheck) {
        this.access = access;
        this.gate = gate;
        this.recheck = recheck;
        this.worker = vertx.createSharedWorkerExecutor("sign-in", 1);
    }

    /** Adds the routes. */
    void mount(Router router, int maxBodyBytes) {
        router.route("/api/session")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::show);
        router.post("/api/session")
                .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes))
                .handler(this::signIn);
        router.delete("/api/session").handler(this::signOut);
        router.route("/api/tokens")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::list);
        router.post("/api/tokens")
                .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes))
                .handler(this::make);
        router.delete("/api/tokens/:token").handler(this::revoke);
    }

    private void show(RoutingContext context) {
        Gate.of(context).ifPresentOrElse(who -> respond(context, 200, describe(who)), () -> tellHow(context));
    }

    private JsonObject describe(Identity who) {
        return JsonObject.of(
                "name",
                who.name(),
                "scopes",
                new JsonArray(who.scopes().stream().sorted().toList()),
                "canSignOut",
                who.tokenId() != null,
                "isOpen",
                access.isOpen());
    }

    private void tellHow(RoutingContext context) {
        OidcConfig oidc = access.oidc();
        String message = access.hasUsers()
                ? "sign in with name and password"
                : oidc.isOn()
                        ? "sign in with " + oidc.buttonName()
                        : "nobody can sign in yet; on the server, \"pulseboard user add NAME\" makes a user";
        JsonObject how = JsonObject.of("error", "login_required", "message", message, "password", access.hasUsers());
        if (oidc.isOn()) {
            how.put("oidc", JsonObject.of("name", oidc.buttonName(), "start", OidcConfig.START));
        }
        respond(context, 401, how);
    }

    /** With a token in the header, for a display on a wall; else with name and password in the body. */
    private void signIn(RoutingContext context) {
        String shown = Gate.bearer(context.request());
        if (shown != null && Gate.of(context).isPresent()) {
            gate.putCookie(context, shown, TOKEN_COOKIE_SECONDS);
            respond(context, 200, describe(Gate.known(context)));
            return;
        }
        JsonObject body = body(context);
        if (body != null
                && body.getValue("name") instanceof String name
                && Accounts.isName(name)
                && body.getValue("password") instanceof String password) {
            String from = gate.from(context);
            later(context, () -> access.login(name, password, from), login -> answer(context, name, login));
            return;
        }
        Failures.respond(context, 400, "bad_request", "send {\"name\":\"…\",\"password\":\"…\"} as application/json");
    }

    private void answer(RoutingContext context, String name, Access.Login login) {
        if (login.token() != null) {
            gate.putCookie(context, login.token(), access.sessionSeconds());
            respond(context, 200, JsonObject.of("name", name));
            return;
        }
        if (login.waitSeconds() > 0) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(login.waitSeconds()));
        }
        if (login.isTried()) {
            Failures.respond(context, 401, "wrong_name_or_password", "name or password is wrong");
        } else {
            Failures.respond(
                    context,
                    429,
                    "too_many_attempts",
                    "too many attempts failed; the next one is looked at in " + login.waitSeconds() + " s");
        }
    }

    private void signOut(RoutingContext context) {
        Identity who = Gate.of(context).orElse(null);
        gate.putCookie(context, "", 0);
        if (who == null || who.tokenId() == null) {
            respond(context, 200, new JsonObject());
            return;
        }
        String from = gate.from(context);
        later(
                context,
                () -> {
                    access.signOut(who, from);
                    return true;
                },
                done -> {
                    recheck.run();
                    respond(context, 200, new JsonObject());
                });
    }

    private void list(RoutingContext context) {
        Identity who = Gate.known(context);
        JsonArray list = new JsonArray();
        access.accounts().tokens().forEach((id, token) -> {
            // A program sees itself only: its label may be somebody's name.
            if (access.isPerson(who) ? isTheirs(who, token) : id.equals(who.tokenId())) {
                list.add(token.toPublicJson().put("id", id).put("isThis", id.equals(who.tokenId())));
            }
        });
        respond(context, 200, JsonObject.of("tokens", list));
    }

    private static boolean isTheirs(Identity who, Token token) {
        return who.isAdmin() || who.name().equals(token.user());
    }

    private void make(RoutingContext context) {
        Identity who = Gate.known(context);
        if (!access.isPerson(who)) {
            Failures.respond(context, 403, "forbidden", "only somebody who signed in can make a token");
            return;
        }
        if (access.accounts().tokens().values().stream()
                        .filter(each -> isTheirs(who, each))
                        .count()
                >= MOST_TOKENS) {
            Failures.respond(context, 403, "forbidden", "there are " + MOST_TOKENS + " tokens already; revoke some");
            return;
        }
        NewToken token = wanted(body(context), who);
        if (token == null) {
            Failures.respond(
                    context,
                    400,
                    "bad_request",
                    "send {\"label\":\"…\",\"scopes\":[\"read:*\"]} as application/json, \"days\" too if it is to end;"
                            + " no scope can be more than you may yourself");
            return;
        }
        String from = gate.from(context);
        later(
                context,
                () -> {
                    access.add(token, who.name(), from);
                    return token;
                },
                done -> respond(context, 201, JsonObject.of("token", token.secret())));
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
        int days = body.getInteger("days", most);
        boolean isRight = !scopes.isEmpty()
                && scopes.stream()
                        .allMatch(scope -> scope instanceof String text && Identity.isScope(text) && who.covers(text))
                && NewToken.isLabel(body.getString("label"))
                && days >= 1
                && days <= most;
        long life = body.containsKey("days") || isForeign ? TimeUnit.DAYS.toMillis(days) : Long.MAX_VALUE;
        String user = who.tokenId() == null && !isForeign ? null : who.name();
        return isRight
                ? NewToken.of(
                        body.getString("label"),
                        user,
                        scopes.stream().map(Object::toString).collect(Collectors.toSet()),
                        life)
                : null;
    }

    private void revoke(RoutingContext context) {
        Identity who = Gate.known(context);
        String id = context.pathParam("token");
        Token token = access.accounts().tokens().get(id);
        if (token == null || !isTheirs(who, token) || !access.isPerson(who)) {
            Failures.respond(context, 404, "unknown_token", "you have no token of this id; GET /api/tokens lists them");
            return;
        }
        String from = gate.from(context);
        later(
                context,
                () -> {
                    access.revoke(id, who.name(), from);
                    return id;
                },
                done -> {
                    recheck.run();
                    respond(context, 200, new JsonObject());
                });
    }

    /** The body, if it is what a page sends and no form of another page could. */
    private static @Nullable JsonObject body(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return type != null && type.startsWith("application/json")
                    ? context.body().asJsonObject()
                    : null;
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    private <T> void later(RoutingContext context, Callable<T> work, Consumer<T> answer) {
        if (waiting >= MOST_WAITING) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
            Failures.respond(context, 503, "busy", "too many are signing in at once; try again in a few seconds");
            return;
        }
        waiting++;
        worker.executeBlocking(work)
                .onComplete(done -> waiting--)
                .onSuccess(answer::accept)
                .onFailure(context::fail);
    }

    private static void respond(RoutingContext context, int status, JsonObject body) {
        context.response().setStatusCode(status);
        BoardRoutes.respond(context, body.encode());
    }
}
