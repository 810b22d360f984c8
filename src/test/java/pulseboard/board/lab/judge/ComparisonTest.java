package pulseboard.board.lab.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import pulseboard.board.lab.engine.Measurements;
import pulseboard.board.lab.judge.Comparison.Pair;
import pulseboard.board.lab.player.Scenario;
import pulseboard.board.lab.player.Scheduler.Kind;

/** What is said of pairs: a difference where there is one, and none where there is none. */
class ComparisonTest {

    private static final List<String> NODES = List.of("n1", "n2", "n3", "n4", "n5");
    private static final int PAIRS = 300;

    private static Comparison.Setting setting(Kind first, Kind second) {
        return new Comparison.Setting(Measurements.setup(), first, second, NODES);
    }

    private static Map<String, Difference> judge(Comparison.Setting setting, String scenario) {
        List<Pair> pairs = LongStream.range(0, PAIRS)
                .mapToObj(seed -> Comparison.simulate(setting, Scenario.of(scenario, NODES, seed), seed))
                .toList();
        return Comparison.judge(pairs, 1);
    }

    @Test
    void sameSeedIsTheSamePlay() {
        Scenario chaos = Scenario.of("chaos", NODES, 7);
        Comparison.Setting setting = setting(Kind.SCORE, Kind.ROUND_ROBIN);
        assertEquals(Comparison.simulate(setting, chaos, 7), Comparison.simulate(setting, chaos, 7));
    }

    @Test
    void schedulerBesideItselfShowsNoDifference() {
        judge(setting(Kind.SCORE, Kind.ROUND_ROBIN).control(), "chaos")
                .forEach((metric, difference) ->
                        assertEquals("no difference shown", difference.verdict(), metric + " " + difference));
    }

    @Test
    void withoutLinesThereIsNoDifference() {
        Scenario direct = Scenario.steady("direct", NODES, 20);
        List<Pair> pairs = LongStream.range(0, PAIRS)
                .mapToObj(seed -> Comparison.simulate(setting(Kind.SCORE, Kind.ROUND_ROBIN), direct, seed))
                .toList();
        Difference quality = Comparison.judge(pairs, 1).get("qualityOfExperience");
        assertEquals(new Difference(0, 0, 0, 0, PAIRS, 0), quality);
    }

    @Test
    void whoKnowsHowGoodTheLinesAreIsBetterWhereTheyDegrade() {
        Difference speed = Objects.requireNonNull(
                judge(setting(Kind.ORACLE, Kind.ROUND_ROBIN), "degradation").get("megabitsPerSecond"));
        assertEquals("better", speed.verdict(), speed::toString);
    }

    @Test
    void intervalHoldsTheMedianAndNarrowsWithMorePairs() {
        SplittableRandom random = new SplittableRandom(5);
        double[] many = random.doubles(400, -1, 3).toArray();
        Difference wide = Difference.of(java.util.Arrays.copyOf(many, 20), 1);
        Difference narrow = Difference.of(many, 1);
        assertTrue(wide.high() - wide.low() > narrow.high() - narrow.low());
        assertTrue(narrow.low() < 1 && narrow.high() > 1, narrow::toString);
        assertEquals("better", narrow.verdict());
        assertEquals(400, narrow.wins() + narrow.ties() + narrow.losses());
        assertEquals("too few pairs", Difference.of(new double[] {1, 2}, 1).verdict());
        assertThrows(IllegalArgumentException.class, () -> Difference.of(new double[0], 1));
    }
}
