package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import pulseboard.feed.Snapshot;

/** What the boards of a machine or worker are asked by: its own connection, or the hub that has that. Used on one event loop. */
interface LinkPeer {

    /** Whether it may be asked: it has said what boards there are. */
    boolean isGreeted();

    /** Whether the connection is another hub's. */
    boolean isElsewhere();

    /** What a worker wants to be shown before it serves a resource. */
    String secret();

    /** Watching anew sends the state first; every 0 seconds is never. */
    void watch(String board, int everySeconds);

    /** The state as it is now. */
    Future<Snapshot> snapshot(String board);

    /** Has an action done. */
    Future<JsonObject> act(String board, String action, JsonObject body, String who);

    /** What a board showed before, by its own history. */
    Future<String> past(String board, boolean isOfSeries, JsonObject question);

    /** Ends it, and says why. */
    void close(int code, String reason);
}
