package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import pulseboard.bus.Addresses;

/**
 * The event-bus bridge: lets out the changes of known boards, lets in requests for their snapshots, and nothing else. One
 * for each verticle instance, because SockJS keeps its books in plain maps.
 *
 * <p>Left alone, the bridge has each change copied and encoded for each socket. So it registers a socket that wants changes
 * at an address where nothing is published, with all its books and limits, and a {@link Broadcast} writes the changes.
 */
final class Bridge {

    private static final long HEARTBEAT_MILLISECONDS = 5_000;
    private static final Buffer RESTARTING =
            JsonObject.of("type", "err", "body", "restarting").toBuffer();

    /** See <a href="https://www.iana.org/assignments/websocket">the registry of RFC 6455</a>. */
    private static final int SERVICE_RESTART = 1012;

    private final WebConfig config;
    private final Viewers viewers;
    private final Warnings warnings;
    private final List<String> boards;
    private final Map<String, Broadcast> byChanges = new HashMap<>();
    private final Map<String, Broadcast> byQuiet = new HashMap<>();
    private final Set<String> snapshots = new HashSet<>();
    private final Map<SockJSSocket, Set<Broadcast>> watched = new HashMap<>();

    Bridge(WebConfig config, List<String> boards, Viewers viewers, Warnings warnings) {
        this.config = config;
        this.boards = boards;
        this.viewers = viewers;
        this.warnings = warnings;
    }

    /** The router to mount at the bridge's path. */
    Router router(Vertx vertx) {
        for (String board : boards) {
            Broadcast broadcast = new Broadcast(vertx, board);
            byChanges.put(Addresses.changes(board), broadcast);
            byQuiet.put(Addresses.quiet(board), broadcast);
            snapshots.add(Addresses.snapshot(board));
        }
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
        snapshots.forEach(address -> bridge.addInboundPermitted(new PermittedOptions().setAddress(address)));
        return SockJSHandler.create(vertx, options).bridge(bridge, this::handle);
    }

    /** Writes to every viewer that the server is about to stop, in words that every transport has. */
    void announceEnd() {
        List.copyOf(watched.keySet()).forEach(socket -> socket.write(RESTARTING));
    }

    /**
     * Closes every socket. Only a raw WebSocket has a code that says why, 1012; SockJS closes with its own. Not in the same
     * turn of the loop as {@link #announceEnd()}, because SockJS forgets what it has not written yet.
     */
    void closeAll() {
        List.copyOf(watched.keySet()).forEach(socket -> socket.close(SERVICE_RESTART, "Service Restart"));
    }

    private void handle(BridgeEvent event) {
        boolean accepted = switch (event.type()) {
            case SOCKET_CREATED -> created(event.socket());
            case SOCKET_CLOSED -> closed(event.socket());
            case SOCKET_ERROR -> failed(event.socket(), event.getRawMessage());
            case SEND -> isSendAccepted(event.socket(), event.getRawMessage());
            case PUBLISH -> {
                refused("a publish", address(event.getRawMessage()));
                yield false;
            }
            case REGISTER -> isRegisterAccepted(event.getRawMessage());
            case REGISTERED -> registered(event.socket(), address(event.getRawMessage()));
            case UNREGISTER -> unregistered(event.socket(), event.getRawMessage());
            // Only answers to requests come here.
            case RECEIVE -> !event.socket().writeQueueFull();
            default -> true;
        };
        event.tryComplete(accepted);
    }

    private boolean created(SockJSSocket socket) {
        if (viewers.isFull()) {
            return refused("a socket", "there are web.maxViewers viewers already");
        }
        viewers.connected();
        watched.put(socket, new HashSet<>());
        return true;
    }

    private boolean closed(SockJSSocket socket) {
        Set<Broadcast> joined = watched.remove(socket);
        if (joined != null) {
            joined.forEach(broadcast -> leave(socket, broadcast));
            viewers.disconnected();
        }
        return true;
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
        if (!snapshots.contains(address(message))) {
            refused("a send", address(message));
        }
        return !socket.writeQueueFull();
    }

    /** What goes elsewhere is denied by the bridge itself; that address is only for its books. */
    private boolean isRegisterAccepted(JsonObject message) {
        Broadcast broadcast = byChanges.get(address(message));
        if (broadcast == null) {
            refused("a registration", address(message));
            return !byQuiet.containsKey(address(message));
        }
        message.put("address", Addresses.quiet(broadcast.board));
        return true;
    }

    private boolean registered(SockJSSocket socket, String quietAddress) {
        Set<Broadcast> joined = watched.get(socket);
        Broadcast broadcast = byQuiet.get(quietAddress);
        if (joined != null && broadcast != null && joined.add(broadcast)) {
            broadcast.join(socket);
            viewers.joined(broadcast.board);
        }
        return true;
    }

    /** The bridge asks this for a viewer, who knows the one address, and for itself, when a socket closes. */
    private boolean unregistered(SockJSSocket socket, JsonObject message) {
        Broadcast broadcast = byChanges.getOrDefault(address(message), byQuiet.get(address(message)));
        Set<Broadcast> joined = watched.get(socket);
        if (broadcast == null) {
            return true;
        }
        message.put("address", Addresses.quiet(broadcast.board));
        if (joined != null && joined.remove(broadcast)) {
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

    private static String address(JsonObject message) {
        return message.getString("address", "");
    }
}
