package pulseboard.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Identity;
import pulseboard.feed.ActionRefusal;
import pulseboard.link.LinkGrant;
import pulseboard.link.LinkServer;

/**
 * Where other machines and workers link: {@code GET /api/agents/link} and {@code /api/work/link}, upgraded to a WebSocket. Looks
 * whether the token is one for that, before anything is upgraded. Used on one event loop.
 */
final class LinkRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(LinkRoutes.class);

    private final LinkServer links;
    private final Proxies proxies;
    private final Predicate<Identity> isCurrent;

    /** Asks whether somebody is still who they were. */
    LinkRoutes(LinkServer links, Proxies proxies, Predicate<Identity> isCurrent) {
        this.links = links;
        this.proxies = proxies;
        this.isCurrent = isCurrent;
    }

    /** What strangers may ask for. */
    static Set<String> publicPaths(WebConfig config, @Nullable LinkServer links) {
        Set<String> paths = new HashSet<>(ValueRoutes.publicPaths(config));
        if (links != null && links.takesAgents()) {
            paths.add(JoinRoutes.JOIN);
        }
        return paths;
    }

    /** Adds the routes, and those that there are only where machines are let in; what is not wanted here does not exist. */
    void mount(Router router, JoinRoutes joining, HostRoutes hosts) {
        if (links.takesAgents()) {
            joining.mount(router);
            hosts.mount(router);
            BoardRoutes.get(router, "/api/agents/link").handler(this::agent);
        }
        if (links.takesWorkers()) {
            BoardRoutes.get(router, "/api/work/link").handler(this::worker);
        }
    }

    private void agent(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        Optional<String> source = who.source();
        if (source.isEmpty()) {
            refuse(context, "an agent shows a token with the scope publish:NAME; \"pulseboard token add\" makes one");
        } else {
            link(context, new LinkGrant(source.get(), Set.of(), who));
        }
    }

    private void worker(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        if (!isOnThisMachine(context.request())) {
            refuse(context, "a worker links from the same machine, and not through a proxy");
        } else if (who.works().isEmpty()) {
            refuse(context, "a worker shows a token with the scope work:NAMES");
        } else {
            link(context, new LinkGrant("", who.works(), who));
        }
    }

    /** Where the server has another address than loopback, whoever comes from that very address is on this machine, too. */
    private boolean isOnThisMachine(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        return proxies.isOnThisMachine(request)
                || (peer != null && peer.equals(request.localAddress().hostAddress()) && !Proxies.isForwarded(request));
    }

    private static void refuse(RoutingContext context, String message) {
        Failures.respond(context, 403, "forbidden", message);
    }

    private void link(RoutingContext context, LinkGrant grant) {
        Optional<ActionRefusal> refusal = links.refusal(grant);
        HttpServerRequest request = context.request();
        if (refusal.isPresent()) {
            ActionRefusal why = refusal.get();
            Failures.respond(context, why.status(), why.word(), String.valueOf(why.getMessage()));
        } else if (!isUpgrade(request)) {
            Failures.respond(context, 426, "upgrade_required", "this is a WebSocket");
        } else if (!isSpoken(request)) {
            Failures.respond(
                    context,
                    426,
                    "protocol_too_old",
                    "one of the two is too old or too new: " + LinkServer.SUBPROTOCOL + " is spoken here; update it");
        } else {
            String from = proxies.client(request);
            request.toWebSocket()
                    .onSuccess(socket -> opened(socket, grant, from))
                    .onFailure(broken -> LOG.debug("No WebSocket came of a request for a link", broken));
        }
    }

    /** The request may have had a body, which came as slowly as somebody liked. */
    private void opened(ServerWebSocket socket, LinkGrant grant, String from) {
        if (isCurrent.test(grant.identity())) {
            links.accept(socket, grant, from);
        } else {
            links.refuse(socket);
        }
    }

    private static boolean isSpoken(HttpServerRequest request) {
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        return offered != null
                && Arrays.stream(offered.split(",", -1)).map(String::strip).anyMatch(LinkServer.SUBPROTOCOL::equals);
    }

    private static boolean isUpgrade(HttpServerRequest request) {
        String upgrade = request.getHeader(HttpHeaders.UPGRADE);
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
    }
}
