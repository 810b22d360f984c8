package pulseboard.fleet;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import pulseboard.feed.FeedSubscription;
import pulseboard.feed.Replica;

/** The machine of this hub, which is in the list as well: by its own boards, as they are on the bus. Used on one event loop. */
final class OwnMachine {

    /** The board of each machine's figures, and what the row of this one is called. */
    static final String HOST = "host";

    private final Replica host = new Replica();
    private final Replica alerts = new Replica();

    void follow(Vertx vertx) {
        FeedSubscription unusedHost = new FeedSubscription(vertx, HOST, host);
        FeedSubscription unusedAlerts = new FeedSubscription(vertx, OwnAlerts.BOARD, alerts);
    }

    /** Nothing before its first figures. */
    Optional<JsonObject> row(FleetRows rows) {
        return Optional.ofNullable(host.state()).map(state -> rows.own(state, alerts.state()));
    }
}
