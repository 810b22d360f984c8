package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.auth.Access;
import pulseboard.feed.Directory;
import pulseboard.link.LinkServer;

/** The HTTP server: the page, the REST API and the bridge, in the order of {@link #router()}. */
public final class WebVerticle extends VerticleBase {

    private static final Logger LOG = LoggerFactory.getLogger(WebVerticle.class);

    /** Part of the second in which the program stops; a viewer far away needs some of it to answer. */
    private static final int FAREWELL_MILLISECONDS = 300;

    private static final int SEND_BUFFER_BYTES = 65_536;

    /** Requests at once on one connection of HTTP/2. */
    private static final int MOST_STREAMS = 32;

    private static final long REFRESH_MILLISECONDS = 1_000;

    /** See {@link HistoryRequests}; tests do not wait so long. */
    long patienceToReadMilliseconds = HistoryRequests.PATIENCE_TO_READ_MILLISECONDS;

    private final WebConfig config;
    private final String home;
    private final Access access;
    private @Nullable LinkServer links;
    private final Tls tls;
    private final Warnings warnings = new Warnings(System::nanoTime);
    private @Nullable OtherPort other;
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "refresh");
        thread.setDaemon(true);
        return thread;
    });

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private HttpServer server;

    private @Nullable HttpServer otherServer;

    @SuppressWarnings("NullAway.Init")
    private ConnectionLimiter connections;

    @SuppressWarnings("NullAway.Init")
    private Http2Guard streams;

    @SuppressWarnings("NullAway.Init")
    private Boards boards;

    @SuppressWarnings("NullAway.Init")
    private Bridge bridge;

    @SuppressWarnings("NullAway.Init")
    private BoardRoutes routes;

    @SuppressWarnings("NullAway.Init")
    private ValueRoutes values;

    /**
     * Makes the verticle; it listens from when it is deployed.
     *
     * @param home the board of this machine, which single values are of, and whose facts are at {@code /api/host}
     * @param access says who may see what
     */
    public WebVerticle(WebConfig config, TlsConfig tls, String home, Access access) {
        this.config = config;
        this.tls = new Tls(tls, channel -> connections.accept(channel));
        this.home = home;
        this.access = access;
    }

    /** Also takes the boards of other processes. To be called before it is deployed. */
    public WebVerticle with(LinkServer server) {
        links = server;
        return this;
    }

    /** Also listens there. To be called before it is deployed. */
    public WebVerticle alsoAt(OtherPort port) {
        other = port;
        return this;
    }

    @Override
    public Future<?> start() {
        // SockJS fails on some frames, such as ["a",null], instead of refusing them: nobody shall fill the log by that.
        context.exceptionHandler(warnings::failed);
        int most = OpenFiles.connections(config.maxConnections());
        Places places = new Places(most, new Proxies(config.trustedProxies())::isTrusted);
        streams = new Http2Guard(vertx, most, config.writeTimeoutSeconds(), warnings);
        connections = new ConnectionLimiter(places, streams, warnings);
        Handler<HttpServerRequest> requests = Poll.guarded(router());
        server = vertx.createHttpServer(tls.apply(options()))
                .connectionHandler(connections)
                .requestHandler(requests);
        if (tls.isOn() || !access.isOpen()) {
            ScheduledFuture<?> unused = refreshing.scheduleWithFixedDelay(
                    this::refresh, REFRESH_MILLISECONDS, REFRESH_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
        return Directory.follow(vertx, boards)
                .compose(known -> links == null ? Future.succeededFuture() : links.start(vertx))
                .compose(known -> server.listen())
                .compose(listening -> listenToOther(requests));
    }

    private Future<?> listenToOther(Handler<HttpServerRequest> requests) {
        if (other == null) {
            return Future.succeededFuture();
        }
        otherServer = vertx.createHttpServer(
                        tls.apply(options().setHost(other.host()).setPort(other.port())))
                .connectionHandler(connections)
                .requestHandler(requests);
        return otherServer.listen();
    }

    /**
     * Looks whether users, tokens or certificates were changed behind our back; tokens end by themselves. On a thread of its
     * own, as it reads the disk: by a timer of Vert.x it would wake four threads each second instead of one.
     */
    private void refresh() {
        try {
            if (!access.isOpen() && access.refresh()) {
                context.runOnContext(changed -> recheck());
            }
            tls.refresh(server);
            if (otherServer != null) {
                tls.refresh(otherServer);
            }
        } catch (RuntimeException e) {
            // If it came through, this was the last look.
            LOG.warn("Users, tokens and certificates stay as they were", e);
        }
    }

    /** Throws out whoever may not be here any more. */
    private void recheck() {
        bridge.closeUnless(access::isCurrent);
        routes.endUnless(access::isCurrent);
        values.endUnless(access::isCurrent);
        if (links != null) {
            links.closeUnless(access::isCurrent);
        }
    }

    /** Tells every viewer that this is the end and not a failure, then listens no more; whoever lingers is cut off. */
    @Override
    public Future<?> stop() {
        refreshing.shutdown();
        bridge.announceEnd();
        routes.announceEnd();
        values.announceEnd();
        Future<?> noted = links == null ? Future.succeededFuture() : links.announceEnd();
        Promise<Void> ended = Promise.promise();
        context.runOnContext(announced -> {
            bridge.closeAll();
            // SockJS closes in a turn of its own; before that the server would close with a code that says nothing.
            context.runOnContext(closed -> {
                vertx.setTimer(FAREWELL_MILLISECONDS, late -> connections.cut());
                server.shutdown(2 * FAREWELL_MILLISECONDS, TimeUnit.MILLISECONDS)
                        .onComplete(ended);
            });
        });
        return Future.join(noted, ended.future());
    }

    /** The port that it listens on, once it does. */
    public int port() {
        return server.actualPort();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(config.host())
                .setPort(config.port())
                .setMaxWebSocketFrameSize(
                        links == null ? config.maxMessageBytes() : links.frameBytes(config.maxMessageBytes()))
                .setMaxWebSocketMessageSize(config.maxMessageBytes())
                // Compression keeps some 100 KiB of state for each viewer and saves little on changes of 200 bytes.
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketSubProtocols(links == null ? List.of() : List.of(LinkServer.SUBPROTOCOL))
                // Also one that is gone is kept for so long, 16 KiB each: 10 s, if left alone, of a loop that connects.
                .setWebSocketClosingTimeout(1)
                // Left alone the kernel keeps megabytes for a reader that is slow, and what it reads is minutes old.
                .setSendBufferSize(SEND_BUFFER_BYTES)
                // Through SockJS's other transports no queue reports that it is full: a reader that stalls is known by
                // time.
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setWriteIdleTimeout(config.writeTimeoutSeconds() * 1_000 / 2) // Twice: see WriteTimeoutGrace.
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(MOST_STREAMS))
                .setHttp2ClearTextEnabled(false);
    }

    Router router() {
        Viewers viewers = new Viewers(vertx, config.maxViewers());
        Proxies proxies = new Proxies(config.trustedProxies());
        Router router = Router.router(vertx);
        Failures.install(router, warnings);
        guard(router, proxies);
        Hosts hosts = new Hosts(config, proxies, warnings);
        router.route().handler(hosts);
        router.route().handler(new Origins(config.allowedOrigins(), proxies, warnings));
        router.routeWithRegex("/eventbus/iframe[^/]*").handler(context -> context.fail(404));
        AuthenticationHandler gate = new AuthenticationHandler(access, proxies, LinkRoutes.publicPaths(config, links));
        // No group that captures: SockJS would take what it holds for the name of the session.
        router.routeWithRegex("/(?:api|badge|eventbus)/.*").handler(gate).handler(this::knowWhoIsLetIn);
        new AccessRoutes(vertx, access, gate, this::recheck).mount(router, config.maxMessageBytes());
        if (access.oidc().isOn()) {
            hosts.add(access.oidc().publicHost());
            new OidcRoutes(vertx, access, gate).mount(router);
        }
        guardSessions(router);
        boards = new Boards(vertx, viewers, home);
        HistoryRequests questions = new HistoryRequests(vertx, proxies, patienceToReadMilliseconds);
        ResourceRoutes resources = new ResourceRoutes(vertx, boards, gate);
        resources.mountAt(other, router);
        bridge = new Bridge(config, boards, questions, warnings);
        bridge.mount(vertx, router);
        routes = new BoardRoutes(vertx, home, boards, questions);
        routes.mount(router);
        new ActionRoutes(vertx, boards, gate).mount(router, config.maxMessageBytes());
        if (links != null) {
            new LinkRoutes(links, proxies, access::isCurrent)
                    .mount(router, new JoinRoutes(vertx, boards, gate), new HostRoutes(boards, home));
        }
        resources.mount(router);
        values = new ValueRoutes(config, home, boards);
        values.mount(router);
        new MetricsRoute(vertx, home).mount(router, gate, () -> figures(viewers));
        PageFiles.shared().mount(router);
        return router;
    }

    private void guard(Router router, Proxies proxies) {
        router.route().handler(streams);
        router.route().handler(new AccessLog(proxies).handler());
        router.route().handler(new SecurityHeaders(config.frameAncestors()));
        router.route().handler(Failures::refuseExpectation);
    }

    private void guardSessions(Router router) {
        router.route("/eventbus/*")
                .method(HttpMethod.POST)
                .handler(BodyHandler.create(false)
                        .setBodyLimit(config.maxMessageBytes())
                        .setMergeFormAttributes(false));
        router.route("/eventbus/:server/:session/*").handler(this::keepSessionsApart);
    }

    private JsonObject figures(Viewers viewers) {
        return viewers.figures(boards.names())
                .put("stalled", connections.stalled())
                .put("refused", warnings.refused());
    }

    private void keepSessionsApart(RoutingContext context) {
        // SockJS takes a parameter of this name, wherever it comes from, for the session.
        context.request().params().remove("param0");
        String session = context.pathParam("session");
        if (bridge.mayUse(session, AuthenticationHandler.known(context))) {
            if (!context.normalizedPath().endsWith("/xhr_send")) {
                bridge.carries(Poll.connectionOf(context.request()), session);
            }
            context.next();
        } else {
            Failures.respond(context, 403, "forbidden", "somebody else began this session");
        }
    }

    private void knowWhoIsLetIn(RoutingContext context) {
        if (AuthenticationHandler.of(context).isPresent()) {
            connections.know(Poll.connectionOf(context.request()));
        }
        context.next();
    }
}
