package pulseboard.board.lab.judge;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What paired differences say: their median, and the interval in which it lies with 95 % confidence, by the bootstrap (Efron 1979).
 *
 * @param median of all differences
 * @param low the lower end of the interval
 * @param high its upper end
 * @param wins how many are above zero
 * @param ties how many are zero
 * @param losses how many are below
 */
public record Difference(double median, double low, double high, int wins, int ties, int losses) {

    private static final int DRAWS = 10_000;
    private static final int LEAST_PAIRS = 6;
    private static final double TAIL = 0.025;
    private static final double NOTHING = 1e-9;

    /**
     * Of these differences, each counted so that above zero is better.
     *
     * @param seed of the draws
     * @throws IllegalArgumentException when there is none
     */
    public static Difference of(double[] differences, long seed) {
        if (differences.length == 0) {
            throw new IllegalArgumentException("no pair, no difference");
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] medians = new double[DRAWS];
        double[] drawn = new double[differences.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int n = 0; n < drawn.length; n++) {
                drawn[n] = differences[random.nextInt(differences.length)];
            }
            medians[draw] = median(drawn);
        }
        Arrays.sort(medians);
        int wins = 0;
        int losses = 0;
        for (double each : differences) {
            wins += each > NOTHING ? 1 : 0;
            losses += each < -NOTHING ? 1 : 0;
        }
        int ties = differences.length - wins - losses;
        int tail = (int) (DRAWS * TAIL);
        return new Difference(
                median(differences.clone()), medians[tail], medians[DRAWS - 1 - tail], wins, ties, losses);
    }

    /** The median; sorts what it is given. */
    static double median(double[] values) {
        Arrays.sort(values);
        int half = values.length / 2;
        return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    }

    /**
     * {@code better} or {@code worse} where the interval leaves out zero, {@code no difference shown} where it does not, and {@code too few pairs}
     * below six: as many could all be of one sign by chance more often than once in twenty times.
     */
    public String verdict() {
        if (wins + ties + losses < LEAST_PAIRS) {
            return "too few pairs";
        }
        return low > NOTHING ? "better" : high < -NOTHING ? "worse" : "no difference shown";
    }

    /** As boards and files have it: {@code {"median","low","high","wins","ties","losses","verdict"}}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("median", rounded(median))
                .put("low", rounded(low))
                .put("high", rounded(high))
                .put("wins", wins)
                .put("ties", ties)
                .put("losses", losses)
                .put("verdict", verdict());
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1e3;
    }
}
