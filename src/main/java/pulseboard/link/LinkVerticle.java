package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.Change;
import pulseboard.feed.Directory;
import pulseboard.feed.DirectoryVerticle;
import pulseboard.feed.Snapshot;

/**
 * Shows the boards of this process to another Pulseboard: dials, greets with what there is, and sends what is watched there. The
 * other end may watch and ask for states, and have actions done if this is a worker; anything else is refused. When the
 * connection ends it dials again, with longer and longer pauses. It must be the only one in its process that says how many
 * watch, so it is not deployed beside a web side.
 */
public final class LinkVerticle extends VerticleBase implements Directory.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(LinkVerticle.class);
    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);
    private static final DeliveryOptions WITHIN_10_SECONDS = new DeliveryOptions().setSendTimeout(10_000);
    private static final int CONNECT_MILLISECONDS = 5_000;

    /** A token that was just made is known there within a second: the first refusal is not for good. */
    private static final int MOST_REFUSALS = 3;

    private static final long EARLY_MILLISECONDS = 1_000;
    private static final long REPLACED_MILLISECONDS = TimeUnit.SECONDS.toMillis(60);

    private final LinkTarget target;
    private final String version;
    private final @Nullable Path resources;
    private final String secret = UUID.randomUUID() + "-" + UUID.randomUUID();
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Map<String, BoardInfo> boards = new LinkedHashMap<>();
    private final Map<String, WatchedBoard> watched = new LinkedHashMap<>();
    private final Promise<Void> welcome = Promise.promise();
    private @Nullable WebSocket socket;
    private int refusals;
    private boolean isGreeted;
    private boolean isStopping;
    private boolean isTroubleTold;
    private long retryWithinSeconds;
    private long heardNanos;
    private volatile long unlinkedNanos = System.nanoTime();

    /** Kept: it ends when it is garbage. */
    private @Nullable ResourceServer served;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private WebSocketClient client;

    /**
     * Makes it; it dials when it is deployed.
     *
     * @param version of this program, for people
     * @param resources for a worker: the path of the Unix socket on which its boards' resources are served; null for an agent
     */
    public LinkVerticle(LinkTarget target, String version, @Nullable Path resources) {
        this.target = target;
        this.version = version;
        this.resources = resources;
    }

    /** How long there has been no link, in milliseconds; 0 while there is one. Any thread may ask. */
    public long unlinkedMilliseconds() {
        long since = unlinkedNanos;
        return since == 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
    }

    /** Done when the other end has taken the link for the first time; failed when it refused it for good. */
    public Future<Void> welcomed() {
        return welcome.future();
    }

    @Override
    public Future<?> start() {
        WebSocketClientOptions options = new WebSocketClientOptions()
                .setConnectTimeout(CONNECT_MILLISECONDS)
                .setMaxFrameSize(LinkProtocol.FRAME_BYTES)
                .setMaxMessageSize(LinkLimits.DEFAULT.messageBytes())
                .setSsl(target.isEncrypted())
                .setVerifyHost(!target.isWorker()); // It is on this machine, and known by its certificate.
        if (target.caFile() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(target.caFile().toString()));
        }
        client = vertx.createWebSocketClient(options);
        vertx.setPeriodic(TimeUnit.SECONDS.toMillis(5), id -> endIfSilent());
        return Directory.follow(vertx, this).compose(known -> serve()).onSuccess(serving -> dial());
    }

    private Future<?> serve() {
        if (resources == null) {
            return Future.succeededFuture();
        }
        served = new ResourceServer(vertx, resources, secret, boards::get);
        return served.listen();
    }

    /** Says that this is no failure. */
    @Override
    public Future<?> stop() {
        isStopping = true;
        Future<?> farewell = socket == null ? Future.succeededFuture() : sayGoodbye(socket);
        return served == null ? farewell : Future.join(farewell, served.close());
    }

    private static Future<?> sayGoodbye(WebSocket open) {
        return open.writeTextMessage(
                        JsonObject.of("type", "bye", "reason", "stopping").encode())
                .compose(said -> open.close())
                .otherwiseEmpty();
    }

    private void dial() {
        WebSocketConnectOptions options = new WebSocketConnectOptions()
                .setHost(target.host())
                .setPort(target.port())
                .setURI(target.path())
                .addSubProtocol(LinkProtocol.SUBPROTOCOL)
                .putHeader("Authorization", "Bearer " + target.token());
        client.connect(options).onSuccess(this::opened).onFailure(this::refused);
    }

    private void refused(Throwable failure) {
        boolean isAnswer = failure instanceof UpgradeRejectedException;
        String why = isAnswer ? answer((UpgradeRejectedException) failure) : reason(failure);
        if (isAnswer && ++refusals == MOST_REFUSALS) {
            welcome.tryFail(target + " does not take the link: " + why);
        }
        boolean mayBeEarly =
                isAnswer && refusals < MOST_REFUSALS && !welcome.future().isComplete();
        retry("cannot link to " + target + ": " + why, mayBeEarly ? EARLY_MILLISECONDS : backoff.next());
    }

    /** What the other end says is meant for people; it is untrusted all the same. */
    private static String answer(UpgradeRejectedException refusal) {
        if (refusal.getStatus() == 404) {
            return "there is no Pulseboard that takes links (404); fleet.accept: true makes it one";
        }
        try {
            String message = new JsonObject(refusal.getBody()).getString("message");
            if (message != null) {
                return printable(message);
            }
        } catch (RuntimeException e) {
            // No word of ours: the status has to do.
        }
        return "it answers " + refusal.getStatus();
    }

    private static String printable(String text) {
        String cut = text.length() > 300 ? text.substring(0, 300) + "…" : text;
        return cut.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage() == null ? cause : cause.getMessage());
    }

    /** One line for each outage. */
    private void retry(String why, long milliseconds) {
        if (isStopping) {
            return;
        }
        if (!isTroubleTold) {
            isTroubleTold = true;
            LOG.warn("{}; trying again", why);
        }
        vertx.setTimer(milliseconds, id -> dial());
    }

    private void opened(WebSocket opened) {
        if (isStopping) {
            opened.close().onFailure(late -> {});
            return;
        }
        socket = opened;
        isGreeted = false;
        heardNanos = System.nanoTime();
        opened.textMessageHandler(text -> heard(opened, text));
        opened.exceptionHandler(broken -> LOG.debug("The link broke", broken));
        opened.closeHandler(closed -> ended(opened));
        opened.drainHandler(drained -> watched.values().forEach(WatchedBoard::flush));
        greet(opened);
    }

    private void greet(WebSocket opened) {
        JsonObject infos = new JsonObject();
        boards.forEach((name, info) -> infos.put(name, info.toJson()));
        JsonObject facts = new JsonObject();
        List<Future<?>> asked = new ArrayList<>();
        boards.values().stream()
                .filter(BoardInfo::hasFacts)
                .forEach(info -> asked.add(
                        facts(info).onSuccess(found -> facts.put(info.id().toString(), found))));
        Future<?> all = asked.isEmpty() ? Future.succeededFuture() : Future.join(asked);
        all.onComplete(answered -> {
            isGreeted = true;
            send(
                    opened,
                    JsonObject.of("type", "hello", "version", version, "protocol", LinkProtocol.VERSION)
                            .put("at", System.currentTimeMillis())
                            .put("boards", infos)
                            .put("facts", facts)
                            .mergeIn(target.isWorker() ? JsonObject.of("resources", secret) : new JsonObject()));
        });
    }

    private Future<JsonObject> facts(BoardInfo info) {
        return vertx.eventBus()
                .<JsonObject>request(Addresses.facts(info.id().toString()), new JsonObject(), WITHIN_5_SECONDS)
                .map(reply -> reply.body());
    }

    @Override
    public void announced(BoardInfo board) {
        String name = board.id().toString();
        if (name.equals(DirectoryVerticle.BOARD) || !board.id().isLocal()) {
            return;
        }
        boards.put(name, board);
        WebSocket open = socket;
        if (open != null && isGreeted) {
            Future<JsonObject> facts = board.hasFacts() ? facts(board) : Future.succeededFuture(new JsonObject());
            facts.otherwise(new JsonObject())
                    .onSuccess(found -> send(
                            open,
                            JsonObject.of("type", "announce", "board", name)
                                    .put("info", board.toJson())
                                    .put("facts", found)));
        }
    }

    @Override
    public void withdrawn(BoardId board) {
        String name = board.toString();
        if (boards.remove(name) != null && socket != null) {
            unwatch(name);
            send(socket, JsonObject.of("type", "withdraw", "board", name));
        }
    }

    private static void send(WebSocket open, JsonObject message) {
        if (!open.isClosed()) {
            open.writeTextMessage(message.encode()).onFailure(broken -> LOG.debug("Not sent", broken));
        }
    }

    private void ended(WebSocket closed) {
        if (socket != closed) {
            return;
        }
        socket = null;
        unlinkedNanos = System.nanoTime();
        List.copyOf(watched.keySet()).forEach(this::unwatch);
        Short code = closed.closeStatusCode();
        if (code != null && code == LinkProtocol.RESTARTING) {
            retry("the link to " + target + " ended: it restarts", backoff.within(Math.max(1, retryWithinSeconds)));
        } else if (code != null && code == LinkProtocol.REPLACED) { // Two that replace each other must not take turns.
            retry("the link to " + target + " ended: " + why(code, closed.closeReason()), REPLACED_MILLISECONDS);
        } else {
            retry("the link to " + target + " ended: " + why(code, closed.closeReason()), backoff.next());
        }
    }

    private static String why(@Nullable Short code, @Nullable String reason) {
        return reason == null || reason.isEmpty()
                ? "the connection was lost" + (code == null ? "" : " (" + code + ")")
                : printable(reason);
    }

    private void endIfSilent() {
        WebSocket open = socket;
        if (open != null
                && System.nanoTime() - heardNanos > TimeUnit.MILLISECONDS.toNanos(LinkProtocol.SILENCE_MILLISECONDS)) {
            open.close((short) LinkProtocol.SILENT, "nothing came for 25 s").onFailure(late -> {});
            ended(open); // A connection that is half open never says that it is closed.
        }
    }

    private void heard(WebSocket from, String text) {
        if (from != socket) {
            return;
        }
        heardNanos = System.nanoTime();
        try {
            take(from, new JsonObject(text));
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            LOG.debug("What came by the link is no message", e);
        }
    }

    private void take(WebSocket from, JsonObject message) {
        String board = message.getString("board", "");
        switch (message.getString("type", "")) {
            case "beat" -> {}
            case "welcome" -> welcomed(message);
            case "watch" -> watch(from, board, message.getInteger("everySeconds", 1));
            case "unwatch" -> unwatch(board);
            case "get" -> get(from, message.getLong("id"), board);
            case "action" -> act(from, message, board);
            default -> error(from, message.getLong("id"), "unknown_type", "this is not understood here");
        }
    }

    private void welcomed(JsonObject message) {
        backoff.reset();
        isTroubleTold = false;
        unlinkedNanos = 0;
        retryWithinSeconds = message.getLong("retryWithinSeconds", 3L);
        LOG.info("Linked to {} as {}", target, printable(message.getString("id", "")));
        welcome.tryComplete();
    }

    private void watch(WebSocket to, String board, int everySeconds) {
        if (!boards.containsKey(board)) {
            return; // Withdrawn, while this was on its way.
        }
        WatchedBoard before = watched.remove(board);
        if (before != null) {
            before.close();
        } else {
            vertx.eventBus().publish(Addresses.viewers(board), 1);
        }
        watched.put(board, new WatchedBoard(vertx, board, Math.max(1, Math.min(60, everySeconds)), new Out(to, board)));
    }

    private void unwatch(String board) {
        WatchedBoard before = watched.remove(board);
        if (before != null) {
            before.close();
            vertx.eventBus().publish(Addresses.viewers(board), 0);
        }
    }

    private void get(WebSocket to, @Nullable Long id, String board) {
        WatchedBoard watching = watched.get(board);
        if (watching != null && watching.hasBegun()) {
            sendSnapshot(to, id, board, watching.snapshot());
        } else if (boards.containsKey(board)) {
            vertx.eventBus()
                    .<JsonObject>request(Addresses.snapshot(board), new JsonObject(), WITHIN_5_SECONDS)
                    .onSuccess(reply -> sendSnapshot(to, id, board, Snapshot.of(reply.body())))
                    .onFailure(failure -> error(to, id, "board_unavailable", "the board does not answer"));
        } else {
            error(to, id, "unknown_board", "there is no such board");
        }
    }

    private static void sendSnapshot(WebSocket to, @Nullable Long id, String board, Snapshot snapshot) {
        JsonObject message = JsonObject.of("type", "snapshot", "board", board);
        send(to, (id == null ? message : message.put("id", id)).mergeIn(snapshot.toJson(), false));
    }

    private void act(WebSocket to, JsonObject message, String board) {
        Long id = message.getLong("id");
        if (!target.isWorker()) {
            error(to, id, "unknown_type", "an agent does nothing that it is told");
            return;
        }
        JsonObject request = JsonObject.of(
                "action", message.getString("action", ""), "body", message.getJsonObject("body", new JsonObject()));
        vertx.eventBus()
                .<JsonObject>request(Addresses.actions(board), request, WITHIN_10_SECONDS)
                .onSuccess(reply -> send(to, JsonObject.of("type", "answer", "id", id, "body", reply.body())))
                .onFailure(failure -> {
                    ActionRefusal refusal = ActionRefusal.of(failure);
                    send(
                            to,
                            error(id, refusal.word(), Objects.requireNonNull(refusal.getMessage()))
                                    .put("status", refusal.status()));
                });
    }

    private static void error(WebSocket to, @Nullable Long id, String word, String message) {
        send(to, error(id, word, message));
    }

    private static JsonObject error(@Nullable Long id, String word, String message) {
        JsonObject error = JsonObject.of("type", "error", "error", word, "message", message);
        return id == null ? error : error.put("id", id);
    }

    private record Out(WebSocket socket, String board) implements WatchedBoard.Out {

        @Override
        public boolean isReady() {
            return !socket.isClosed() && !socket.writeQueueFull();
        }

        @Override
        public void send(Snapshot snapshot) {
            sendSnapshot(socket, null, board, snapshot);
        }

        @Override
        public void send(Change change) {
            LinkVerticle.send(
                    socket, JsonObject.of("type", "change", "board", board).mergeIn(change.toJson(), false));
        }
    }
}
