package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts one board on the event bus: announces it in the directory, publishes its changes, answers requests for its snapshot, has
 * its actions done, and publishes an empty change when nothing else was published for {@value Feed#HEARTBEAT_MILLISECONDS} ms.
 * Made and used on the context of the verticle that owns the board. It ends with that verticle; unless it was {@linkplain
 * #close() closed} before, the board stays in the directory and does not answer, which is a fault.
 */
public final class FeedPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(FeedPublisher.class);

    private final Vertx vertx;
    private final BoardInfo info;
    private final String changes;
    private final String epoch = UUID.randomUUID().toString().substring(0, 8);
    private final Feed feed = new Feed(epoch, System::currentTimeMillis);
    private final MessageConsumer<JsonObject> snapshots;
    private final MessageConsumer<JsonObject> figures;
    private final MessageConsumer<JsonObject> actions;
    private final Map<String, BiFunction<JsonObject, String, Future<JsonObject>>> handlers = new HashMap<>();
    private final Announcement announcement;
    private final Future<Void> announced;
    private final TickTimes ticks = new TickTimes();
    private long heartbeat;
    private long changesPublished;
    private long lastPublishedNanos = System.nanoTime();

    /** Announces a board, which is empty and in a new epoch, and starts answering for it. */
    public FeedPublisher(Vertx vertx, BoardInfo info) {
        this.vertx = vertx;
        this.info = info;
        String board = info.id().toString();
        this.changes = Addresses.changes(board);
        this.snapshots = vertx.eventBus().consumer(Addresses.snapshot(board), this::replySnapshot);
        this.figures = vertx.eventBus().consumer(Addresses.figures(board), this::replyFigures);
        this.actions = vertx.eventBus().consumer(Addresses.actions(board), this::act);
        this.announcement = new Announcement(vertx, info.id(), epoch);
        this.announced = announcement.announce(info);
        armHeartbeat(Feed.HEARTBEAT_MILLISECONDS);
    }

    /** Makes this the state of the board and publishes the difference, if there is one. */
    public void publish(JsonObject state) {
        feed.update(state).ifPresent(this::send);
    }

    /** Notes how long the board took to sample and publish. */
    public void ticked(long nanos) {
        ticks.add(nanos);
    }

    /**
     * Does an action of the board's info from now on. The handler gets a body that fits the info, on this context, and answers
     * soon: what takes long is shown by the board. It may throw, or fail with, an {@link ActionRefusal}.
     */
    public void onAction(String name, Function<JsonObject, Future<JsonObject>> handler) {
        if (!info.actions().containsKey(name)) {
            throw new IllegalArgumentException(info.id() + " says nothing of an action " + name);
        }
        handlers.put(name, (body, who) -> handler.apply(body));
    }

    /** The same for a handler that also wants the name of whoever had it done; empty when that is not known. */
    public void onAction(String name, BiFunction<JsonObject, String, Future<JsonObject>> handler) {
        onAction(name, body -> Future.succeededFuture(body));
        handlers.put(name, handler);
    }

    /** Serves a resource of the board's info from now on, see {@link Resources.Request}. */
    public void onRequest(ResourceInfo resource, Handler<Resources.Request> handler) {
        if (!info.resources().contains(resource)) {
            throw new IllegalArgumentException(info.id() + " says nothing of a resource " + resource.path());
        }
        Resources.of(vertx).add(info.id(), resource, handler);
    }

    /** Done when the board is in the directory and can be asked; failed when the directory does not answer. */
    public Future<Void> ready() {
        return Future.all(snapshots.completion(), figures.completion(), actions.completion(), announced)
                .mapEmpty();
    }

    /** Takes the board out of the directory, and answers for it no more. */
    public void close() {
        List.of(snapshots, figures, actions).forEach(MessageConsumer::unregister);
        vertx.cancelTimer(heartbeat);
        info.resources().forEach(resource -> Resources.of(vertx).remove(info.id(), resource));
        announcement.withdraw();
    }

    private void act(Message<JsonObject> request) {
        String name = request.body().getString("action", "");
        JsonObject body = request.body().getJsonObject("body", new JsonObject());
        ActionInfo action = info.actions().get(name);
        String who = request.body().getString("who", "");
        BiFunction<JsonObject, String, Future<JsonObject>> handler = handlers.get(name);
        Future<JsonObject> result = action == null || handler == null
                ? Future.failedFuture(new ActionRefusal(404, "unknown_action", "this board has no action " + name))
                : action.mistake(body)
                        .<Future<JsonObject>>map(
                                mistake -> Future.failedFuture(new ActionRefusal(400, "bad_parameter", mistake)))
                        .orElseGet(() -> Future.succeededFuture(body).compose(it -> handler.apply(it, who)));
        result.onSuccess(request::reply).onFailure(failure -> {
            ActionRefusal refusal = failure instanceof ActionRefusal known
                    ? known
                    : new ActionRefusal(500, "internal_error", "something went wrong here; the log says what");
            if (refusal != failure) {
                LOG.warn("The action {} of the board {} failed", name, info.id(), failure);
            }
            ReplyException answer = refusal.onTheBus();
            request.fail(answer.failureCode(), Objects.requireNonNull(answer.getMessage()));
        });
    }

    private void replyFigures(Message<JsonObject> request) {
        request.reply(new JsonObject().put("changes", changesPublished).put("ticks", ticks.toJson()));
    }

    private void replySnapshot(Message<JsonObject> request) {
        request.reply(feed.snapshot().toJson());
    }

    private void send(Change change) {
        lastPublishedNanos = System.nanoTime();
        changesPublished++;
        vertx.eventBus().publish(changes, change.toJson());
    }

    /** One timer, set to when the next heartbeat would be due, instead of one that is reset on every change. */
    private void armHeartbeat(long delayMilliseconds) {
        heartbeat = vertx.setTimer(delayMilliseconds, id -> {
            long silence = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastPublishedNanos);
            if (silence >= Feed.HEARTBEAT_MILLISECONDS) {
                send(feed.heartbeat());
                silence = 0;
            }
            armHeartbeat(Math.max(1, Feed.HEARTBEAT_MILLISECONDS - silence));
        });
    }
}
