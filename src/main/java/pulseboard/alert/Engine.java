package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pulseboard.alert.Transition.Kind;

/**
 * All rules of all boards, and what came of them. Time is told by the caller, in Unix milliseconds that never go back; what became
 * of alerts is taken by {@link #take}. Not thread-safe.
 */
final class Engine implements Told {

    /** The map of what is kept of each alert, by its id. */
    static final String ALERTS = "alerts";

    /** The map of what became of them, by time. */
    static final String HISTORY = "history";

    private static final long GRACE_MILLISECONDS = TimeUnit.SECONDS.toMillis(60);
    private static final long MISSING_BOARD_MILLISECONDS = TimeUnit.MINUTES.toMillis(10);

    /** One board: its rules, by name, and what it shows. */
    private static final class Watched {
        private final Map<String, WatchedRule> rules = new LinkedHashMap<>();
        private RuleIndex index = new RuleIndex();
        private @Nullable JsonObject state;
    }

    private final Map<String, Watched> boards = new HashMap<>();
    private final Map<String, JsonObject> waitingRecords = new TreeMap<>();
    private final Set<String> written = new HashSet<>();
    private final Set<Alert> changed = new LinkedHashSet<>();
    private final Set<String> goneRecords = new LinkedHashSet<>();
    private final List<Transition> transitions = new ArrayList<>();
    private long startedAt;
    private long now;

    /** Knows no rules yet. */
    Engine(long startedAt) {
        this.startedAt = startedAt;
        this.now = startedAt;
    }

    /** Takes up what was kept; each waits until its board brings its rule. */
    void resume(Map<String, JsonObject> records) {
        waitingRecords.putAll(records);
        written.addAll(records.keySet());
    }

    /** A board is there, with these rules. Alerts of rules that have changed are judged anew; those of rules that are gone end. */
    void rules(String board, Collection<Rule> rules, long at) {
        now = at;
        Watched watched = boards.computeIfAbsent(board, missing -> new Watched());
        Map<String, WatchedRule> before = new LinkedHashMap<>(watched.rules);
        watched.rules.clear();
        watched.index = new RuleIndex();
        for (Rule rule : rules) {
            WatchedRule old = before.remove(rule.name());
            WatchedRule same = old != null && old.rule().equals(rule) ? old : new WatchedRule(rule, this);
            if (old != null && old != same) {
                old.alerts().stream().filter(Alert::isKept).forEach(alert -> same.resume(alert.toRecord(at)));
            }
            watched.rules.put(rule.name(), same);
            watched.index.add(same);
        }
        before.values().forEach(WatchedRule::expire);
        resumeWaiting(board, watched);
        if (watched.state != null) {
            judge(board, watched.state, at);
        }
    }

    private void resumeWaiting(String board, Watched watched) {
        waitingRecords.values().removeIf(record -> {
            if (!board.equals(record.getString("board"))) {
                return false;
            }
            WatchedRule rule = watched.rules.get(record.getString("rule", ""));
            if (rule == null) {
                expire(record);
            } else {
                rule.resume(record);
            }
            return true;
        });
    }

    private void expire(JsonObject record) {
        String id =
                AlertId.of(record.getString("board", ""), record.getString("rule", ""), record.getString("key", ""));
        if (record.containsKey("alert")) {
            transitions.add(new Transition(id, Kind.EXPIRED, now, record.getJsonObject("alert")));
        }
        goneRecords.add(id);
    }

    /** Whether there is, or may be, something of a board. */
    boolean knows(String board) {
        return boards.containsKey(board)
                || waitingRecords.values().stream().anyMatch(record -> board.equals(record.getString("board")));
    }

    /** How many rules there are. */
    int size() {
        return boards.values().stream().mapToInt(each -> each.rules.size()).sum();
    }

    /** A board is gone: nothing is known of it, and nothing fires. */
    void forget(String board, long at) {
        now = at;
        Watched gone = boards.remove(board);
        if (gone != null) {
            gone.rules.values().forEach(WatchedRule::expire);
        }
    }

    /** The board has this state now; all its rules are judged. */
    void judge(String board, JsonObject state, long at) {
        now = at;
        Watched watched = boards.get(board);
        if (watched != null) {
            watched.state = state;
            watched.rules.values().forEach(rule -> rule.judge(state, at));
        }
    }

    /** The same after a change: only that is judged which the change is about. */
    void judge(String board, JsonObject state, JsonObject patch, long at) {
        now = at;
        Watched watched = boards.get(board);
        if (watched == null) {
            return;
        }
        watched.state = state;
        watched.index.find(patch, new RuleIndex.Found() {
            @Override
            public void one(WatchedRule rule, String key) {
                rule.judge(state, key, at);
            }

            @Override
            public void all(WatchedRule rule) {
                rule.judge(state, at);
            }
        });
    }

    /** When keys of rules get where these say: in Unix milliseconds by rule and key. */
    void forecasts(Map<String, Map<String, Long>> found, long at) {
        now = at;
        for (Watched watched : boards.values()) {
            watched.rules.forEach((name, rule) -> {
                Map<String, Long> keys = found.get(name);
                if (keys != null && watched.state != null) {
                    rule.forecasts(Map.copyOf(keys));
                    rule.judge(watched.state, at);
                }
            });
        }
    }

    /** Judges what only waits for its time. */
    void tick(long at) {
        now = at;
        for (Watched watched : boards.values()) {
            for (WatchedRule rule : watched.rules.values()) {
                if (watched.state != null && rule.isWaiting()) {
                    rule.judge(watched.state, at);
                }
            }
        }
        if (!waitingRecords.isEmpty() && at - startedAt >= MISSING_BOARD_MILLISECONDS) {
            waitingRecords.values().forEach(this::expire);
            waitingRecords.clear();
        }
    }

    /** The clock was set by so much: all that waits goes on as if it had not been. */
    void shift(long milliseconds) {
        now += milliseconds;
        startedAt += milliseconds;
        all().forEach(alert -> alert.shift(milliseconds));
    }

    /** Somebody has seen an alert. Returns whether it is there and fires. */
    boolean acknowledge(String id, Acknowledgement by) {
        now = by.at();
        Optional<Alert> alert = all().stream()
                .filter(each -> each.id().equals(id) && each.level().isPresent())
                .findFirst();
        alert.ifPresent(each -> each.acknowledge(by));
        return alert.isPresent();
    }

    @Override
    public void told(Alert alert, Kind kind) {
        transitions.add(new Transition(alert.id(), kind, now, alert.toJson(now)));
    }

    @Override
    public void changed(Alert alert) {
        changed.add(alert);
    }

    @Override
    public boolean isStarting() {
        return now - startedAt < GRACE_MILLISECONDS;
    }

    /** Whether something became of alerts, or is to be kept, that nobody took yet. */
    boolean hasNews() {
        return !transitions.isEmpty() || !changed.isEmpty() || !goneRecords.isEmpty();
    }

    /** The same while there is no maintenance. */
    List<Transition> take(Batch batch) {
        return take(batch, transition -> "");
    }

    /** What became of alerts since this was asked before; what is kept of it, with the maintenance that went on, is added to the batch. */
    List<Transition> take(Batch batch, Function<Transition, String> maintenance) {
        if (!hasNews()) {
            return List.of();
        }
        for (Alert alert : changed) {
            if (alert.isKept()) {
                batch.put(ALERTS, alert.id(), alert.toRecord(now));
                written.add(alert.id());
            } else if (written.remove(alert.id())) {
                batch.remove(ALERTS, alert.id());
            }
        }
        goneRecords.stream().filter(written::remove).forEach(id -> batch.remove(ALERTS, id));
        int row = 0;
        for (Transition each : transitions) {
            batch.put(
                    HISTORY, AlertStore.historyKey(each.at(), row++) + each.id(), each.toRow(maintenance.apply(each)));
        }
        List<Transition> taken = List.copyOf(transitions);
        transitions.clear();
        changed.clear();
        goneRecords.clear();
        return taken;
    }

    /** Whether nothing fires, nor is about to. Asked at each change, so nothing is collected for it. */
    boolean isQuiet() {
        return waitingRecords.isEmpty()
                && boards.values().stream()
                        .noneMatch(board -> board.rules.values().stream().anyMatch(WatchedRule::isShown));
    }

    /** When time alone may next change something that is shown, as {@link Hold#dueAt()} has it. Asked at each change. */
    long dueAt() {
        long due = waitingRecords.isEmpty() ? Long.MAX_VALUE : startedAt + MISSING_BOARD_MILLISECONDS;
        for (Watched watched : boards.values()) {
            for (WatchedRule rule : watched.rules.values()) {
                due = Math.min(due, rule.dueAt());
            }
        }
        return due;
    }

    /** All alerts, also those that nobody needs to see. */
    List<Alert> all() {
        List<Alert> all = new ArrayList<>();
        boards.values().forEach(board -> board.rules.values().forEach(rule -> all.addAll(rule.alerts())));
        return all;
    }

    /** What fires, or is about to, by its id, as it is on the board. */
    Map<String, JsonObject> shown(long at) {
        Map<String, JsonObject> shown = new TreeMap<>();
        waitingRecords.forEach((id, record) -> {
            if (record.containsKey("alert")) {
                shown.put(
                        id,
                        Objects.requireNonNull(record.getJsonObject("alert"))
                                .copy()
                                .put("unknown", true));
            }
        });
        all().stream().filter(Alert::isShown).forEach(alert -> shown.put(alert.id(), alert.toJson(at)));
        return shown;
    }
}
