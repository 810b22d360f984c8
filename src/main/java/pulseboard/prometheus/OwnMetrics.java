package pulseboard.prometheus;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Pulseboard tells of itself: what its boards and its web side answered when they were asked for figures. */
final class OwnMetrics {

    private OwnMetrics() {}

    /** @param byBoard what each board answered; nothing of one that did not */
    static void addBoards(Families into, Map<String, JsonObject> byBoard) {
        List<HistogramDataPointSnapshot> ticks = new ArrayList<>();
        byBoard.forEach((board, figures) -> {
            if (figures.containsKey("changes")) {
                into.counter("pulseboard_changes_total", "Changes that a board has published.")
                        .add(figures.getLong("changes"), "board", board);
                ticks.add(histogram(figures.getJsonObject("ticks"), Labels.of("board", board)));
            }
        });
        into.add(new HistogramSnapshot(
                new MetricMetadata(
                        "pulseboard_tick_seconds", "How long a board took to sample and publish, in seconds."),
                ticks));
    }

    private static HistogramDataPointSnapshot histogram(JsonObject ticks, Labels labels) {
        JsonArray bounds = ticks.getJsonArray("bounds");
        JsonArray counts = ticks.getJsonArray("counts");
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            double bound = bucket < bounds.size() ? bounds.getDouble(bucket) : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, counts.getLong(bucket));
        }
        return new HistogramDataPointSnapshot(buckets.build(), ticks.getDouble("seconds"), labels, Exemplars.EMPTY, 0);
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
