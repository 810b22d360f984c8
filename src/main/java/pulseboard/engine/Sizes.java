package pulseboard.engine;

import java.util.Arrays;

/**
 * How large things are: their number, sum, mean, largest and percentiles. Percentiles are the nearest rank, exact up to 50,000
 * sizes; beyond, each value is within 0.8 %. Memory does not grow beyond half a megabyte. Not thread-safe.
 */
public final class Sizes {

    private static final int MOST_EXACT = 50_000;
    private static final int STEPS = 128;
    private static final int OCTAVES = 63;
    private static final int FIRST = 64;

    private long[] exact = new long[FIRST];
    private int[] steps = new int[0];
    private long zeros;
    private long count;
    private double sum;
    private double squares;
    private long largest;

    /** One of this size, which is not below 0. */
    public void add(long size) {
        if (count < MOST_EXACT) {
            if (count == exact.length) {
                exact = Arrays.copyOf(exact, Math.min(MOST_EXACT, exact.length * 4));
            }
            exact[(int) count] = size;
        } else {
            if (steps.length == 0) {
                coarsen();
            }
            step(size);
        }
        count++;
        sum += size;
        squares += (double) size * size;
        largest = Math.max(largest, size);
    }

    private void coarsen() {
        steps = new int[STEPS * OCTAVES];
        for (int index = 0; index < count; index++) {
            step(exact[index]);
        }
        exact = new long[0];
    }

    private void step(long size) {
        if (size == 0) {
            zeros++;
        } else {
            steps[(int) Math.min(steps.length - 1, Math.log((double) size) / Math.log(2) * STEPS)]++;
        }
    }

    /** How many. */
    public long count() {
        return count;
    }

    /** All together. */
    public double sum() {
        return sum;
    }

    /** 0 where there are none. */
    public double mean() {
        return count == 0 ? 0 : sum / count;
    }

    /** The standard deviation of all of them. */
    public double deviation() {
        return count == 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean() * mean()));
    }

    /** 0 where there are none. */
    public long largest() {
        return largest;
    }

    /** The ⌈p·n/100⌉-th smallest; 0 where there are none. */
    public long percentile(double percent) {
        long rank = Math.max(1, (long) Math.ceil(percent * count / 100));
        if (count == 0) {
            return 0;
        }
        if (steps.length == 0) {
            long[] sorted = Arrays.copyOf(exact, (int) count);
            Arrays.sort(sorted);
            return sorted[(int) rank - 1];
        }
        long passed = zeros;
        for (int step = 0; step < steps.length; step++) {
            if (passed >= rank) {
                return step == 0 ? 0 : valueOf(step - 1);
            }
            passed += steps[step];
        }
        return largest;
    }

    /** The middle of a step; whole numbers below 128 have one of their own. */
    private long valueOf(int step) {
        double value = Math.pow(2, (step + 0.5) / STEPS);
        return Math.min(
                largest,
                value < STEPS ? (long) Math.ceil(Math.pow(2, (double) step / STEPS) - 1e-9) : Math.round(value));
    }
}
