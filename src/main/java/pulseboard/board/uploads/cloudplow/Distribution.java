package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** How sizes are spread, as Cloudplow writes it. */
final class Distribution {

    private static final List<String> PERCENTILES = List.of("p50", "p75", "p90", "p95", "p99");

    private Distribution() {}

    /** Of figures as the board has them of a queue. */
    static JsonObject of(JsonObject figures, JsonObject metadata) {
        JsonObject percentiles = new JsonObject();
        JsonObject texts = new JsonObject();
        for (String percentile : PERCENTILES) {
            long bytes = figures.getLong(percentile + "Bytes", 0L);
            Shown.size(percentiles, percentile, bytes);
            texts.put(percentile, Shown.text(bytes));
        }
        JsonObject statistics = new JsonObject().put("total_files", figures.getLong("files", 0L));
        Shown.size(statistics, "total_bytes", figures.getLong("bytes", 0L));
        Shown.size(statistics, "mean", figures.getLong("meanBytes", 0L));
        Shown.size(statistics, "median", figures.getLong("p50Bytes", 0L));
        Shown.size(statistics, "std_dev", figures.getLong("deviationBytes", 0L));
        return Shown.size(new JsonObject(), "max_file_size", figures.getLong("maximumBytes", 0L))
                .put("percentiles", percentiles)
                .put("percentiles_human", texts)
                .put("size_buckets", buckets(figures.getJsonObject("buckets", new JsonObject())))
                .put("large_file_percentage", figures.getDouble("largeFilePercent", 0.0))
                .put("statistics", statistics)
                .put("metadata", metadata);
    }

    private static JsonObject buckets(JsonObject from) {
        JsonObject buckets = new JsonObject();
        from.forEach(entry -> {
            JsonObject bucket = (JsonObject) entry.getValue();
            JsonObject shown = new JsonObject()
                    .put("count", bucket.getLong("files", 0L))
                    .put("percentage", bucket.getDouble("filesPercent", 0.0));
            buckets.put(entry.getKey(), Shown.size(shown, "total_bytes", bucket.getLong("bytes", 0L)));
        });
        return buckets;
    }

    /** What the queue of a session had, and what of it has been uploaded. */
    static JsonObject comparison(JsonObject bytes) {
        long predicted = bytes.getLong("planned", 0L);
        long actual = bytes.getLong("done", 0L);
        JsonObject json = Shown.size(new JsonObject(), "queue_predicted_total", predicted);
        Shown.size(json, "actual_transferred", actual);
        double percent = predicted == 0 ? 0 : Math.abs(predicted - actual) * 100.0 / predicted;
        return json.put("variance_percentage", Math.round(percent * 10) / 10.0);
    }
}
