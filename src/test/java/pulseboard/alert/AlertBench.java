package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import pulseboard.board.host.HostRules;
import pulseboard.feed.MergePatch;

/** CPU of judging one change with 60 rules; the floor is applying that change. And of a preview; its floor is reading the history. */
public final class AlertBench {

    private static final int WARM_UP = 20_000;
    private static final int ROUNDS = 20_000;
    private static final int RULES = 60;
    private static final long START = 1_700_000_000_000L;
    private static final int MONTH_MINUTES = 30 * 24 * 60;

    private AlertBench() {}

    /** Prints the table for a state such as the host board's. */
    public static void run(JsonObject state) {
        JsonObject[] states = {variant(state, 0), variant(state, 1)};
        JsonObject[] patches = {MergePatch.diff(states[1], states[0]), MergePatch.diff(states[0], states[1])};
        Object[] applied = {states[0]};
        double floor = measure(round -> applied[0] = MergePatch.apply(applied[0], patches[round & 1]));
        Engine engine = new Engine(START);
        engine.rules("host", rules(), START);
        engine.judge("host", states[0], START);
        double judge = measure(round -> engine.judge("host", states[round & 1], patches[round & 1], START + round));
        double tick = measure(round -> engine.tick(START + round));
        System.out.printf(
                "%nCPU of judging one change with %d rules, microseconds; floor: applying it, %.1f (%d bytes)%n",
                engine.size(), floor, patches[0].encode().length());
        System.out.printf("%-34s %8s %8s%n", "", "us", "ratio");
        System.out.printf("%-34s %8.1f %8.2f%n", "judging it", judge, judge / floor);
        System.out.printf("%-34s %8.1f %8.2f%n", "each second while all is well", tick, tick / floor);
        preview();
    }

    private static void preview() {
        JsonArray values = new JsonArray();
        for (int minute = 0; minute < MONTH_MINUTES; minute++) {
            values.add(50 + 40 * Math.sin(minute / 700.0));
        }
        String text = JsonObject.of("from", START, "to", START + MONTH_MINUTES * 60_000L, "stepMilliseconds", 60_000)
                .put("series", JsonObject.of("v.x", JsonObject.of("min", values, "average", values, "max", values)))
                .encode();
        Rule rule = RuleReader.read(RuleLine.read("rule", "b:v.x above 80 for 5m"), "bench", Marks.NONE);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] best = {Double.MAX_VALUE, Double.MAX_VALUE};
        for (int round = 0; round < 10; round++) {
            long start = threads.getCurrentThreadCpuTime();
            JsonObject read = new JsonObject(text);
            long parsed = threads.getCurrentThreadCpuTime();
            new Preview(rule, START).take(read);
            best[0] = Math.min(best[0], (parsed - start) / 1e6);
            best[1] = Math.min(best[1], (threads.getCurrentThreadCpuTime() - parsed) / 1e6);
        }
        System.out.printf(
                "preview of 30 days, one series: %.0f ms; taking the history's answer apart alone: %.0f ms (%.2f)%n",
                best[1], best[0], best[1] / best[0]);
    }

    /** Those of the host, and as many again with other limits. */
    private static List<Rule> rules() {
        List<Rule> all = new ArrayList<>();
        for (int copy = 0; all.size() < RULES; copy++) {
            RuleBook book = new RuleBook();
            book.announced("host", HostRules.ALL);
            for (Rule rule : book.published().rules().getOrDefault("host", List.of())) {
                JsonObject json = rule.toJson();
                String name = json.getString("name") + "-" + copy;
                if (all.size() < RULES) {
                    all.add(new Rule(
                            name,
                            rule.board(),
                            rule.watch(),
                            rule.of(),
                            rule.meanMilliseconds(),
                            rule.levels(),
                            rule.unless(),
                            rule.texts(),
                            "bench"));
                }
            }
        }
        return all;
    }

    /** As much as changes in a second. */
    private static JsonObject variant(JsonObject state, int which) {
        JsonObject copy = state.copy();
        copy.getJsonObject("cpu").put("busyPercent", 1.5 + which).put("contextSwitchesPerSecond", 150 + which);
        copy.getJsonObject("memory").put("usedPercent", 40.5 + which).put("availableBytes", 4_000_000_000L + which);
        if (copy.containsKey("pressure")) {
            copy.put("pressure", JsonObject.of("cpu", JsonObject.of("someAvg10Percent", 1.5 + which)));
        }
        return copy;
    }

    private static double measure(IntConsumer work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < WARM_UP; round++) {
            work.accept(round);
        }
        long start = threads.getCurrentThreadCpuTime();
        for (int round = 0; round < ROUNDS; round++) {
            work.accept(round);
        }
        return (threads.getCurrentThreadCpuTime() - start) / 1e3 / ROUNDS;
    }
}
