package pulseboard.history;

import java.util.Arrays;

/** One series in equal intervals of any length: of whatever falls into each, the smallest, the mean over time, the largest. */
final class Buckets implements Points {

    private final long from;
    private final long stepMilliseconds;
    private final float[] min;
    private final float[] max;
    private final double[] sum;
    private final long[] weight;

    Buckets(long from, long stepMilliseconds, int count) {
        this.from = from;
        this.stepMilliseconds = stepMilliseconds;
        this.min = new float[count];
        this.max = new float[count];
        this.sum = new double[count];
        this.weight = new long[count];
        Arrays.fill(min, Float.POSITIVE_INFINITY);
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
    }

    @Override
    public void add(long at, long length, Summary summary) {
        int last = (int) Math.min(weight.length - 1, Math.floorDiv(at + length - 1 - from, stepMilliseconds));
        for (int bucket = (int) Math.max(0, Math.floorDiv(at - from, stepMilliseconds)); bucket <= last; bucket++) {
            long start = from + bucket * stepMilliseconds;
            long shared = Math.min(at + length, start + stepMilliseconds) - Math.max(at, start);
            min[bucket] = Math.min(min[bucket], summary.min());
            max[bucket] = Math.max(max[bucket], summary.max());
            sum[bucket] += shared * (double) summary.average();
            weight[bucket] += shared;
        }
    }

    /** What is known of one bucket. */
    Summary get(int bucket) {
        if (weight[bucket] == 0) {
            return Summary.NONE;
        }
        return Summary.of(min[bucket], sum[bucket] / weight[bucket], max[bucket]);
    }
}
