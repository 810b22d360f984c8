package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pulseboard.feed.BoardId;
import pulseboard.feed.BoardInfo;
import pulseboard.feed.RuleInfo;

/** Who is not heard of: boards of this machine that fell silent, and machines whose link is gone. Not thread-safe. */
final class Presence {

    /** A machine that is linked, here or to another hub, is not heard of. */
    static final String MACHINE_OFFLINE = "machine-offline";

    /** What is judged of {@link #state}; boards by their titles, machines by the names that they have here. */
    static final List<RuleInfo> RULES = List.of(
            RuleInfo.of("silent", "boards.*.silent", "there are no new figures of {{key}}")
                    .alarms("is true")
                    .helps("GET /api/health says which part does not answer; the log has more."),
            RuleInfo.of(MACHINE_OFFLINE, "machines.*.offline", "the machine {{key}} has not been heard from")
                    .alarms("is true for 1m")
                    .helps(
                            "Is it on, does its agent run, and can it reach this machine? Its log says why it does not link."));

    private final Map<String, Map<String, Boolean>> machines = new TreeMap<>();
    private boolean wasTrouble;

    /** A board is there, or says something else of itself. */
    void announced(BoardInfo board) {
        if (!board.id().isLocal()) {
            machines.computeIfAbsent(board.id().source(), missing -> new TreeMap<>())
                    .put(board.id().name(), !board.health().isLive());
        }
    }

    /** A board is gone; with its last one a machine is. */
    void withdrawn(BoardId board) {
        Map<String, Boolean> boards = machines.get(board.source());
        if (boards != null) {
            boards.remove(board.name());
            machines.values().removeIf(Map::isEmpty);
        }
    }

    /** Whether there is something to judge: trouble, or the end of some. */
    boolean isWorthJudging(Map<String, Boolean> silent) {
        boolean isTrouble =
                silent.containsValue(true) || machines.values().stream().anyMatch(boards -> boards.containsValue(true));
        boolean isWorth = isTrouble || wasTrouble;
        wasTrouble = isTrouble;
        return isWorth;
    }

    /** As if it were a board, with which boards are silent by their titles. */
    JsonObject state(Map<String, Boolean> silent) {
        JsonObject boards = new JsonObject();
        silent.forEach((title, isSilent) -> boards.put(title, JsonObject.of("silent", isSilent)));
        JsonObject linked = new JsonObject();
        machines.forEach((name, offline) -> linked.put(name, JsonObject.of("offline", offline.containsValue(true))));
        return JsonObject.of("boards", boards, "machines", linked);
    }
}
