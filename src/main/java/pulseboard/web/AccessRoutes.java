package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.auth.Accounts;
import pulseboard.auth.ClientBlock;
import pulseboard.auth.Identity;
import pulseboard.auth.Login;
import pulseboard.auth.OidcConfig;

/** Signing in and out, as {@code openapi.yaml} describes it. */
final class AccessRoutes {

    /** Of the places of {@link AccessWork}, for one network: the rest is for everybody else. */
    private static final int MOST_OF_ONE = 2;

    /** A token that was made by hand ends when it is revoked, and browsers keep no cookie for longer than this. */
    private static final long TOKEN_COOKIE_SECONDS = 400L * 24 * 60 * 60;

    private final Access access;
    private final AuthenticationHandler gate;
    private final Runnable recheck;
    private final AccessWork work;
    private final Map<String, Integer> signingIn = new HashMap<>();

    /**
     * Makes them.
     *
     * @param recheck to be run when somebody may have lost access
     */
    AccessRoutes(Vertx vertx, Access access, AuthenticationHandler gate, Runnable recheck) {
        this.access = access;
        this.gate = gate;
        this.recheck = recheck;
        this.work = new AccessWork(vertx);
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
        new TokenRoutes(access, gate, recheck, work).mount(router, maxBodyBytes);
    }

    private void show(RoutingContext context) {
        AuthenticationHandler.of(context).ifPresentOrElse(who -> tell(context, who), () -> tellHow(context));
    }

    /** With a token, also whose session in this browser it would replace. */
    private void tell(RoutingContext context, Identity who) {
        JsonObject told = describe(who);
        gate.replaced(context, who).ifPresent(other -> told.put("replaces", other.name()));
        respond(context, 200, told);
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
        String shown = AuthenticationHandler.bearer(context.request());
        if (shown != null && AuthenticationHandler.of(context).isPresent()) {
            gate.putCookie(context, shown, TOKEN_COOKIE_SECONDS);
            respond(context, 200, describe(AuthenticationHandler.known(context)));
            return;
        }
        JsonObject body = body(context);
        if (body != null
                && body.getValue("name") instanceof String name
                && Accounts.isName(name)
                && body.getValue("password") instanceof String password) {
            login(context, name, password);
            return;
        }
        Failures.respond(context, 400, "bad_request", "send {\"name\":\"…\",\"password\":\"…\"} as application/json");
    }

    private void login(RoutingContext context, String name, String password) {
        String from = gate.from(context);
        String block = ClientBlock.of(from);
        if (signingIn.getOrDefault(block, 0) >= MOST_OF_ONE) {
            AccessWork.refuse(context);
            return;
        }
        signingIn.merge(block, 1, Integer::sum);
        work.later(context, () -> access.login(name, password, from), login -> answer(context, name, login))
                .onComplete(done -> signingIn.computeIfPresent(block, (key, count) -> count == 1 ? null : count - 1));
    }

    private void answer(RoutingContext context, String name, Login login) {
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
        Identity who = AuthenticationHandler.of(context).orElse(null);
        gate.putCookie(context, "", 0);
        if (who == null || who.tokenId() == null) {
            respond(context, 200, new JsonObject());
            return;
        }
        String from = gate.from(context);
        work.later(
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

    /** The body, if it is what a page sends and no form of another page could. */
    static @Nullable JsonObject body(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            return type != null && type.startsWith("application/json")
                    ? context.body().asJsonObject()
                    : null;
        } catch (DecodeException | ClassCastException e) {
            return null;
        }
    }

    static void respond(RoutingContext context, int status, JsonObject body) {
        context.response().setStatusCode(status);
        BoardRoutes.respond(context, body.encode());
    }
}
