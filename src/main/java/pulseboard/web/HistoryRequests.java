package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import pulseboard.auth.Identity;

/**
 * All questions about the history, by HTTP and by the bridge. The history's worker gets {@value #AT_ONCE} at a time, so that
 * what it has to record never waits behind more; the others wait here, for at most {@value #PATIENCE_SECONDS} s, and those who
 * ask take turns. There is a limit to how many wait and to how much of the answers is not read yet, over all, and half of it for
 * each who asks: whoever is signed in by name, others by their address. Used on one event loop.
 */
final class HistoryRequests {

    /** The code of a failure: too much at once. */
    static final int BUSY = 429;

    static final int MOST_WAITING = 200;
    static final int MOST_WAITING_OF_ONE = MOST_WAITING / 2;

    /** In characters, which are bytes where nothing but ASCII is in them. */
    static final long MOST_UNREAD = 12L << 20;

    static final long MOST_UNREAD_OF_ONE = MOST_UNREAD / 2;

    /** One is answered, and the next is there when that is done. */
    private static final int AT_ONCE = 2;

    private static final int PATIENCE_SECONDS = 10;
    private static final int PATIENCE_TO_READ_SECONDS = 30;

    private static final int CHARACTERS_A_SECOND = 65_536;

    /** How long an answer may stay unread, apart from its length. */
    static final long PATIENCE_TO_READ_MILLISECONDS = TimeUnit.SECONDS.toMillis(PATIENCE_TO_READ_SECONDS);

    private static final DeliveryOptions WITHIN_10_SECONDS =
            new DeliveryOptions().setSendTimeout(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

    private final Vertx vertx;
    private final Proxies proxies;
    private final long patienceToReadMilliseconds;

    /** The next turn is that of the first. */
    private final Map<String, Queue<Question>> waiting = new LinkedHashMap<>();

    private final Map<String, Long> unreadByAsker = new HashMap<>();
    private long unread;
    private int waitingInAll;
    private int atOnce;

    private record Question(
            String address, JsonObject body, BooleanSupplier isWanted, long askedNanos, Promise<String> answer) {}

    /**
     * With room for all.
     *
     * @param patienceToReadMilliseconds how long an answer may stay unread; a long answer longer, in proportion
     */
    HistoryRequests(Vertx vertx, Proxies proxies, long patienceToReadMilliseconds) {
        this.vertx = vertx;
        this.proxies = proxies;
        this.patienceToReadMilliseconds = patienceToReadMilliseconds;
    }

    /** Who is to share with whom. */
    String asker(RoutingContext context) {
        Identity who = AuthenticationHandler.known(context);
        return who.tokenId() == null ? who.name() + " at " + proxies.client(context.request()) : who.name();
    }

    /**
     * Passes a question to the bus when its turn comes. Fails with a {@link ReplyException}: of the history, or with the code
     * {@link #BUSY}.
     *
     * @param asker see {@link #asker}
     * @param body what the history is to be asked, with a {@code format}: the answer is a text
     * @param isWanted whether whoever asked is still there
     */
    Future<String> ask(String asker, String address, JsonObject body, BooleanSupplier isWanted) {
        Queue<Question> own = waiting.computeIfAbsent(asker, any -> new ArrayDeque<>());
        if (waitingInAll >= MOST_WAITING || own.size() >= MOST_WAITING_OF_ONE) {
            return Future.failedFuture(busy());
        }
        Question question = new Question(address, body, isWanted, System.nanoTime(), Promise.promise());
        own.add(question);
        waitingInAll++;
        goOn();
        return question.answer.future();
    }

    private static ReplyException busy() {
        return new ReplyException(
                ReplyFailure.RECIPIENT_FAILURE,
                BUSY,
                "too many questions about the history at once; ask again in a second");
    }

    private void goOn() {
        while (atOnce < AT_ONCE && waitingInAll > 0) {
            Question next = next();
            if (!next.isWanted.getAsBoolean()
                    || System.nanoTime() - next.askedNanos > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
                next.answer.fail(busy());
            } else {
                atOnce++;
                send(next);
            }
        }
    }

    /** The oldest of whoever had no turn for longest. */
    private Question next() {
        Map.Entry<String, Queue<Question>> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        Question question = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue());
        }
        waitingInAll--;
        return question;
    }

    private void send(Question question) {
        vertx.eventBus()
                .<String>request(question.address, question.body, WITHIN_10_SECONDS)
                .onComplete(reply -> {
                    atOnce--;
                    goOn();
                    if (reply.succeeded()) {
                        question.answer.complete(reply.result().body());
                    } else {
                        question.answer.fail(reply.cause());
                    }
                });
    }

    /** Takes room for an answer until it is read; false when there is none, but for a lone answer there always is. */
    boolean hold(String asker, int characters) {
        long own = unreadByAsker.getOrDefault(asker, 0L);
        if ((unread > 0 && unread + characters > MOST_UNREAD) || (own > 0 && own + characters > MOST_UNREAD_OF_ONE)) {
            return false;
        }
        unread += characters;
        unreadByAsker.put(asker, own + characters);
        return true;
    }

    /** Gives the room back. */
    void release(String asker, int characters) {
        unread -= characters;
        unreadByAsker.computeIfPresent(asker, (who, own) -> own > characters ? Long.valueOf(own - characters) : null);
    }

    /**
     * Has an answer written if there is room for it, and ended when it is not read in time.
     *
     * @param written begins to write and is complete when all is read
     * @param end makes that fail
     * @return whether there was room
     */
    boolean deliver(String asker, String answer, Supplier<Future<Void>> written, Runnable end) {
        if (!hold(asker, answer.length())) {
            return false;
        }
        long timer = vertx.setTimer(mostMilliseconds(answer.length()), late -> end.run());
        written.get().onComplete(read -> {
            vertx.cancelTimer(timer);
            release(asker, answer.length());
        });
        return true;
    }

    private long mostMilliseconds(int characters) {
        return patienceToReadMilliseconds
                + patienceToReadMilliseconds * characters / (PATIENCE_TO_READ_SECONDS * CHARACTERS_A_SECOND);
    }
}
