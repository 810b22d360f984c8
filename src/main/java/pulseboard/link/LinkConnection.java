package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Snapshot;
import pulseboard.feed.ViewerCount;

/**
 * The sending end of one connection: greets, sends what is watched, and answers the few kinds of messages that the other end may
 * send; anything else is refused. Used on one context.
 */
final class LinkConnection {

    private static final Logger LOG = LoggerFactory.getLogger(LinkConnection.class);
    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);
    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);
    private static final int MOST_SECONDS = 60;

    /** Who tells that somebody watches: the other end of the link. */
    private static final String TELLER = "link";

    /** An agent's boards are any of this machine, and what comes too often cuts the whole machine off. */
    private static final long LEAST_MILLISECONDS = 250;

    private final Vertx vertx;
    private final WebSocket socket;
    private final Map<String, BoardInfo> boards;
    private final boolean isWorker;
    private final Map<String, WatchedBoard> watched = new LinkedHashMap<>();
    private final long openedNanos = System.nanoTime();
    private boolean isGreeted;
    private boolean isWelcomed;
    private long heardNanos = openedNanos;

    /**
     * Over an open socket.
     *
     * @param boards those of this process by name, as they are at any time
     * @param isWorker whether actions are done
     */
    LinkConnection(Vertx vertx, WebSocket socket, Map<String, BoardInfo> boards, boolean isWorker) {
        this.vertx = vertx;
        this.socket = socket;
        this.boards = boards;
        this.isWorker = isWorker;
    }

    /** Begins to listen; the other end's welcome is told, and the end of the connection. */
    void open(Consumer<JsonObject> welcomed, Runnable ended) {
        socket.textMessageHandler(text -> heard(text, welcomed));
        socket.exceptionHandler(broken -> LOG.debug("The link broke", broken));
        socket.closeHandler(closed -> ended.run());
        socket.drainHandler(drained -> watched.values().forEach(WatchedBoard::flush));
    }

    /** Says what there is, with these members more. */
    void greet(JsonObject more) {
        Map<String, BoardInfo> asking = Map.copyOf(boards);
        JsonObject facts = new JsonObject();
        List<Future<?>> asked = new ArrayList<>();
        asking.values().stream()
                .filter(BoardInfo::hasFacts)
                .forEach(info -> asked.add(
                        facts(info).onSuccess(found -> facts.put(info.id().toString(), found))));
        Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
        all.onComplete(answered -> {
            isGreeted = true;
            JsonObject infos = new JsonObject();
            boards.forEach((name, info) -> infos.put(name, info.toJson()));
            send(JsonObject.of("type", "hello", "protocol", LinkProtocol.VERSION)
                    .put("at", System.currentTimeMillis())
                    .put("boards", infos)
                    .put("facts", facts)
                    .mergeIn(more));
            // Those that came meanwhile were not asked for their facts.
            boards.values().stream()
                    .filter(info ->
                            info.hasFacts() && !asking.containsKey(info.id().toString()))
                    .forEach(this::announce);
        });
    }

    private Future<JsonObject> facts(BoardInfo info) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.facts(info.id().toString()), new JsonObject(), WITHIN_5_SECONDS)
                .map(reply -> reply.body());
    }

    /** A board is there, or says something else of itself. */
    void announce(BoardInfo board) {
        if (isGreeted) {
            Future<JsonObject> facts = board.hasFacts() ? facts(board) : Future.succeededFuture(new JsonObject());
            facts.otherwise(new JsonObject()).onSuccess(found -> announce(board, found));
        }
    }

    private void announce(BoardInfo board, JsonObject facts) {
        String name = board.id().toString();
        if (board.equals(boards.get(name))) { // It may be gone, or have said something else, while it was asked.
            send(JsonObject.of("type", "announce", "board", name, "info", board.toJson(), "facts", facts));
        }
    }

    /** A board is gone. */
    void withdraw(String board) {
        unwatch(board);
        if (isGreeted) {
            send(JsonObject.of("type", "withdraw", "board", board));
        }
    }

    /** Says that this is no failure, and closes. */
    Future<?> sayGoodbye() {
        return socket.writeTextMessage(
                        JsonObject.of("type", "bye", "reason", "stopping").encode())
                .compose(said -> socket.close())
                .otherwiseEmpty();
    }

    /** Nothing is watched any more. */
    void end() {
        List.copyOf(watched.keySet()).forEach(this::unwatch);
    }

    /** How long nothing has come, in nanoseconds. */
    long silentNanos() {
        return System.nanoTime() - heardNanos;
    }

    /** How long it has been open. */
    long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNanos);
    }

    WebSocket socket() {
        return socket;
    }

    private void send(JsonObject message) {
        write(message.encode());
    }

    private void write(String text) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(text).onFailure(broken -> LOG.debug("Not sent", broken));
        }
    }

    private void heard(String text, Consumer<JsonObject> welcomed) {
        heardNanos = System.nanoTime();
        try {
            take(new JsonObject(text), welcomed);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            LOG.debug("What came by the link is no message", e);
        }
    }

    private void take(JsonObject message, Consumer<JsonObject> welcomed) {
        String board = message.getString("board", "");
        switch (message.getString("type", "")) {
            case "beat" -> {}
            case "welcome" -> welcome(message, welcomed);
            case "watch" -> watch(board, message.getInteger("everySeconds", 1));
            case "unwatch" -> unwatch(board);
            case "get" -> get(message.getLong("id"), board);
            case "history" -> past(message, Addresses.history(board));
            case "series" -> past(message, Addresses.series(board));
            case "action" -> act(message, board);
            default -> error(message.getLong("id"), "unknown_type", "this is not understood here");
        }
    }

    private void welcome(JsonObject message, Consumer<JsonObject> welcomed) {
        if (!isWelcomed) {
            isWelcomed = true;
            welcomed.accept(message);
        }
    }

    private void watch(String board, int everySeconds) {
        if (!boards.containsKey(board)) {
            return; // Withdrawn, while this was on its way.
        }
        WatchedBoard before = watched.remove(board);
        if (before != null) {
            before.close();
        } else {
            ViewerCount.tell(vertx, board, TELLER, 1);
        }
        int every = Math.max(1, Math.min(MOST_SECONDS, everySeconds));
        watched.put(board, new WatchedBoard(vertx, board, pause(every), new BoardOut(board, socket, this::unwatch)));
    }

    /** A second is how often boards are sampled: to wait for one would only be late. */
    private long pause(int everySeconds) {
        return everySeconds > 1 ? TimeUnit.SECONDS.toMillis(everySeconds) : isWorker ? 0 : LEAST_MILLISECONDS;
    }

    private void unwatch(String board) {
        WatchedBoard before = watched.remove(board);
        if (before != null) {
            before.close();
            ViewerCount.tell(vertx, board, TELLER, 0);
        }
    }

    private void get(@Nullable Long id, String board) {
        WatchedBoard watching = watched.get(board);
        if (watching != null && watching.hasBegun()) {
            sendSnapshot(id, board, watching.snapshot());
        } else if (boards.containsKey(board)) {
            vertx.eventBus()
                    .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_5_SECONDS)
                    .onSuccess(reply -> sendSnapshot(id, board, Snapshot.of(reply.body())))
                    .onFailure(failure -> error(id, "board_unavailable", "the board does not answer"));
        } else {
            error(id, "unknown_board", "there is no such board");
        }
    }

    private void sendSnapshot(@Nullable Long id, String board, Snapshot snapshot) {
        JsonObject message = JsonObject.of("type", "snapshot", "board", board);
        sendIfRead((id == null ? message : message.put("id", id)).mergeIn(snapshot.toJson(), false));
    }

    /** What a board showed before: reading, too. */
    private void past(JsonObject message, String address) {
        new PastAnswer(vertx, message).of(address).onSuccess(this::sendIfRead);
    }

    private void act(JsonObject message, String board) {
        Long id = message.getLong("id");
        if (!isWorker) {
            error(id, "unknown_type", "an agent does nothing that it is told");
            return;
        }
        JsonObject request = JsonObject.of(
                        "action",
                        message.getString("action", ""),
                        "body",
                        message.getJsonObject("body", new JsonObject()))
                .put("who", message.getString("who", ""));
        vertx.eventBus()
                .<JsonObject>request(Addresses.actions(board), request, WITHIN_10_SECONDS)
                .onSuccess(reply -> send(JsonObject.of("type", "answer", "id", id, "body", reply.body())))
                .onFailure(failure -> {
                    ActionRefusal refusal = ActionRefusal.of(failure);
                    send(LinkProtocol.error(id, refusal.word(), Objects.requireNonNull(refusal.getMessage()))
                            .put("status", refusal.status()));
                });
    }

    private void error(@Nullable Long id, String word, String message) {
        sendIfRead(LinkProtocol.error(id, word, message));
    }

    /** What anyone may ask for again: an end that asks and never reads fills no memory here. */
    private void sendIfRead(JsonObject answer) {
        if (!socket.writeQueueFull()) {
            send(answer);
        }
    }
}
