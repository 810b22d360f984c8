package pulseboard.board.toy;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Parameter;
import pulseboard.feed.ResourceInfo;

/** Owns the board {@code toy}: a counter that is told to count, up to a limit. */
public final class ToyVerticle extends VerticleBase {

    private static final ResourceInfo TEXT = new ResourceInfo("GET", "text", "The count as a text");
    private static final BoardInfo INFO = BoardInfo.of("toy", "Toy")
            .keeping(KeptNumbers.of("count"))
            .action("add", ActionInfo.of("Counts on").takes("by", Parameter.Type.INTEGER, true, "How far"))
            .resource(TEXT);

    private final ToyConfig config;
    private int count;

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    /** Makes the verticle; it counts from when it is deployed. */
    public ToyVerticle(ToyConfig config) {
        this.config = config;
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(vertx, INFO);
        publisher.onAction("add", body -> Future.succeededFuture(add(body.getInteger("by"))));
        publisher.onRequest(TEXT, request -> request.http().response().end("count " + count));
        publisher.publish(state());
        return publisher.ready();
    }

    private JsonObject add(int by) {
        if (count + by > config.most()) {
            throw new ActionRefusal(409, "limit_reached", "toy.most is " + config.most());
        }
        count += by;
        publisher.publish(state());
        return state();
    }

    private JsonObject state() {
        return new JsonObject().put("count", count);
    }
}
