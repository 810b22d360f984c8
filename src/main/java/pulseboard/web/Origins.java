package pulseboard.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a page of another origin makes in somebody's browser, on every path and transport alike: SockJS
 * itself checks WebSockets only when told to and lets its HTTP transports answer any origin. A request without an Origin
 * header does not come from such a page. Allowed ones may read what they get. See <a
 * href="https://www.rfc-editor.org/rfc/rfc6454">RFC 6454</a> and <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">
 * CORS</a>.
 */
final class Origins implements Handler<RoutingContext> {

    private final List<String> allowed;
    private final Proxies proxies;
    private final Warnings warnings;

    Origins(List<String> allowed, Proxies proxies, Warnings warnings) {
        this.allowed = allowed;
        this.proxies = proxies;
        this.warnings = warnings;
    }

    @Override
    public void handle(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null
                || (!isWeaker(origin, context.request())
                        && (isOwn(origin, context.request().authority())
                                || isOwn(origin, proxies.forwardedHost(context.request()))))) {
            context.next();
            return;
        }
        if (allowed.contains(origin)) {
            // Without this the browser makes the request and keeps the answer from the page. The page asks for nothing
            // that would need a preflight, and sends no cookies.
            context.addHeadersEndHandler(done -> context.response()
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .headers()
                    .add(HttpHeaders.VARY, "Origin"));
            context.next();
            return;
        }
        warnings.refused("an origin", origin);
        Failures.respond(
                context,
                403,
                "origin_refused",
                "pages of this origin may not connect; if they should, add it to the setting web.allowedOrigins");
    }

    /** Whether it is a page without TLS, which somebody on the way may have made, of a server that has it. */
    private boolean isWeaker(String origin, HttpServerRequest request) {
        return origin.regionMatches(true, 0, "http:", 0, 5) && proxies.isSecure(request);
    }

    private static boolean isOwn(String origin, @Nullable HostAndPort authority) {
        try {
            URI uri = URI.create(origin);
            if (authority == null || uri.getScheme() == null || uri.getRawAuthority() == null) {
                return false;
            }
            // Not uri.getHost(): it does not know names with an underscore, which containers have.
            HostAndPort from = HostAndPort.parseAuthority(uri.getRawAuthority(), -1);
            return from != null
                    && from.host().equalsIgnoreCase(authority.host())
                    && port(from.port(), uri.getScheme()) == port(authority.port(), uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(int port, String scheme) {
        return port > 0 ? port : scheme.equals("https") ? 443 : 80;
    }
}
