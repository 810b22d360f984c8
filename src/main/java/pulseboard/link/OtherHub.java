package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import pulseboard.feed.Snapshot;

/** The hub that a machine is linked to, where that is another one than this. Used on the event loop of the links. */
public interface OtherHub {

    /** What it is called. */
    String name();

    /** From now on changes of this board are wanted, or not any more; they come to {@link LinkServer#changed}. */
    void watch(String source, String board, boolean isWanted);

    /** The state of a board of a machine that is linked there. */
    Future<Snapshot> snapshot(String source, String board);

    /** What the board showed before; see {@link pulseboard.feed.FeedRelay.Origin#past}. */
    Future<String> past(String source, String board, boolean isOfSeries, JsonObject question);
}
