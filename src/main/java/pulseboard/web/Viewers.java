package pulseboard.web;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import pulseboard.feed.ViewerCount;

/**
 * Counts who watches what, and tells each board when its number of viewers changes. Used on the context of its verticle.
 */
final class Viewers {

    private final Vertx vertx;
    private final int most;
    private final Map<String, Integer> countByBoard = new HashMap<>();
    private final Map<String, long[]> deliveries = new HashMap<>();
    private int connections;

    /**
     * Counts from zero.
     *
     * @param most the number of connections that may be open at once
     */
    Viewers(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
    }

    int most() {
        return most;
    }

    boolean isFull() {
        return connections >= most;
    }

    /** Somebody connected: a socket or a stream. */
    void connected() {
        connections++;
    }

    void disconnected() {
        connections--;
    }

    /** Somebody began to watch a board. */
    void joined(String board) {
        add(board, 1);
    }

    /** Somebody who had joined stopped watching. */
    void left(String board) {
        add(board, -1);
    }

    /** A change was written to somebody who watches, or was not because of a slow reader. */
    void changed(String board, boolean isDelivered) {
        deliveries.computeIfAbsent(board, key -> new long[2])[isDelivered ? 0 : 1]++;
    }

    /** How many are connected, and for each of these boards who watches and what became of its changes. */
    JsonObject figures(Iterable<String> boards) {
        JsonObject byBoard = new JsonObject();
        for (String board : boards) {
            long[] changes = deliveries.getOrDefault(board, new long[2]);
            byBoard.put(
                    board,
                    new JsonObject()
                            .put("viewers", countByBoard.getOrDefault(board, 0))
                            .put("delivered", changes[0])
                            .put("dropped", changes[1]));
        }
        return new JsonObject().put("connections", connections).put("boards", byBoard);
    }

    private void add(String board, int difference) {
        int count = countByBoard.merge(board, difference, Integer::sum);
        ViewerCount.tell(vertx, board, "web", count);
    }
}
