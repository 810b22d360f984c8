package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.function.Supplier;
import pulseboard.feed.Addresses;

/** {@code /metrics}, for Prometheus: whoever may read the board of this machine may have it, and those of other boards whoever may read all. */
final class MetricsRoute {

    /** Collectors have a second, and so have the boards before them. */
    private static final int WITHIN_MILLISECONDS = 4_000;

    private final Vertx vertx;
    private final String home;

    MetricsRoute(Vertx vertx, String home) {
        this.vertx = vertx;
        this.home = home;
    }

    /**
     * Adds the route.
     *
     * @param figures what the web side has counted, for whoever makes the metrics
     */
    void mount(Router router, AuthenticationHandler gate, Supplier<JsonObject> figures) {
        vertx.eventBus().consumer(Addresses.WEB_FIGURES, request -> request.reply(figures.get()));
        router.route("/metrics")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(gate)
                .handler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (!AuthenticationHandler.mayRead(context, home)) {
            return;
        }
        vertx.eventBus()
                .<Buffer>request(Addresses.METRICS, header(context, HttpHeaders.ACCEPT), options(context))
                .onSuccess(reply -> {
                    HttpServerResponse response = context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, reply.headers().get("Content-Type"))
                            .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
                    String encoding = reply.headers().get("Content-Encoding");
                    if (encoding != null) {
                        response.putHeader(HttpHeaders.CONTENT_ENCODING, encoding);
                    }
                    response.end(reply.body());
                })
                .onFailure(failure ->
                        Failures.respond(context, 503, "metrics_unavailable", "no answer; GET /api/health says more"));
    }

    private static DeliveryOptions options(RoutingContext context) {
        DeliveryOptions options = new DeliveryOptions()
                .setSendTimeout(WITHIN_MILLISECONDS)
                .addHeader("Accept-Encoding", header(context, HttpHeaders.ACCEPT_ENCODING));
        return AuthenticationHandler.known(context).mayReadAll()
                ? options.addHeader(Addresses.METRICS_OF_BOARDS, "all")
                : options;
    }

    private static String header(RoutingContext context, CharSequence name) {
        return Objects.requireNonNullElse(context.request().getHeader(name), "");
    }
}
