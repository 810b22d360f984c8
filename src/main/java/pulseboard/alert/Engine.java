package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.RuleInfo;

/**
 * All rules of all boards, and what came of them. Holds go by the time that the caller says, in milliseconds that never go back;
 * when something began is told by the clock of the day. Not thread-safe.
 */
final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final LongSupplier clock;
    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final Map<String, JsonObject> states = new HashMap<>();
    private final Map<String, Map<String, Alert>> alerts = new HashMap<>();

    /** Knows no rules yet. The clock tells Unix milliseconds. */
    Engine(LongSupplier clock) {
        this.clock = clock;
    }

    /** A board is there and brings these rules; one that cannot be understood is left out, with a line in the log. */
    void rules(String board, List<RuleInfo> infos) {
        List<Rule> understood = new ArrayList<>();
        for (RuleInfo info : infos) {
            try {
                understood.add(Rule.of(info));
            } catch (IllegalArgumentException e) {
                LOG.warn("The rule {} of the board {} is left out: {}", info.name(), board, e.getMessage());
            }
        }
        rules.put(board, understood);
        alerts.computeIfAbsent(board, missing -> new HashMap<>());
    }

    /** How many rules there are. */
    int size() {
        return rules.values().stream().mapToInt(List::size).sum();
    }

    /** A board is gone: nothing is known of it, and nothing fires. */
    void forget(String board) {
        rules.remove(board);
        states.remove(board);
        alerts.remove(board);
    }

    /** The board has this state now; all its rules are judged. */
    void judge(String board, JsonObject state, long now) {
        judge(board, state, rule -> true, now);
    }

    /** The same after a change: only rules are judged that look where something changed. */
    void judge(String board, JsonObject state, JsonObject patch, long now) {
        judge(board, state, rule -> patch.containsKey(rule.section()), now);
    }

    private void judge(String board, JsonObject state, Predicate<Rule> isConcerned, long now) {
        states.put(board, state);
        for (Rule rule : rules.getOrDefault(board, List.of())) {
            if (isConcerned.test(rule)) {
                judge(board, rule, state, now);
            }
        }
    }

    private void judge(String board, Rule rule, JsonObject state, long now) {
        Map<String, Alert> ofBoard = alerts.computeIfAbsent(board, missing -> new HashMap<>());
        Map<String, @Nullable Object> values = rule.values(state);
        values.forEach((key, value) -> {
            if (value != null || ofBoard.containsKey(id(rule, key))) {
                ofBoard.computeIfAbsent(id(rule, key), missing -> new Alert(board, rule, key, clock))
                        .judge(value, now);
            }
        });
        // What is gone altogether, such as a disk that was taken out, is no trouble any more; a whole part that is gone
        // is unknown.
        boolean isKnown = rule.isOne() || state.containsKey(rule.section());
        ofBoard.values()
                .removeIf(alert ->
                        alert.rule().equals(rule) && (alert.isOver() || (isKnown && !values.containsKey(alert.key()))));
    }

    private static String id(Rule rule, String key) {
        return rule.name() + "/" + key;
    }

    /** Judges what only waits for its time. */
    void tick(long now) {
        for (Map.Entry<String, Map<String, Alert>> each : alerts.entrySet()) {
            JsonObject state = states.get(each.getKey());
            Set<Rule> waiting = new HashSet<>();
            each.getValue().values().stream().filter(Alert::isWaiting).forEach(alert -> waiting.add(alert.rule()));
            if (state != null) {
                waiting.forEach(rule -> judge(each.getKey(), rule, state, now));
            }
        }
    }

    /** Whether nothing fires, nor is about to. */
    boolean isQuiet() {
        return alerts.values().stream().allMatch(Map::isEmpty);
    }

    /** What fires, or is about to, by its id. */
    Map<String, Alert> alerts() {
        Map<String, Alert> all = new TreeMap<>();
        alerts.values().forEach(ofBoard -> ofBoard.values().forEach(alert -> all.put(alert.id(), alert)));
        return all;
    }
}
