package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import pulseboard.bus.Addresses;
import pulseboard.feed.FeedPublisher;

/** A board that publishes what a test tells it to, and remembers every number of viewers that it hears. */
final class TestBoard extends VerticleBase {

    private final String name;
    private final BlockingQueue<Integer> viewers = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    TestBoard(String name) {
        this.name = name;
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(vertx, name);
        publisher.publish(new JsonObject().put("count", 0));
        return Future.all(
                publisher.ready(),
                vertx.eventBus()
                        .<Integer>consumer(Addresses.viewers(name), message -> viewers.add(message.body()))
                        .completion());
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
