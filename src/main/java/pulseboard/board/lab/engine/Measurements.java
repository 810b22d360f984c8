package pulseboard.board.lab.engine;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import pulseboard.board.lab.judge.Comparison;
import pulseboard.board.lab.player.Abr;
import pulseboard.board.lab.player.Ladder;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Session;

/** What the commands {@code lab bench} and {@code lab compare} measure, on a cluster of their own. Used on the event loop of its engine. */
public final class Measurements {

    private final Vertx vertx;
    private final Engine engine;

    /** Of an engine that has been started. */
    public Measurements(Vertx vertx, Engine engine) {
        this.vertx = vertx;
        this.engine = engine;
    }

    /**
     * What is to be measured.
     *
     * @param tests names of benchmarks; none: all
     * @param seed of what is played
     * @param isStopped whether the nodes are killed before, so that each benchmark has to fail
     */
    public record Benches(List<String> tests, long seed, boolean isStopped) {

        /**
         * Checks the names.
         *
         * @throws IllegalArgumentException when there is no such benchmark
         */
        public Benches {
            tests = List.copyOf(tests);
            for (String test : tests) {
                if (Arrays.stream(Benchmark.values())
                        .noneMatch(each -> each.text().equals(test))) {
                    throw new IllegalArgumentException(
                            "there is no benchmark " + test + "; those there are: " + Benchmark.names());
                }
            }
        }

        private List<Benchmark> which() {
            return Arrays.stream(Benchmark.values())
                    .filter(each -> tests.isEmpty() || tests.contains(each.text()))
                    .toList();
        }
    }

    /**
     * Measures; says a line as soon as it is known.
     *
     * @return {@code {"seed":1,"passed":true,"machine":{…},"results":[{"number":1,"name":…,"state":"passed","value":…,"all":[…]}]}}
     */
    public Future<JsonObject> bench(Benches what, Consumer<String> say) {
        Bench bench = new Bench(vertx, engine.parts(), what.seed);
        return bench.prepare()
                .compose(ready -> what.isStopped ? engine.parts().cluster().stop() : Future.succeededFuture())
                .compose(ready -> bench.run(what.which(), result -> say.accept(line(result))))
                .map(results -> new JsonObject()
                        .put("seed", what.seed)
                        .put("at", System.currentTimeMillis())
                        .put(
                                "passed",
                                results.stream().allMatch(each -> each.state().equals("passed")))
                        .put("machine", machine())
                        .put(
                                "results",
                                new JsonArray(results.stream()
                                        .map(BenchResult::toFullJson)
                                        .toList())));
    }

    /**
     * Injects faults for so many seconds.
     *
     * @param each hears of each fault, once it is over
     * @return {@code {"seed","passed","faults":[{"number","kind","node","atSeconds","injected","measured","isReal","recoveredMilliseconds"}],"counts":
     *     {KIND: n},"stalls","put","refused","chunks","unreadable":[…]}}
     */
    public Future<JsonObject> chaos(long seed, int seconds, Consumer<JsonObject> each) {
        return new Chaos(vertx, engine.parts(), seed).run(seconds, each);
    }

    private static JsonObject machine() {
        return new JsonObject()
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("java", System.getProperty("java.vm.version", ""))
                .put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""))
                .put("architecture", System.getProperty("os.arch", ""));
    }

    private static String line(BenchResult result) {
        Benchmark what = result.what();
        String value = Double.isNaN(result.value())
                ? "n/a"
                : String.format(Locale.ROOT, "%.1f %s", result.value(), what.unit())
                        .strip();
        String line = String.format(
                Locale.ROOT,
                "%2d  %-52s %16s   %-8s %s",
                what.number(),
                what.description(),
                value,
                result.state(),
                what.target());
        return result.note().isEmpty() ? line : line + "   (" + result.note() + ")";
    }

    /** Pairs that really play, one at a time: of each scenario the pair with its seed. */
    public Future<List<Comparison.Pair>> pairs(Comparison.Setting setting, List<Scenario> scenarios, List<Long> seeds) {
        BenchStock stock = new BenchStock(vertx, engine.parts(), seeds.get(0), List.of("1m", "3m", "6m", "12m"));
        List<Comparison.Pair> all = new ArrayList<>();
        RealPairs pairs = new RealPairs(vertx, engine.parts(), stock.video("1m", "3m", "6m", "12m"), setting);
        Future<?> before = stock.put();
        for (int n = 0; n < seeds.size(); n++) {
            long seed = seeds.get(n);
            Scenario scenario = scenarios.get(n);
            before = before.compose(done -> pairs.play(scenario, seed)).onSuccess(all::add);
        }
        return before.map(done -> all);
    }

    /** What the players of a comparison play: 1, 3, 6 or 12 Mbit/s in segments of two seconds. */
    public static Session.Setup setup() {
        return Session.Setup.of(new Ladder(2, List.of(1.0, 3.0, 6.0, 12.0)), Abr.DYNAMIC);
    }
}
