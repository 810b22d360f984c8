package pulseboard.web;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.auth.OidcConfig;
import pulseboard.auth.oidc.Flow;
import pulseboard.auth.oidc.Person;
import pulseboard.auth.oidc.Provider;
import pulseboard.auth.oidc.Refusal;

/**
 * Signing in with an OpenID Connect provider: a browser is sent there and comes back with a code. What it began is in a cookie
 * that only this browser has, so that nobody can be made to end what somebody else began.
 */
final class OidcRoutes {

    /** Each may take the seconds that a slow provider takes. */
    private static final int MOST_WAITING = 16;

    private static final int THREADS = 2;

    private final OidcConfig config;
    private final Access access;
    private final AuthenticationHandler gate;
    private final Provider provider;
    private final WorkerExecutor worker;
    private final PendingLogins pending = new PendingLogins(System::nanoTime);
    private final Warnings warnings = new Warnings(System::nanoTime);
    private int waiting;

    OidcRoutes(Vertx vertx, Access access, AuthenticationHandler gate) {
        this.config = access.oidc();
        this.access = access;
        this.gate = gate;
        this.provider = new Provider(vertx, config, System::currentTimeMillis);
        this.worker = vertx.createSharedWorkerExecutor("oidc", THREADS);
    }

    /** Adds the routes. */
    void mount(Router router) {
        router.get("/" + OidcConfig.START).handler(this::begin);
        router.get("/" + OidcConfig.START + "/callback").handler(this::finish);
    }

    private void begin(RoutingContext context) {
        later(context, "../", provider::begin, flow -> {
            putCookie(context, pending.seal(flow), TimeUnit.MINUTES.toSeconds(PendingLogins.MINUTES));
            redirect(context, flow.address());
        });
    }

    private void finish(RoutingContext context) {
        Cookie cookie = context.request().getCookie(cookieName(context));
        Flow flow = cookie == null ? null : pending.take(cookie.getValue());
        Map<String, List<String>> answer = parameters(context.queryParams());
        putCookie(context, "", 0);
        if (flow == null) {
            refuse(context, "../../", new Refusal(Refusal.Kind.EXPIRED, whyUnknown(cookie)));
            return;
        }
        String from = gate.from(context);
        later(context, "../../", () -> signIn(flow, answer, from), token -> {
            gate.putCookie(context, token, access.sessionSeconds());
            redirect(context, "../../");
        });
    }

    private String whyUnknown(@Nullable Cookie cookie) {
        return cookie == null
                ? "this browser has begun none, or not at oidc.publicUrl, " + config.publicUrl()
                : "it began more than " + PendingLogins.MINUTES
                        + " minutes ago or before the last start, or has ended already";
    }

    private String signIn(Flow flow, Map<String, List<String>> answer, String from) throws Exception {
        Person person = provider.finish(flow, answer);
        return access.signInByProvider(person.name(), person.role(), from);
    }

    private static Map<String, List<String>> parameters(MultiMap query) {
        return query.names().stream().collect(Collectors.toMap(name -> name, query::getAll));
    }

    private <T> void later(RoutingContext context, String page, Callable<T> work, Consumer<T> answer) {
        if (waiting >= MOST_WAITING) {
            refuse(context, page, new Refusal(Refusal.Kind.FAILED, "too many sign in at once"));
            return;
        }
        waiting++;
        worker.executeBlocking(work, false)
                .onComplete(done -> waiting--)
                .onSuccess(answer::accept)
                .onFailure(failure -> refuse(context, page, failure));
    }

    /** The page tells the person what kind of failure it is; the reason is for the operator. */
    private void refuse(RoutingContext context, String page, Throwable failure) {
        Refusal.Kind kind = failure instanceof Refusal refusal ? refusal.kind() : Refusal.Kind.FAILED;
        String reason = failure instanceof Refusal ? String.valueOf(failure.getMessage()) : failure.toString();
        warnings.refused("a sign-in by " + config.issuer() + " from " + gate.from(context), reason);
        redirect(context, page + "#login=" + kind.name().toLowerCase(Locale.ROOT));
    }

    private static void redirect(RoutingContext context, String address) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, address)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end();
    }

    /** Not SameSite=Strict: it has to come along when the provider sends the browser back. */
    private void putCookie(RoutingContext context, String begun, long maxAgeSeconds) {
        context.response()
                .addCookie(Cookie.cookie(cookieName(context), begun)
                        .setPath("/")
                        .setMaxAge(maxAgeSeconds)
                        .setHttpOnly(true)
                        .setSecure(isSecure())
                        .setSameSite(CookieSameSite.LAX));
    }

    /** With this prefix browsers let no other host of the same domain set it. */
    private String cookieName(RoutingContext context) {
        return (isSecure() ? "__Host-" : "") + "pulseboard_login_"
                + context.request().localAddress().port();
    }

    private boolean isSecure() {
        return config.publicUrl().startsWith("https:");
    }
}
