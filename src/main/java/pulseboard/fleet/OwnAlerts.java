package pulseboard.fleet;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a machine that judges itself says of itself, counted for the list: its board of alerts as it came, which may be anything. */
final class OwnAlerts {

    static final String BOARD = "alerts";

    private OwnAlerts() {}

    /** {@code criticalCount} and {@code warningCount} of those that fire; nothing of a machine that does not judge itself. */
    static JsonObject counts(@Nullable JsonObject state) {
        if (state == null || !(state.getValue(BOARD) instanceof JsonObject alerts)) {
            return new JsonObject();
        }
        int critical = 0;
        int warnings = 0;
        for (Map.Entry<String, Object> each : alerts) {
            if (each.getValue() instanceof JsonObject alert && isOfItself(alert)) {
                Object level = alert.getValue("level");
                critical += "critical".equals(level) ? 1 : 0;
                warnings += "warning".equals(level) ? 1 : 0;
            }
        }
        return JsonObject.of("criticalCount", critical, "warningCount", warnings);
    }

    /** What a hub says of the machines that it shows counts for them. */
    private static boolean isOfItself(JsonObject alert) {
        return !(alert.getValue("board") instanceof String board)
                || !(board.equals(FleetInfo.BOARD) || board.contains("/"));
    }
}
