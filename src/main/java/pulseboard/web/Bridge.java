package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pulseboard.auth.Identity;
import pulseboard.feed.Addresses;

/**
 * The event-bus bridge: lets out the changes of known boards, lets in requests for their snapshots and questions about their
 * history, and nothing else. One for each verticle instance, because SockJS keeps its books in plain maps.
 *
 * <p>Of Vert.x's bridge it uses the sockets, their time-outs and the reading of messages. Left alone, that has each change
 * copied and encoded for each socket. So nothing is permitted there: a {@link FanOut} writes the changes of each board,
 * and {@link BridgeRequests} the answers.
 */
final class Bridge {

    private static final long HEARTBEAT_MILLISECONDS = 5_000;
    private static final long NEVER_MILLISECONDS = TimeUnit.DAYS.toMillis(1);

    /** Of an address. */
    private static final int MOST_CHARACTERS = 200;

    private final WebConfig config;
    private final Viewers viewers;
    private final Warnings warnings;
    private final HistoryRequests questions;
    private final Boards boards;
    private final Map<SockJSSocket, BridgeSession> watchers = new HashMap<>();
    private final Map<String, Set<BridgeSession>> bySession = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // Set by mount(), before anybody can connect.
    private Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    private BridgeRequests requests;

    Bridge(WebConfig config, Boards boards, HistoryRequests questions, Warnings warnings) {
        this.boards = boards;
        this.config = config;
        this.questions = questions;
        this.viewers = boards.viewers();
        this.warnings = warnings;
    }

    /**
     * Adds it at its path. WebSockets have a handler of their own: its sessions send no heartbeats, each by a timer of its own;
     * here all get them at once who were sent nothing else meanwhile.
     */
    void mount(Vertx vertx, Router router) {
        this.vertx = vertx;
        requests = new BridgeRequests(config.maxHandlersPerSocket(), boards, questions, warnings);
        Router webSockets = handler(NEVER_MILLISECONDS, Transport.XHR);
        Router others = handler(HEARTBEAT_MILLISECONDS, Transport.WEBSOCKET);
        router.route("/eventbus/*").subRouter(webSockets);
        router.route("/eventbus/*").subRouter(others);
        vertx.setPeriodic(
                HEARTBEAT_MILLISECONDS,
                id -> List.copyOf(watchers.values()).forEach(watcher -> watcher.socket.keepAlive()));
    }

    private Router handler(long heartbeatMilliseconds, Transport disabled) {
        SockJSHandlerOptions options =
                new SockJSHandlerOptions().setInsertJSESSIONID(false).setHeartbeatInterval(heartbeatMilliseconds);
        Stream.of(Transport.EVENT_SOURCE, Transport.HTML_FILE, Transport.JSON_P, disabled)
                .forEach(transport -> options.addDisabledTransport(transport.name()));
        SockJSBridgeOptions bridge = new SockJSBridgeOptions()
                .setPingTimeout(TimeUnit.SECONDS.toMillis(config.pingTimeoutSeconds()))
                .setMaxHandlersPerSocket(config.maxHandlersPerSocket());
        return SockJSHandler.create(vertx, options).bridge(bridge, this::handle);
    }

    /** Writes to every viewer that the server is about to stop, in words that every transport has. */
    void announceEnd() {
        List.copyOf(watchers.keySet()).forEach(CloseReason.RESTARTING::tell);
    }

    /** Closes every socket. Not in the same turn of the loop as {@link #announceEnd()}. */
    void closeAll() {
        List.copyOf(watchers.keySet()).forEach(CloseReason.RESTARTING::close);
    }

    /** Closes the sockets of everybody for whom this is not true any more, with a word that says why. */
    void closeUnless(Predicate<Identity> isCurrent) {
        Map.copyOf(watchers).forEach((socket, watcher) -> {
            if (!isCurrent.test(watcher.who)) {
                leaveAll(watcher);
                CloseReason.SIGNED_OUT.tell(socket);
                vertx.runOnContext(told -> CloseReason.SIGNED_OUT.close(socket));
            }
        });
    }

    /**
     * Whether nobody else has begun the SockJS session that a request names: whoever got to know the name of another's session
     * must not be able to read on in it.
     */
    boolean mayUse(String session, Identity who) {
        return bySession.getOrDefault(session, Set.of()).stream().allMatch(watcher -> watcher.who.equals(who));
    }

    /** Notes that messages to viewers in this SockJS session may be written to this connection. */
    void carries(HttpConnection connection, String session) {
        bySession.getOrDefault(session, Set.of()).forEach(watcher -> watcher.carriedBy(connection));
    }

    private void handle(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED && viewers.isFull()) {
            turnAway(event);
            return;
        }
        if (event.type() == BridgeEventType.SOCKET_IDLE && hasPinged(event.socket())) {
            return; // Neither yes nor no, which would be told to the viewer.
        }
        if (isHandledHere(event.type())) {
            Optional.ofNullable(watchers.get(event.socket()))
                    .ifPresent(watcher -> take(event.type(), watcher, event.getRawMessage()));
            return; // Nor here, where the bridge would go on with it.
        }
        boolean accepted = switch (event.type()) {
            case SOCKET_CREATED -> created(event.socket());
            case SOCKET_CLOSED -> closed(event.socket());
            case SOCKET_ERROR -> failed(event.socket(), event.getRawMessage());
            case PUBLISH -> refused("a publish", address(event.getRawMessage()));
            case SOCKET_PING -> pinged(event.socket());
            case SOCKET_IDLE -> idle();
            default -> true;
        };
        event.tryComplete(accepted);
    }

    private static boolean isHandledHere(BridgeEventType type) {
        return type == BridgeEventType.SEND || type == BridgeEventType.REGISTER || type == BridgeEventType.UNREGISTER;
    }

    private void take(BridgeEventType type, BridgeSession watcher, JsonObject message) {
        if (type == BridgeEventType.SEND) {
            requests.take(watcher, message);
            return;
        }
        String address = address(message);
        boolean isLeaving = type == BridgeEventType.UNREGISTER;
        Optional<FanOut> board = (isLeaving ? boards.watchedAt(address) : seen(watcher, address))
                .map(each -> boards.as(each, watcher.who));
        String refusal = "";
        if (board.isEmpty()) {
            warnings.refused("a registration on the bridge", address);
            refusal = address.length() > MOST_CHARACTERS ? "max_address_length_reached" : "access_denied";
        } else if (isLeaving) {
            leave(watcher, board.get());
        } else {
            refusal = register(watcher, board.get());
        }
        if (!refusal.isEmpty()) {
            watcher.socket.write(BusFrame.error(refusal));
        }
    }

    /** Those of machines that one may not see do not exist. */
    private Optional<FanOut> seen(BridgeSession watcher, String address) {
        return boards.at(Addresses.Use.CHANGES, address).filter(board -> !Boards.isHidden(board, watcher.who));
    }

    /** Returns why not; empty when it is done. */
    private String register(BridgeSession watcher, FanOut board) {
        if (!watcher.mayRead(board, warnings)) {
            return "rejected";
        }
        if (watcher.joined.size() + watcher.pending >= config.maxHandlersPerSocket()) {
            return "max_handlers_reached";
        }
        if (!watcher.joined.add(board)) {
            return "address_already_registered";
        }
        board.join(watcher.socket);
        return "";
    }

    private void turnAway(BridgeEvent event) {
        refused("a socket", "there are web.maxViewers viewers already");
        CloseReason.TOO_MANY_VIEWERS.tell(event.socket());
        vertx.runOnContext(told -> {
            CloseReason.TOO_MANY_VIEWERS.close(event.socket());
            event.tryComplete(false);
        });
    }

    private boolean created(SockJSSocket socket) {
        viewers.connected();
        String asker = questions.asker(socket.routingContext());
        BridgeSession watcher = new BridgeSession(socket, asker, config.maxMessageBytes());
        watchers.put(socket, watcher);
        bySession.computeIfAbsent(watcher.session, any -> new HashSet<>()).add(watcher);
        return true;
    }

    private boolean closed(SockJSSocket socket) {
        BridgeSession watcher = watchers.remove(socket);
        if (watcher != null) {
            watcher.isGone = true;
            bySession.computeIfPresent(
                    watcher.session, (session, all) -> all.remove(watcher) && all.isEmpty() ? null : all);
            leaveAll(watcher);
            viewers.disconnected();
        }
        return true;
    }

    private void leaveAll(BridgeSession watcher) {
        List.copyOf(watcher.joined).forEach(board -> leave(watcher, board));
    }

    private static void leave(BridgeSession watcher, FanOut board) {
        if (watcher.joined.remove(board)) {
            board.leave(watcher.socket);
        }
    }

    private boolean pinged(SockJSSocket socket) {
        Optional.ofNullable(watchers.get(socket)).ifPresent(BridgeSession::pinged);
        return true;
    }

    private boolean hasPinged(SockJSSocket socket) {
        return watchers.containsKey(socket) && watchers.get(socket).hasPingedWithin(config.pingTimeoutSeconds());
    }

    /** The bridge has forgotten the socket by now, but does not close it after every kind of error. */
    private boolean failed(SockJSSocket socket, JsonObject error) {
        socket.close();
        String message = String.valueOf(error.getString("message"));
        // Other errors are viewers that went away without a word, which is nothing to warn of.
        return !message.contains("frame") || refused("a frame", message);
    }

    private boolean idle() {
        int seconds = config.pingTimeoutSeconds();
        warnings.closed("a viewer", "it has not pinged for web.pingTimeoutSeconds, " + seconds + " s");
        return true;
    }

    private boolean refused(String what, String detail) {
        warnings.refused(what + " on the bridge", detail);
        return false;
    }

    private static String address(JsonObject message) {
        return message.getString("address", "");
    }
}
