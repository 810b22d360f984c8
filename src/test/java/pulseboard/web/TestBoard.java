package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;
import pulseboard.feed.Resources;

/** A board that publishes what a test tells it to, and remembers every number of viewers that it hears. */
final class TestBoard extends VerticleBase {

    private final BoardInfo info;
    private final String name;
    private final BlockingQueue<Integer> viewers = new LinkedBlockingQueue<>();
    private final List<String> names = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    static final ResourceInfo NAMES = new ResourceInfo("GET", "names", "All names");
    static final ResourceInfo SECRETS = new ResourceInfo("GET", "secrets", "What few may know").forAdmins();
    static final ResourceInfo NOTES = new ResourceInfo("GET", "notes", "What those may know who act").forOperators();
    static final ResourceInfo NAME = new ResourceInfo("PUT", "names/:name", "Keeps a name, with what is sent");

    /** One whose numbers are all kept, and that can be told to do something. */
    TestBoard(String name) {
        this(BoardInfo.of(name, name)
                .keeping(KeptNumbers.of("**"))
                .withFacts()
                .action("count", ActionInfo.of("Sets the count").takes("to", Parameter.Type.INTEGER, true, "The count"))
                .action("refuse", ActionInfo.of("Is never possible"))
                .action("fail", ActionInfo.of("Breaks"))
                .action("reset", ActionInfo.of("Sets the count to 0").forAdmins())
                .action("greet", ActionInfo.of("Greets whoever asks").forOneself())
                .resource(NAMES)
                .resource(SECRETS)
                .resource(NOTES)
                .resource(NAME));
    }

    TestBoard(BoardInfo info) {
        this.info = info;
        this.name = info.id().toString();
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(vertx, info);
        publisher.publish(new JsonObject().put("count", 0));
        if (!info.actions().isEmpty()) {
            publisher.onAction("count", body -> counted(body.getInteger("to")));
            publisher.onAction("refuse", body -> {
                throw new ActionRefusal(409, "not_now", "it is never possible");
            });
            publisher.onAction("fail", body -> {
                throw new IllegalStateException("broken");
            });
            publisher.onAction("reset", body -> counted(0));
            publisher.onAction("greet", (body, who) -> Future.succeededFuture(JsonObject.of("hello", who)));
            publisher.onRequest(SECRETS, request -> request.http().response().end("none"));
            publisher.onRequest(NOTES, request -> request.http().response().end("one"));
            publisher.onRequest(NAMES, request -> request.http().response().end(String.join(",", names)));
            publisher.onRequest(NAME, this::keep);
        }
        return Future.all(
                publisher.ready(),
                vertx.eventBus()
                        .<Integer>consumer(Addresses.viewers(name), message -> viewers.add(message.body()))
                        .completion());
    }

    private Future<JsonObject> counted(int number) {
        publisher.publish(new JsonObject().put("count", number));
        return Future.succeededFuture(new JsonObject().put("counted", number));
    }

    private void keep(Resources.Request request) {
        request.http().body().onSuccess(body -> {
            names.add(request.path().get("name") + "=" + body.length() + " by " + request.who());
            request.http().response().setStatusCode(204).end();
        });
    }

    /** The board leaves, as one that is not wanted any more. */
    void close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(now -> {
            publisher.close();
            closed.complete();
        });
        Wait.on(closed.future());
    }

    /** Publishes {@code {"count": N}}. */
    void count(int number) {
        publish(new JsonObject().put("count", number));
    }

    /** Makes this the state; returns when it has been published. */
    void publish(JsonObject state) {
        Wait.on(publishing(state));
    }

    /** Makes this the state, later. */
    Future<Void> publishing(JsonObject state) {
        Promise<Void> published = Promise.promise();
        context.runOnContext(now -> {
            publisher.publish(state);
            published.complete();
        });
        return published.future();
    }

    /** The next number of viewers that it was told. */
    int nextViewers() {
        return Wait.next(viewers, "number of viewers");
    }
}
