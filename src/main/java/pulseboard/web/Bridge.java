package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import pulseboard.auth.Identity;
import pulseboard.bus.Addresses;

/**
 * The event-bus bridge: lets out the changes of known boards, lets in requests for their snapshots
 * and questions about their history, and nothing else. One
 * for each verticle instance, because SockJS keeps its books in plain maps.
 *
 * <p>Left alone, the bridge has each change copied and encoded for each socket. So it registers a socket that wants changes
 * at an address where nothing is published, with all its books and limits, and a {@link Broadcast} writes the changes.
 */
final class Bridge {

    private static final long HEARTBEAT_MILLISECONDS = 5_000;

    private final String name = UUID.randomUUID().toString();
    private final WebConfig config;
    private final Viewers viewers;
    private final Warnings warnings;
    private final Map<String, Broadcast> byChanges = new HashMap<>();
    private final Map<String, Broadcast> byQuiet = new HashMap<>();
    private final Map<String, String> boardBySnapshot = new HashMap<>();
    private final Map<String, Snapshots> snapshots;
    private final Questions questions;

    /** The newest answer of each board; its name alone goes through the bridge, which would encode the rest for each. */
    private final Map<String, String> answers = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // Set by router(), before anybody can connect.
    private Vertx vertx;

    private final Map<SockJSSocket, Watcher> watchers = new HashMap<>();

    Bridge(WebConfig config, Map<String, Snapshots> snapshots, Viewers viewers, Warnings warnings) {
        this.config = config;
        this.snapshots = snapshots;
        this.questions = new Questions(snapshots.keySet());
        this.viewers = viewers;
        this.warnings = warnings;
    }

    /** The router to mount at the bridge's path. */
    Router router(Vertx vertx) {
        this.vertx = vertx;
        snapshots.forEach((board, snapshot) -> {
            Broadcast broadcast = new Broadcast(vertx, board, snapshot, viewers);
            byChanges.put(Addresses.changes(board), broadcast);
            byQuiet.put(Addresses.quiet(board), broadcast);
            boardBySnapshot.put(Addresses.snapshot(board), board);
            vertx.eventBus().consumer(shared(board), request -> answer(board, request));
        });
        SockJSHandlerOptions options = new SockJSHandlerOptions()
                .setInsertJSESSIONID(false)
                .setHeartbeatInterval(HEARTBEAT_MILLISECONDS)
                .addDisabledTransport("EVENT_SOURCE")
                .addDisabledTransport("HTML_FILE")
                .addDisabledTransport("JSON_P");
        SockJSBridgeOptions bridge = new SockJSBridgeOptions()
                .setPingTimeout(TimeUnit.SECONDS.toMillis(config.pingTimeoutSeconds()))
                .setMaxHandlersPerSocket(config.maxHandlersPerSocket());
        byQuiet.keySet().forEach(address -> bridge.addOutboundPermitted(new PermittedOptions().setAddress(address)));
        for (String board : snapshots.keySet()) {
            bridge.addInboundPermitted(new PermittedOptions().setAddress(shared(board)));
        }
        questions.permit(bridge);
        return SockJSHandler.create(vertx, options).bridge(bridge, this::handle);
    }

    /** Writes to every viewer that the server is about to stop, in words that every transport has. */
    void announceEnd() {
        List.copyOf(watchers.keySet()).forEach(Farewell.RESTARTING::tell);
    }

    /** Closes every socket. Not in the same turn of the loop as {@link #announceEnd()}. */
    void closeAll() {
        List.copyOf(watchers.keySet()).forEach(Farewell.RESTARTING::close);
    }

    /** Closes the sockets of everybody for whom this is not true any more, with a word that says why. */
    void closeUnless(Predicate<Identity> isCurrent) {
        Map.copyOf(watchers).forEach((socket, watcher) -> {
            if (!isCurrent.test(watcher.who)) {
                watcher.joined.forEach(broadcast -> leave(socket, broadcast));
                watcher.joined.clear();
                Farewell.SIGNED_OUT.tell(socket);
                vertx.runOnContext(told -> Farewell.SIGNED_OUT.close(socket));
            }
        });
    }

    /**
     * Whether nobody else has begun the SockJS session that a request names: whoever got to know the name of another's session
     * must not be able to read on in it.
     */
    boolean mayUse(String session, Identity who) {
        return watchers.values().stream()
                .filter(watcher -> watcher.session.equals(session))
                .allMatch(watcher -> watcher.who.equals(who));
    }

    private void handle(BridgeEvent event) {
        if (event.type() == BridgeEventType.SOCKET_CREATED && viewers.isFull()) {
            turnAway(event);
            return;
        }
        if (event.type() == BridgeEventType.SOCKET_IDLE && hasPinged(event.socket())) {
            return; // Neither yes nor no, which would be told to the viewer.
        }
        boolean accepted = switch (event.type()) {
            case SOCKET_CREATED -> created(event.socket());
            case SOCKET_CLOSED -> closed(event.socket());
            case SOCKET_ERROR -> failed(event.socket(), event.getRawMessage());
            case SEND -> isSendAccepted(event.socket(), event.getRawMessage());
            case PUBLISH -> refused("a publish", address(event.getRawMessage()));
            case SOCKET_PING -> pinged(event.socket());
            case REGISTER -> isRegisterAccepted(event.socket(), event.getRawMessage());
            case REGISTERED -> registered(event.socket(), address(event.getRawMessage()));
            case UNREGISTER -> unregistered(event.socket(), event.getRawMessage());
            case RECEIVE -> received(event.socket(), event.getRawMessage());
            case SOCKET_IDLE -> idle();
            default -> true;
        };
        event.tryComplete(accepted);
    }

    private void turnAway(BridgeEvent event) {
        refused("a socket", "there are web.maxViewers viewers already");
        Farewell.TOO_MANY_VIEWERS.tell(event.socket());
        vertx.runOnContext(told -> {
            Farewell.TOO_MANY_VIEWERS.close(event.socket());
            event.tryComplete(false);
        });
    }

    private boolean created(SockJSSocket socket) {
        viewers.connected();
        watchers.put(socket, new Watcher(socket.routingContext()));
        return true;
    }

    private boolean closed(SockJSSocket socket) {
        Watcher watcher = watchers.remove(socket);
        if (watcher != null) {
            watcher.joined.forEach(broadcast -> leave(socket, broadcast));
            viewers.disconnected();
        }
        return true;
    }

    private boolean pinged(SockJSSocket socket) {
        Optional.ofNullable(watchers.get(socket)).ifPresent(Watcher::pinged);
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

    /** Lets a request through unless it goes elsewhere, where the bridge itself denies it. Headers are of no use here. */
    private boolean isSendAccepted(SockJSSocket socket, JsonObject message) {
        message.remove("headers");
        String asked = questions.take(message);
        if (asked != null) {
            return isQuestionAccepted(socket, asked);
        }
        String board = boardBySnapshot.get(address(message));
        if (board == null) {
            refused("a send", address(message));
            return !socket.writeQueueFull();
        }
        message.put("address", shared(board)).put("body", new JsonObject());
        return mayRead(socket, board) && !socket.writeQueueFull();
    }

    /** Each is answered for itself, so nobody may have many. */
    private boolean isQuestionAccepted(SockJSSocket socket, String board) {
        Watcher watcher = watchers.get(socket);
        return mayRead(socket, board)
                && !socket.writeQueueFull()
                && watcher != null
                && (watcher.mayAsk() || refused("a question", watcher.who.name() + " asks too often"));
    }

    private void answer(String board, Message<?> request) {
        Objects.requireNonNull(snapshots.get(board))
                .ask()
                .onSuccess(snapshot -> {
                    answers.put(board, snapshot.text());
                    request.reply(board);
                })
                .onFailure(request::reply);
    }

    /** Only answers to requests come here, and are written past the bridge. Whoever does not read loses them, too. */
    private boolean received(SockJSSocket socket, JsonObject envelope) {
        if (!(envelope.getValue("body") instanceof String board)) {
            return true; // What was asked about the history.
        }
        String address = Json.encode(address(envelope));
        String text = answers.get(board);
        Broadcast.write(socket, Buffer.buffer("{\"type\":\"rec\",\"address\":" + address + ",\"body\":" + text + "}"));
        return false;
    }

    private boolean idle() {
        int seconds = config.pingTimeoutSeconds();
        warnings.closed("a viewer", "it has not pinged for web.pingTimeoutSeconds, " + seconds + " s");
        return true;
    }

    /** What goes elsewhere is denied by the bridge itself; that address is only for its books. */
    private boolean isRegisterAccepted(SockJSSocket socket, JsonObject message) {
        Broadcast broadcast = byChanges.get(address(message));
        if (broadcast == null) {
            refused("a registration", address(message));
            return !byQuiet.containsKey(address(message));
        }
        message.put("address", Addresses.quiet(broadcast.board));
        return mayRead(socket, broadcast.board);
    }

    private boolean mayRead(SockJSSocket socket, String board) {
        Watcher watcher = watchers.get(socket);
        return watcher != null
                && (watcher.who.mayRead(board) || refused("a reader", watcher.who.name() + " of " + board));
    }

    private boolean registered(SockJSSocket socket, String quietAddress) {
        Watcher watcher = watchers.get(socket);
        Broadcast broadcast = byQuiet.get(quietAddress);
        if (watcher != null && broadcast != null && watcher.joined.add(broadcast)) {
            broadcast.join(socket);
            viewers.joined(broadcast.board);
        }
        return true;
    }

    /** The bridge asks this for a viewer, who knows the one address, and for itself, when a socket closes. */
    private boolean unregistered(SockJSSocket socket, JsonObject message) {
        Broadcast broadcast = byChanges.getOrDefault(address(message), byQuiet.get(address(message)));
        Watcher watcher = watchers.get(socket);
        if (broadcast == null) {
            return true;
        }
        message.put("address", Addresses.quiet(broadcast.board));
        if (watcher != null && watcher.joined.remove(broadcast)) {
            leave(socket, broadcast);
        }
        return true;
    }

    private void leave(SockJSSocket socket, Broadcast broadcast) {
        broadcast.leave(socket);
        viewers.left(broadcast.board);
    }

    private boolean refused(String what, String detail) {
        warnings.refused(what + " on the bridge", detail);
        return false;
    }

    private String shared(String board) {
        return Addresses.shared(board, name);
    }

    private static String address(JsonObject message) {
        return message.getString("address", "");
    }
}
