package pulseboard.board.tank;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.util.List;
import pulseboard.feed.ActionInfo;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.FeedPublisher;
import pulseboard.feed.Parameter;
import pulseboard.feed.RuleInfo;

/** Owns the board {@code tank}: tanks that are empty, and others that are filled and emptied by an action. */
public final class TankVerticle extends VerticleBase {

    private static final BoardInfo INFO = BoardInfo.of("tank", "Tank")
            .judgedBy(List.of(RuleInfo.of("empty", "tanks.*.litres", "{{key}} has {{value}} litres left")
                    .warns("below 5")))
            .action(
                    "fill",
                    ActionInfo.of("Has a tank hold so much")
                            .takes("tank", Parameter.Type.STRING, true, "Which")
                            .takes("litres", Parameter.Type.INTEGER, true, "How much"));

    private final JsonObject tanks = new JsonObject();

    @SuppressWarnings("NullAway.Init") // Set by start(), before anything else runs.
    private FeedPublisher publisher;

    /** Makes the verticle. */
    public TankVerticle(TankConfig config) {
        for (int tank = 0; tank < config.count(); tank++) {
            fill("empty-" + tank, 1);
        }
    }

    @Override
    public Future<?> start() {
        publisher = new FeedPublisher(vertx, INFO);
        publisher.onAction("fill", body -> {
            fill(body.getString("tank"), body.getInteger("litres"));
            publisher.publish(state());
            return Future.succeededFuture(new JsonObject());
        });
        publisher.publish(state());
        return publisher.ready();
    }

    private void fill(String tank, int litres) {
        tanks.put(tank, JsonObject.of("litres", litres));
    }

    private JsonObject state() {
        return JsonObject.of("tanks", tanks.copy());
    }
}
