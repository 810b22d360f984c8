package pulseboard.prometheus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import pulseboard.feed.MetricInfo;

/** What Pulseboard reports of itself: what its boards and its web side answered when they were asked for figures. */
final class OwnMetrics {

    private OwnMetrics() {}

    /** @param byBoard what each board answered; nothing of one that did not */
    static void addBoards(Families into, Map<String, JsonObject> byBoard) {
        byBoard.forEach((board, figures) -> {
            if (figures.containsKey("changes")) {
                into.counter("pulseboard_changes_total", "Changes that a board has published.")
                        .add(figures.getLong("changes"), "board", board);
                addTicks(
                        into.histogram(
                                "pulseboard_tick_seconds", "How long a board took to sample and publish, in seconds."),
                        figures.getJsonObject("ticks"),
                        board);
            }
        });
    }

    private static void addTicks(Family into, JsonObject ticks, String board) {
        JsonArray bounds = ticks.getJsonArray("bounds");
        JsonArray counts = ticks.getJsonArray("counts");
        long below = 0;
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            below += counts.getLong(bucket);
            String bound = bucket < bounds.size() ? bounds.getDouble(bucket).toString() : "+Inf";
            into.add("_bucket", (double) below, "board", board, "le", bound);
        }
        into.add("_count", (double) below, "board", board);
        into.add("_sum", ticks.getDouble("seconds"), "board", board);
    }

    /** What a board says is a metric, out of its state. */
    static void add(Families into, MetricInfo metric, JsonObject state) {
        if (metric.isHistogram()) {
            Family histogram = into.histogram(metric.name(), metric.help()).ofBoard();
            metric.readParts(state, histogram::add);
            return;
        }
        Family family = metric.isCounter()
                ? into.counter(metric.name(), metric.help())
                : into.gauge(metric.name(), metric.help());
        metric.read(state, family.ofBoard()::add);
    }

    /** @param figures what the web side answered; empty when it did not */
    static void addWeb(Families into, JsonObject figures) {
        if (figures.isEmpty()) {
            return;
        }
        into.gauge("pulseboard_connections", "Sockets and streams that are open.")
                .add(figures.getLong("connections"));
        Family viewers = into.gauge("pulseboard_viewers", "Who watches a board, by socket or stream.");
        Family delivered = into.counter("pulseboard_delivered_changes_total", "Changes that were written to a viewer.");
        Family dropped = into.counter(
                "pulseboard_dropped_changes_total", "Changes not written to a viewer because it reads too slowly.");
        figures.getJsonObject("boards").forEach(entry -> {
            JsonObject board = (JsonObject) entry.getValue();
            viewers.add(board.getLong("viewers"), "board", entry.getKey());
            delivered.add(board.getLong("delivered"), "board", entry.getKey());
            dropped.add(board.getLong("dropped"), "board", entry.getKey());
        });
        into.counter("pulseboard_stalled_connections_total", "Connections closed because their reader took nothing.")
                .add(figures.getLong("stalled"));
        into.counter("pulseboard_refused_total", "What clients sent or asked for and was refused, sign-in apart.")
                .add(figures.getLong("refused"));
    }
}
