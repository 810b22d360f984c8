package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Change;
import pulseboard.feed.Snapshot;

/**
 * The receiving end of one connection: takes messages within the limits, and ends the connection at the first that is beyond
 * them. Used on one event loop.
 */
final class LinkSession implements LinkPeer {

    private static final Logger LOG = LoggerFactory.getLogger(LinkSession.class);
    private static final LinkLimits LIMITS = LinkLimits.DEFAULT;
    private static final int RETRY_SECONDS = 3;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final LinkedSource source;
    private final String version;
    private final LinkQuestions questions;
    private Buffer message = Buffer.buffer();
    private String farewell = "link_lost";
    private final MessageRate rate;
    private String secret = "";
    private final long begunNanos = System.nanoTime();
    private long heardNanos = begunNanos;
    private long beat;
    private long greeting;
    private boolean isGreeted;
    private boolean isOver;

    LinkSession(Vertx vertx, ServerWebSocket socket, String version, LinkedSource source) {
        this.vertx = vertx;
        this.socket = socket;
        this.version = version;
        this.source = source;
        this.questions = new LinkQuestions(vertx, this::send);
        this.rate = new MessageRate(LIMITS.messagesPerSecond(), LIMITS.burst() + 10, System::nanoTime);
    }

    /** Begins to listen. */
    void start() {
        socket.frameHandler(this::frame);
        socket.exceptionHandler(broken -> LOG.debug("The link of {} broke", source.title(), broken));
        socket.closeHandler(closed -> over());
        beat = vertx.setPeriodic(LinkProtocol.BEAT_MILLISECONDS, id -> beat());
        greeting = vertx.setTimer(LinkProtocol.HELLO_MILLISECONDS, id -> {
            if (!isGreeted) {
                close(LinkProtocol.SILENT, "no greeting came within 10 s");
            }
        });
    }

    @Override
    public String secret() {
        return secret;
    }

    @Override
    public boolean isElsewhere() {
        return false;
    }

    /** How long it has lasted. */
    long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
    }

    @Override
    public boolean isGreeted() {
        return isGreeted;
    }

    private void beat() {
        if (System.nanoTime() - heardNanos > TimeUnit.MILLISECONDS.toNanos(LinkProtocol.SILENCE_MILLISECONDS)) {
            close(LinkProtocol.SILENT, "nothing came for 25 s");
        } else {
            send(JsonObject.of("type", "beat"));
        }
    }

    /** Messages come in many frames; how long they may be is up to the limits of links, and not of viewers. */
    private void frame(WebSocketFrame frame) {
        if (isOver || !(frame.isText() || frame.isBinary() || frame.isContinuation())) {
            return;
        }
        message.appendBuffer(frame.binaryData());
        if (message.length() > LIMITS.messageBytes()) {
            close(LinkProtocol.LIMITS_EXCEEDED, "a message is longer than " + LIMITS.messageBytes() + " bytes");
        } else if (frame.isFinal()) {
            Buffer whole = message;
            message = Buffer.buffer();
            heard(whole);
        }
    }

    private void heard(Buffer whole) {
        heardNanos = System.nanoTime();
        try {
            source.limiter().took(whole.length());
            take(new JsonObject(whole), whole.length());
        } catch (LinkRefusal refusal) {
            close(refusal.code(), refusal.reason());
        } catch (RuntimeException | StackOverflowError garbage) {
            LOG.debug("What came by the link of {} is no message", source.title(), garbage);
            close(LinkProtocol.BAD_MESSAGE, "what came is no message of a link");
        }
    }

    private void take(JsonObject json, int bytes) {
        String type = json.getString("type", "");
        if (!type.equals("change") && !type.equals("snapshot") && !type.equals("answer") && !rate.take()) {
            throw LinkRefusal.tooMuch("it sends more than " + LIMITS.messagesPerSecond() + " messages a second");
        }
        if (!isGreeted && !type.equals("hello")) {
            close(LinkProtocol.BAD_MESSAGE, "the first message must be hello");
            return;
        }
        String board = json.getString("board", "");
        switch (type) {
            case "hello" -> hello(json);
            case "announce" -> source.announce(this, board, json.getJsonObject("info"), json.getJsonObject("facts"));
            case "withdraw" -> source.withdraw(board);
            case "change" -> change(board, json, bytes);
            case "snapshot" -> snapshot(board, json, bytes);
            case "answer", "error" -> questions.answered(json);
            case "bye" -> farewell = json.getString("reason", "").equals("restarting") ? "restarting" : "stopping";
            default -> send(LinkProtocol.error(json.getLong("id"), "unknown_type", "this is not understood here"));
        }
    }

    private void hello(JsonObject json) {
        if (isGreeted) {
            throw new IllegalStateException("it greets twice");
        }
        isGreeted = true;
        secret = json.getString("resources", "");
        send(JsonObject.of("type", "welcome", "id", source.title(), "version", version)
                .put("protocol", LinkProtocol.VERSION)
                .put("retryWithinSeconds", RETRY_SECONDS)
                .put("time", System.currentTimeMillis()));
        LinkGreeting greeting = LinkGreeting.of(json, System.currentTimeMillis());
        source.greeted(this, greeting, json.getJsonObject("boards"), json.getJsonObject("facts", new JsonObject()));
    }

    private void change(String name, JsonObject json, int bytes) {
        LinkedBoard board = source.board(name);
        if (board == null) {
            return; // Withdrawn, or never announced.
        }
        if (!board.rate.take()) {
            throw LinkRefusal.tooMuch(name + " sends more than " + LIMITS.messagesPerSecond() + " messages a second");
        }
        if (bytes > LIMITS.patchBytes()) {
            throw LinkRefusal.tooMuch("a change is longer than " + LIMITS.patchBytes() + " bytes");
        }
        Change change = Change.of(json);
        require(change.patch());
        source.heard(name, bytes);
        if (board.relay().isWaiting()) {
            return; // It was on its way when its board was watched anew; the state comes after it.
        }
        board.relay().change(change);
        board.grown(bytes);
        if (board.relay().isWaiting()) {
            board.again(this); // A hole: it begins anew, with its state.
        }
    }

    private void require(JsonObject document) {
        Optional<String> mistake = LIMITS.mistake(document);
        if (mistake.isPresent()) {
            throw LinkRefusal.tooMuch(mistake.get());
        }
    }

    private Snapshot bounded(JsonObject json) {
        Snapshot snapshot = Snapshot.of(json);
        require(snapshot.state());
        require(JsonObject.of("epoch", snapshot.epoch()));
        return snapshot;
    }

    private void snapshot(String name, JsonObject json, int bytes) {
        LinkedBoard board = source.board(name);
        Snapshot snapshot = bounded(json);
        Long id = json.getLong("id");
        if (id != null) {
            questions.answered(json);
        } else if (board != null) {
            if (!board.rate.take()) {
                throw LinkRefusal.tooMuch(name + " sends its state too often");
            }
            board.replaced(bytes);
            board.relay().snapshot(snapshot);
            source.heard(name, bytes);
        }
    }

    @Override
    public void watch(String board, int everySeconds) {
        send(
                everySeconds > 0
                        ? JsonObject.of("type", "watch", "board", board, "everySeconds", everySeconds)
                        : JsonObject.of("type", "unwatch", "board", board));
    }

    @Override
    public Future<Snapshot> snapshot(String board) {
        return questions.ask(JsonObject.of("type", "get", "board", board)).map(this::bounded);
    }

    @Override
    public Future<JsonObject> act(String board, String action, JsonObject body, String who) {
        return questions
                .ask(JsonObject.of("type", "action", "board", board, "action", action, "body", body)
                        .put("who", who))
                .map(answer -> answer.getJsonObject("body", new JsonObject()));
    }

    @Override
    public Future<String> past(String board, boolean isOfSeries, JsonObject question) {
        JsonObject asked = JsonObject.of("type", isOfSeries ? "series" : "history", "board", board, "body", question);
        return questions
                .ask(asked)
                .map(answer -> answer.getString("text", ""))
                .recover(failure -> Future.failedFuture(LinkQuestions.reply(failure)));
    }

    private void send(JsonObject json) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(json.encode()).onFailure(broken -> LOG.debug("Not sent", broken));
        }
    }

    /** Says why: to the other end, and once in the log. */
    @Override
    public void close(int code, String reason) {
        if (!isOver) {
            boolean isTold = code == LinkProtocol.LIMITS_EXCEEDED
                    || code == LinkProtocol.BAD_MESSAGE
                    || code == LinkProtocol.NAME_TAKEN;
            if (isTold && source.limiter().mayTell()) {
                LOG.warn("Closed the link of {}: {}", source.title(), reason);
            }
            // RFC 6455, section 5.5: no more than 123 bytes.
            socket.close((short) code, reason.length() > 100 ? reason.substring(0, 100) : reason)
                    .onFailure(late -> {});
            over();
        }
    }

    private void over() {
        if (!isOver) {
            isOver = true;
            vertx.cancelTimer(beat);
            vertx.cancelTimer(greeting);
            message = Buffer.buffer();
            questions.end();
            source.ended(this, farewell);
        }
    }
}
