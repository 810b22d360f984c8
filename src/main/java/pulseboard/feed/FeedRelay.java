package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Puts a board of another process on the event bus here. Its changes keep the epoch and the numbers with which they came, so a
 * viewer notices a hole wherever it happened; when it was made is told by this machine's clock. Made and used on one context; it
 * ends with the verticle of that context, or by {@link #close()}.
 */
public final class FeedRelay {

    private static final int MOST_WAITING = 256;
    private static final int UNAVAILABLE = 503;

    private final Vertx vertx;
    private final Origin origin;
    private final Announcement announcement;
    private final Replica replica = new Replica();
    private final FeedReader reader = new FeedReader(new Sink());
    private final List<MessageConsumer<JsonObject>> consumers = new ArrayList<>();
    private final MessageConsumer<Integer> viewers;
    private final MessageConsumer<Boolean> judged;
    private final List<Message<JsonObject>> waiting = new ArrayList<>();
    private BoardInfo info;
    private Snapshot latest = new Snapshot("", 0, 0, new JsonObject());
    private long changesPublished;
    private boolean isFollowed;

    /** The process that the board comes from. All is asked on this relay's context. */
    public interface Origin {
        /** The state as it is now; asked while changes do not come by themselves. */
        Future<Snapshot> snapshot();

        /** What never changes while it runs. */
        JsonObject facts();

        /** Has an action done for somebody of this name; may fail with an {@link ActionRefusal}. */
        Future<JsonObject> act(String action, JsonObject body, String who);

        /** Answers a request for a resource. */
        void serve(ResourceInfo resource, Resources.Request request);

        /**
         * Answers what the board showed before, as a text; asked only after {@link FeedRelay#answerPast()}. May fail with a {@link
         * ReplyException} of the history there.
         *
         * @param isOfSeries whether only the names of its series are wanted
         */
        default Future<String> past(boolean isOfSeries, JsonObject question) {
            return Future.failedFuture("nothing is known of the past");
        }

        /** So many watch here; called when that changes. */
        void watched(int viewers);

        /** Whether alerts are raised by it here; called when that changes. */
        void judged(boolean isJudged);
    }

    /** Announces the board and answers for it; it has no state before its first snapshot. */
    public FeedRelay(Vertx vertx, BoardInfo info, Origin origin) {
        this.vertx = vertx;
        this.info = info;
        this.origin = origin;
        this.announcement =
                new Announcement(vertx, info.id(), UUID.randomUUID().toString().substring(0, 8));
        String board = info.id().toString();
        answer(Addresses.snapshot(board), this::replySnapshot);
        answer(Addresses.figures(board), request -> request.reply(figures()));
        answer(Addresses.facts(board), request -> request.reply(origin.facts()));
        answer(Addresses.actions(board), this::act);
        this.viewers = ViewerCount.follow(vertx, board, origin::watched);
        this.judged = vertx.eventBus().consumer(Addresses.judged(board), now -> origin.judged(now.body()));
        serve();
        announce();
    }

    private void answer(String address, Handler<Message<JsonObject>> handler) {
        consumers.add(vertx.eventBus().consumer(address, handler));
    }

    /** Also answers what the board showed before, where no history here does. */
    public void answerPast() {
        String board = info.id().toString();
        answer(Addresses.history(board), question -> past(question, false));
        answer(Addresses.series(board), question -> past(question, true));
    }

    private void past(Message<JsonObject> question, boolean isOfSeries) {
        origin.past(isOfSeries, question.body()).onSuccess(question::reply).onFailure(failure -> {
            int code = failure instanceof ReplyException reply ? reply.failureCode() : UNAVAILABLE;
            question.fail(code, String.valueOf(failure.getMessage()));
        });
    }

    private void serve() {
        for (ResourceInfo resource : info.resources()) {
            Handler<Resources.Request> handler = request -> origin.serve(resource, request);
            Resources.of(vertx).add(info.id(), resource, handler);
        }
    }

    private void announce() {
        Future<Void> unused = announcement.announce(info);
    }

    /** What the board says of itself. */
    public BoardInfo info() {
        return info;
    }

    /** The board says something else of itself; its id stays. */
    public void announce(BoardInfo next) {
        if (!next.equals(info)) {
            info.resources().forEach(each -> Resources.of(vertx).remove(info.id(), each));
            info = next;
            serve();
            announce();
        }
    }

    /** Whether changes come by themselves; while they do not, whoever asks for the state gets what {@link Origin#snapshot()} says. */
    public void follow(boolean now) {
        isFollowed = now;
        if (now) {
            reader.restart();
        } else {
            answerWaiting(this::ask);
        }
    }

    /** The newest state; empty before the first. Not to be modified. */
    public JsonObject state() {
        return latest.state();
    }

    /** Whether a snapshot has to be asked for before changes can be understood. */
    public boolean isWaiting() {
        return reader.isWaiting();
    }

    /** Takes a change as it came. */
    public void change(Change change) {
        reader.change(change);
    }

    /** Takes a snapshot as it came. */
    public void snapshot(Snapshot snapshot) {
        reader.snapshot(snapshot);
    }

    /** Takes the board out of the directory, and answers for it no more. */
    public void close() {
        consumers.forEach(MessageConsumer::unregister);
        Future<?> unused = Future.join(viewers.unregister(), judged.unregister());
        info.resources().forEach(each -> Resources.of(vertx).remove(info.id(), each));
        announcement.withdraw();
    }

    private JsonObject figures() {
        return new JsonObject().put("changes", changesPublished).put("ticks", new TickTimes().toJson());
    }

    private void replySnapshot(Message<JsonObject> request) {
        if (isFollowed && !reader.isWaiting()) {
            request.reply(latest.toJson());
        } else if (isFollowed && waiting.size() < MOST_WAITING) {
            waiting.add(request); // The state is on its way.
        } else {
            ask(request);
        }
    }

    private void ask(Message<JsonObject> request) {
        origin.snapshot()
                .onSuccess(snapshot -> request.reply(snapshot.toJson()))
                .onFailure(failure -> replyLast(request, failure));
    }

    private void answerWaiting(Consumer<Message<JsonObject>> answer) {
        List<Message<JsonObject>> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(answer);
    }

    /** The last that is known is better than nothing: the board's health says how old it is. */
    private void replyLast(Message<JsonObject> request, Throwable failure) {
        if (latest.epoch().isEmpty()) {
            request.fail(503, failure.getMessage());
        } else {
            request.reply(latest.toJson());
        }
    }

    private void act(Message<JsonObject> request) {
        JsonObject asked = request.body();
        origin.act(
                        asked.getString("action", ""),
                        asked.getJsonObject("body", new JsonObject()),
                        asked.getString("who", ""))
                .onSuccess(request::reply)
                .onFailure(failure -> {
                    ReplyException answer = ActionRefusal.of(failure).onTheBus();
                    request.fail(answer.failureCode(), Objects.requireNonNull(answer.getMessage()));
                });
    }

    private void publish(Change change) {
        changesPublished++;
        latest = new Snapshot(
                change.epoch(), change.seq(), change.at(), Objects.requireNonNull(replica.state(), "snapshot first"));
        vertx.eventBus().publish(Addresses.changes(info.id().toString()), change.toJson());
    }

    private final class Sink implements FeedReader.Sink {

        /** An empty change of the new epoch has all viewers ask for the new state. */
        @Override
        public void replace(Snapshot snapshot) {
            replica.replace(snapshot);
            publish(new Change(snapshot.epoch(), snapshot.seq(), System.currentTimeMillis(), new JsonObject()));
            answerWaiting(request -> request.reply(latest.toJson()));
        }

        @Override
        public void apply(Change change) {
            replica.apply(change);
            publish(new Change(change.epoch(), change.seq(), System.currentTimeMillis(), change.patch()));
        }
    }
}
