package pulseboard.board.uploads.cloudplow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.List;

/** The accounts of a state of the board, as Cloudplow writes them. */
final class ServiceAccounts {

    private ServiceAccounts() {}

    /** As the board has them, by their names. */
    static List<JsonObject> sorted(JsonObject state) {
        return state.getJsonObject("accounts", new JsonObject()).stream()
                .map(entry -> (JsonObject) entry.getValue())
                .sorted(Comparator.comparing(each -> each.getString("name", "")))
                .toList();
    }

    /** An array by name, as ever: it alone has nothing around it. */
    static JsonArray of(JsonObject state, long now) {
        JsonArray all = new JsonArray();
        for (JsonObject account : sorted(state)) {
            String status = account.getString("status", "ready");
            JsonObject json = new JsonObject()
                    .put("sa_file", account.getString("name", ""))
                    .put("sa_file_full", account.getString("name", ""))
                    .put("status", status.equals("suspended") ? "complete" : status)
                    .put("used_gb", Shown.gigabytes(account.getLong("usedBytes", 0L)))
                    .put("quota_gb", Shown.gigabytes(account.getLong("quotaBytes", 0L)))
                    .put("percentage", Math.min(100, account.getDouble("usedPercent", 0.0)));
            Shown.size(json, "used_bytes", account.getLong("usedBytes", 0L));
            Shown.size(json, "quota_bytes", account.getLong("quotaBytes", 0L));
            if (account.containsKey("resetsAt")) {
                long at = account.getLong("resetsAt");
                json.put("reset_time", at / 1_000).put("reset_in", Shown.until(at - now));
            } else {
                json.put("reset_time", 0).put("reset_in", "Ready");
            }
            all.add(json);
        }
        return all;
    }
}
