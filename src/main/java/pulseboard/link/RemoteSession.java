package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.ActionRefusal;
import pulseboard.feed.Change;
import pulseboard.feed.FeedRelay;
import pulseboard.feed.Snapshot;

/**
 * A machine that is linked to another hub, as this one sees it: boards come from there while somebody looks here, with the epochs and
 * numbers with which they came. Used on one event loop.
 */
final class RemoteSession implements LinkPeer {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteSession.class);

    private final OtherHub hub;
    private final LinkedSource source;

    RemoteSession(OtherHub hub, LinkedSource source) {
        this.hub = hub;
        this.source = source;
    }

    OtherHub hub() {
        return hub;
    }

    @Override
    public boolean isGreeted() {
        return true;
    }

    @Override
    public boolean isElsewhere() {
        return true;
    }

    @Override
    public String secret() {
        return "";
    }

    @Override
    public void watch(String board, int everySeconds) {
        hub.watch(source.title(), board, everySeconds > 0);
        if (everySeconds > 0) {
            ask(board);
        }
    }

    /** What comes before the answer is held by the reader, and what is missing is asked for by the next change. */
    private void ask(String board) {
        snapshot(board)
                .onSuccess(snapshot -> {
                    LinkedBoard at = source.board(board);
                    if (source.session() == this && at != null) {
                        at.relay().snapshot(snapshot);
                    }
                })
                .onFailure(failure -> LOG.debug("{} did not send {}", hub.name(), board, failure));
    }

    /** A change came; one that leaves a hole has the state asked for. */
    void changed(String board, Change change) {
        LinkedBoard at = source.board(board);
        if (at != null) {
            FeedRelay relay = at.relay();
            relay.change(change);
            if (relay.isWaiting()) {
                ask(board);
            }
        }
    }

    @Override
    public Future<Snapshot> snapshot(String board) {
        return hub.snapshot(source.title(), board);
    }

    @Override
    public Future<JsonObject> act(String board, String action, JsonObject body, String who) {
        return Future.failedFuture(new ActionRefusal(403, "forbidden", "a machine does nothing that it is told"));
    }

    @Override
    public Future<String> past(String board, boolean isOfSeries, JsonObject question) {
        return hub.past(source.title(), board, isOfSeries, question);
    }

    @Override
    public void close(int code, String reason) {
        source.boards().forEach(board -> hub.watch(source.title(), board.name, false));
    }
}
