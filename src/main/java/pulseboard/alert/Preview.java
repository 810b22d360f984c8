package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import pulseboard.alert.Transition.Kind;

/**
 * What a rule would have done: the same {@link Engine} over what the history kept. It runs twice: by the values that speak least for an
 * alert, and by those that speak most for it; what fires in both is certain, what fires in the second alone is possible. Not thread-safe.
 */
final class Preview {

    static final int MOST_KEYS = 200;
    private static final int MOST_EPISODES = 1_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int LOOK_EACH = 100;

    /** One way through the history. */
    private static final class Run {
        private final Engine engine;
        private final String kind;
        private final JsonObject state = new JsonObject();
        private final Map<String, List<JsonObject>> episodes = new TreeMap<>();
        private final Map<String, JsonObject> open = new HashMap<>();

        Run(Rule rule, String kind, long from) {
            this.kind = kind;
            engine = new Engine(
                    from - TimeUnit.HOURS.toMillis(1)); // Long enough ago for what may only be missing at the start.
            engine.rules(rule.board(), List.of(rule), from);
        }
    }

    private final Rule rule;
    private final Run least;
    private final Run most;
    private final Messenger messenger = new Messenger("", "");
    private final Map<String, Double> highest = new TreeMap<>();
    private long spentNanos;
    private long coarsestMilliseconds;
    private int messages;
    private long nextAt = Long.MAX_VALUE;
    private boolean isPartial;
    private long seenUntil;

    /** Begins at a moment of the history. */
    Preview(Rule rule, long from) {
        this.rule = rule;
        boolean isBelow = rule.levels().values().iterator().next().when().how() == Condition.How.BELOW;
        least = new Run(rule, isBelow ? "max" : "min", from);
        most = new Run(rule, isBelow ? "min" : "max", from);
        seenUntil = from;
        messenger.routing(Routing.of(new JsonObject(), List.of("any")), from);
    }

    /** Whether all the time that it may take is spent. */
    boolean isSpent() {
        return isPartial;
    }

    /** Whether nothing fires, is about to, or has just done so. */
    boolean isIdle() {
        return least.engine.all().isEmpty() && most.engine.all().isEmpty();
    }

    /** Nothing begins for a while, as the outline says; only while it is {@link #isIdle idle}. */
    void pass(Outline outline, long from, long to) {
        outline.addHighest(highest, from, to);
        deliver(List.of(), to);
        seenUntil = to;
    }

    /** Goes on with an answer of the history, later than those before. */
    void take(JsonObject answer) {
        long begin = cpuNanos();
        long step = answer.getLong("stepMilliseconds", 1_000L);
        long from = answer.getLong("from", 0L);
        int count = (int) ((answer.getLong("to", from) - from) / step);
        List<Column> columns = columns(answer.getJsonObject("series", new JsonObject()));
        coarsestMilliseconds = Math.max(coarsestMilliseconds, step);
        for (int bucket = 0; bucket < count && !isPartial; bucket++) {
            long at = from + bucket * step;
            take(least, columns, bucket, at);
            take(most, columns, bucket, at);
            seenUntil = at;
            isPartial = bucket % LOOK_EACH == 0 && spentNanos + cpuNanos() - begin > MOST_NANOS;
        }
        spentNanos += cpuNanos() - begin;
    }

    /** Of this thread: that others keep the machine busy does not count. */
    private static long cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }

    /** The values of one series, and where they belong. */
    private record Column(ValuePath path, String key, Map<String, List<?>> values) {}

    private List<Column> columns(JsonObject series) {
        List<Column> columns = new ArrayList<>();
        for (String name : series.fieldNames()) {
            for (ValuePath path : rule.paths()) {
                if (path.isLike(name)) {
                    JsonObject kinds = series.getJsonObject(name);
                    JsonArray most = kinds.getJsonArray("max", new JsonArray());
                    List<?> lowest = kinds.getJsonArray("min", most).getList();
                    Column column = new Column(path, path.keyOf(name), Map.of("min", lowest, "max", most.getList()));
                    columns.add(column);
                    if (path.equals(rule.watch())) {
                        addHighest(column.key, most.getList());
                    }
                }
            }
        }
        return columns;
    }

    private void addHighest(String key, List<?> values) {
        double most = Double.NEGATIVE_INFINITY;
        for (Object each : values) {
            most = each instanceof Number value ? Math.max(most, value.doubleValue()) : most;
        }
        if (most > Double.NEGATIVE_INFINITY) {
            highest.merge(key, most, Math::max);
        }
    }

    private void take(Run run, List<Column> columns, int bucket, long at) {
        for (Column column : columns) {
            List<?> values = column.values.getOrDefault(run.kind, List.of());
            column.path.put(run.state, column.key, bucket < values.size() ? values.get(bucket) : null);
        }
        run.engine.judge(rule.board(), run.state, at);
        List<Transition> became = run.engine.hasNews() ? run.engine.take(new Batch()) : List.of();
        for (Transition each : became) {
            note(run, each);
        }
        if (run == most) {
            deliver(became, at);
        }
    }

    private void note(Run run, Transition transition) {
        String key = transition.alert().getString("key", "");
        if (transition.kind().isEnd()) {
            JsonObject episode = run.open.remove(key);
            if (episode != null) {
                episode.put("to", transition.at());
            }
        } else if (transition.kind() == Kind.FIRING || transition.kind() == Kind.FLAPPING) {
            List<JsonObject> all = run.episodes.computeIfAbsent(key, missing -> new ArrayList<>());
            if (!run.open.containsKey(key) && all.size() < MOST_EPISODES) {
                JsonObject episode = JsonObject.of("from", transition.at());
                all.add(episode);
                run.open.put(key, episode);
            }
        }
        JsonObject episode = run.open.get(key);
        if (episode != null) {
            episode.put("level", transition.alert().getString("worst"));
        }
    }

    private void deliver(List<Transition> became, long at) {
        if (became.isEmpty() && nextAt > at) {
            return;
        }
        messenger.take(became, at);
        messenger.tick(at);
        for (Letter letter : messenger.due(at)) {
            messages++;
            messenger.sent(letter.message().id(), "", at);
        }
        nextAt = messenger.nextAt(at);
    }

    /** What came of it. */
    JsonObject result(long from) {
        JsonObject keys = new JsonObject();
        highest.forEach((key, value) -> keys.put(key, JsonObject.of("highest", Figures.rounded(value))));
        int count = 0;
        for (Map.Entry<String, List<JsonObject>> each : most.episodes.entrySet()) {
            List<JsonObject> certain = least.episodes.getOrDefault(each.getKey(), List.of());
            JsonArray episodes = new JsonArray();
            each.getValue().forEach(episode -> episodes.add(episode.put("certain", overlaps(episode, certain))));
            count += episodes.size();
            keys.getJsonObject(each.getKey()).put("episodes", episodes);
        }
        return JsonObject.of("from", from, "to", seenUntil, "keys", keys)
                .put("firingCount", count)
                .put("messageCount", messages)
                .put("partial", isPartial)
                .put("coarsestSeconds", coarsestMilliseconds / 1_000);
    }

    private static boolean overlaps(JsonObject episode, List<JsonObject> others) {
        long from = episode.getLong("from");
        long to = episode.getLong("to", Long.MAX_VALUE);
        return others.stream()
                .anyMatch(other -> other.getLong("from") <= to && other.getLong("to", Long.MAX_VALUE) >= from);
    }
}
