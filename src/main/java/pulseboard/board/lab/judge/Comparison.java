package pulseboard.board.lab.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import pulseboard.board.lab.player.Outcome;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler;
import pulseboard.board.lab.player.Session;
import pulseboard.board.lab.player.Simulation;

/** Pairs of plays which differ in the scheduler only: the same lines, the same chance, the same everything else. */
public final class Comparison {

    private static final long TWIN = 1_000_003;

    private Comparison() {}

    /**
     * Two plays of one seed.
     *
     * @param seed of both
     * @param first the play of the one scheduler
     * @param second that of the other
     */
    public record Pair(long seed, Outcome first, Outcome second) {}

    /**
     * What is compared.
     *
     * @param setup of both players
     * @param first the one scheduler
     * @param second the other
     * @param nodes that they play from
     */
    public record Setting(Session.Setup setup, Scheduler.Kind first, Scheduler.Kind second, List<String> nodes) {

        /** Copies. */
        public Setting {
            nodes = List.copyOf(nodes);
        }

        /** A control: both are the same, on lines whose chance differs, so that there is nothing to be found. */
        public Setting control() {
            return new Setting(setup, second, second, nodes);
        }
    }

    /** One pair in simulated time. Two of the same kind get different chance: alike in everything they would be equal for certain. */
    public static Pair simulate(Setting setting, Scenario scenario, long seed) {
        long other = setting.first == setting.second ? seed * TWIN : seed;
        return new Pair(
                seed,
                Simulation.play(new Simulation.Setting(setting.setup, setting.first, setting.nodes, scenario, seed)),
                Simulation.play(new Simulation.Setting(setting.setup, setting.second, setting.nodes, scenario, other)));
    }

    /** So many pairs in simulated time, each with the next seed, and with the scenario of that seed. */
    public static List<Pair> simulate(Setting setting, LongFunction<Scenario> scenario, long firstSeed, int pairs) {
        return LongStream.range(firstSeed, firstSeed + pairs)
                .mapToObj(seed -> simulate(setting, scenario.apply(seed), seed))
                .toList();
    }

    /** What the pairs say, by metric. */
    public static Map<String, Difference> judge(List<Pair> pairs, long seed) {
        Map<String, Difference> said = new LinkedHashMap<>();
        for (Metric metric : Metric.ALL) {
            double[] gains = pairs.stream()
                    .mapToDouble(pair -> metric.gain(pair.first, pair.second))
                    .toArray();
            said.put(metric.name(), Difference.of(gains, seed));
        }
        return said;
    }
}
