package pulseboard.web;

import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import pulseboard.bus.Addresses;

/**
 * Counts who watches what, and tells each board when its number of viewers changes. Used on the context of its verticle.
 */
final class Viewers {

    private final Vertx vertx;
    private final int most;
    private final Map<String, Integer> countByBoard = new HashMap<>();
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

    private void add(String board, int difference) {
        int count = countByBoard.merge(board, difference, Integer::sum);
        vertx.eventBus().publish(Addresses.viewers(board), count);
    }
}
