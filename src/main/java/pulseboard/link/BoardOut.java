package pulseboard.link;

import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Change;
import pulseboard.feed.Snapshot;

/**
 * What goes out of one board. The other end cuts off all boards for one message that is beyond its limits, so such a message is not
 * sent. Used on one context.
 */
final class BoardOut implements WatchedBoard.Out {

    private static final Logger LOG = LoggerFactory.getLogger(BoardOut.class);
    private static final LinkLimits LIMITS = LinkLimits.DEFAULT;

    private final String board;
    private final WebSocket socket;
    private final Consumer<String> unwatch;

    /**
     * Over an open socket.
     *
     * @param unwatch ends the watching of a board
     */
    BoardOut(String board, WebSocket socket, Consumer<String> unwatch) {
        this.board = board;
        this.socket = socket;
        this.unwatch = unwatch;
    }

    @Override
    public boolean isReady() {
        return !socket.isClosed() && !socket.writeQueueFull();
    }

    @Override
    public void send(Snapshot snapshot) {
        String text = text("snapshot", snapshot.toJson());
        if (isLonger(text, LIMITS.messageBytes())) {
            LOG.warn("{} is not shown elsewhere: its state is longer than {} bytes", board, LIMITS.messageBytes());
            unwatch.accept(board);
        } else {
            write(text);
        }
    }

    /** One that is left out makes a hole in the numbers, at which the other end asks for the state. */
    @Override
    public void send(Change change) {
        String text = text("change", change.toJson());
        if (!isLonger(text, LIMITS.patchBytes())) {
            write(text);
        }
    }

    private String text(String type, JsonObject body) {
        return JsonObject.of("type", type, "board", board).mergeIn(body, false).encode();
    }

    /** A character has three bytes at most, or two of them have four. */
    private static boolean isLonger(String text, int bytes) {
        return text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes;
    }

    private void write(String text) {
        socket.writeTextMessage(text).onFailure(broken -> LOG.debug("Not sent", broken));
    }
}
