package pulseboard.web;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pulseboard.auth.Access;
import pulseboard.auth.Accounts;
import pulseboard.auth.Identity;

/**
 * Finds out who asks, by a Bearer token (<a href="https://www.rfc-editor.org/rfc/rfc6750">RFC 6750</a>), a browser's cookie, a
 * trusted proxy or the place, in this order, and turns strangers away.
 */
final class AuthenticationHandler implements Handler<RoutingContext> {

    private static final String IDENTITY = "identity";
    private static final String BEARER = "bearer ";
    private static final int MOST_CHARACTERS = 64;
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** Strangers may ask whether it is up, and how to sign in. */
    private static final Set<String> OPEN = Set.of("/api/health", "/api/session");

    private final Access access;
    private final Proxies proxies;
    private final Set<String> publicPaths;

    /**
     * Makes it.
     *
     * @param publicPaths what else strangers may ask for, letter by letter
     */
    AuthenticationHandler(Access access, Proxies proxies, Set<String> publicPaths) {
        this.publicPaths = publicPaths;
        this.access = access;
        this.proxies = proxies;
    }

    @Override
    public void handle(RoutingContext context) {
        if (isFromAnotherSite(context)) {
            Failures.respond(context, 403, "origin_refused", "a page of another site may not ask for this");
            return;
        }
        String bearer = bearer(context.request());
        Optional<Identity> who = bearer == null ? withoutBearer(context) : access.byToken(bearer);
        if (bearer == null && isForgeable(context)) {
            Failures.respond(context, 403, "origin_missing", "a browser says which page asks; send an Origin header");
        } else if (who.isPresent()) {
            context.put(IDENTITY, who.get());
            context.next();
        } else if (bearer != null) {
            context.response().putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            Failures.respond(context, 401, "token_invalid", "the token is wrong, has expired or was revoked");
        } else if (isOpen(context.normalizedPath())) {
            context.next();
        } else {
            context.response().putHeader("WWW-Authenticate", "Bearer");
            Failures.respond(context, 401, "login_required", "sign in, or show a token: Authorization: Bearer TOKEN");
        }
    }

    /**
     * Whether a page of another site makes the browser ask without saying who it is: for an image, say. It could not read the
     * answer, but it would have us work. Pages that say who they are have been looked at by {@link Origins}. See <a
     * href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata</a>.
     */
    private boolean isFromAnotherSite(RoutingContext context) {
        HttpServerRequest request = context.request();
        return "cross-site".equalsIgnoreCase(request.getHeader("Sec-Fetch-Site"))
                && request.getHeader(HttpHeaders.ORIGIN) == null
                && !publicPaths.contains(context.normalizedPath());
    }

    private boolean isOpen(String path) {
        return OPEN.contains(path) || publicPaths.contains(path);
    }

    /** The address that a request comes from, for people. */
    String from(RoutingContext context) {
        return proxies.client(context.request());
    }

    /** Who asks, when somebody known does. */
    static Optional<Identity> of(RoutingContext context) {
        return Optional.ofNullable(context.get(IDENTITY));
    }

    /** Who asks, where strangers do not come. */
    static Identity known(RoutingContext context) {
        return of(context).orElseThrow();
    }

    /** Whether who asks may see this board; answers if not. */
    static boolean mayRead(RoutingContext context, String board) {
        boolean may = of(context).filter(who -> who.mayRead(board)).isPresent();
        if (!may && board.indexOf('/') > 0) {
            Boards.refuseUnknown(context); // A machine that one may not see does not exist.
        } else if (!may) {
            Failures.respond(
                    context, 403, "forbidden", "what you are signed in with does not allow to read this board");
        }
        return may;
    }

    /** Who asks but for the token that is shown, if that is somebody else who signed in. */
    Optional<Identity> replaced(RoutingContext context, Identity who) {
        Optional<Identity> other = bearer(context.request()) == null ? Optional.empty() : withoutBearer(context);
        return other.filter(each -> each.tokenId() != null || Accounts.isForeign(each.name()))
                .filter(each ->
                        !(each.name().equals(who.name()) && each.scopes().equals(who.scopes())));
    }

    private Optional<Identity> withoutBearer(RoutingContext context) {
        Cookie cookie = context.request().getCookie(cookieName(context));
        Optional<Identity> signedIn = cookie == null ? Optional.empty() : access.byToken(cookie.getValue());
        return signedIn.or(() -> byHeader(context.request()))
                .or(() -> access.byPlace(proxies.isOnThisMachine(context.request())));
    }

    private Optional<Identity> byHeader(HttpServerRequest request) {
        return access.userHeader()
                .filter(header -> proxies.isFromTrusted(request))
                .map(request.headers()::getAll)
                .filter(values -> values.size() == 1) // A second one may be what a client sent.
                .map(values -> values.get(0).strip())
                .filter(name -> !name.isEmpty() && name.length() <= MOST_CHARACTERS)
                .map(access::byHeader);
    }

    /**
     * Whether another page could have made the browser send this, with its cookie. Pages of other origins have been refused
     * before, by the header that browsers add to everything but reading.
     */
    private static boolean isForgeable(RoutingContext context) {
        HttpServerRequest request = context.request();
        return !READING.contains(request.method())
                && request.getHeader(HttpHeaders.COOKIE) != null
                && request.getHeader(HttpHeaders.ORIGIN) == null;
    }

    /** The token in the header, if there is one. */
    static @Nullable String bearer(HttpServerRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? null
                : header.substring(BEARER.length()).strip();
    }

    /** Gives the browser this token to keep. */
    void putCookie(RoutingContext context, String token, long maxAgeSeconds) {
        context.response()
                .addCookie(Cookie.cookie(cookieName(context), token)
                        .setPath("/")
                        .setMaxAge(maxAgeSeconds)
                        .setHttpOnly(true)
                        .setSecure(proxies.isSecure(context.request()))
                        .setSameSite(CookieSameSite.STRICT));
    }

    /**
     * Browsers send the cookies of one port to all ports of a machine, and there may be several of us. With this prefix they let
     * no other host of the domain set it, and nobody who speaks plain HTTP. See <a
     * href="https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-4.1.3.2">RFC 6265bis</a>.
     */
    private String cookieName(RoutingContext context) {
        return (proxies.isSecure(context.request()) ? "__Host-" : "") + "pulseboard_"
                + context.request().localAddress().port();
    }
}
