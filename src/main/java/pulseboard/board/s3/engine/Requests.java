package pulseboard.board.s3.engine;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.board.s3.wire.RequestCounts;
import pulseboard.board.s3.wire.RequestTimes;

/**
 * The requests of a run: how many, how long they took, how many were repeated, and what they cost.
 *
 * @param prices of a thousand requests of a kind, such as {@code put 0.005}
 */
record Requests(RequestCounts counts, RequestTimes times, Retry retry, List<String> prices) {

    JsonObject toJson() {
        Map<String, Long> made = counts.byOperation();
        JsonObject json = new JsonObject();
        made.forEach(json::put);
        json.put("answers", new JsonObject(new TreeMap<>(counts.byAnswer()))).put("times", times.toJson());
        json.put("retried", retry.retried()).put("throttled", retry.throttled());
        return prices.isEmpty() ? json : json.put("cost", new JsonObject().put("estimated", cost(made)));
    }

    private double cost(Map<String, Long> made) {
        Map<String, Double> each = new TreeMap<>();
        prices.forEach(price -> each.put(price.split(" ", 2)[0], Double.valueOf(price.split(" ", 2)[1])));
        double sum = 0;
        for (Map.Entry<String, Long> entry : made.entrySet()) {
            sum += entry.getValue() * each.getOrDefault(entry.getKey(), 0.0) / 1_000;
        }
        return Math.round(sum * 1e6) / 1e6;
    }
}
