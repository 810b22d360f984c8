package pulseboard.history;

import java.util.Arrays;

/** One series in equal intervals of any length: of all that falls into each, the smallest, the mean over time, the largest. */
final class Downsampler implements PointSink {

    private final long from;
    private final long stepMilliseconds;
    private final float[] min;
    private final float[] max;
    private final double[] sum;
    private final long[] weight;

    Downsampler(long from, long stepMilliseconds, int count) {
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
        for (int bucket = first(at); bucket <= last; bucket++) {
            long start = from + bucket * stepMilliseconds;
            long shared = Math.min(at + length, start + stepMilliseconds) - Math.max(at, start);
            min[bucket] = Math.min(min[bucket], summary.min());
            max[bucket] = Math.max(max[bucket], summary.max());
            sum[bucket] += shared * (double) summary.average();
            weight[bucket] += shared;
        }
    }

    private int first(long at) {
        return (int) Math.max(0, Math.floorDiv(at - from, stepMilliseconds));
    }

    /** Nearly all fall into one bucket: what is kept divides the step of a result. */
    @Override
    public void add(long at, long length, Chunk chunk, int row) {
        int bucket = first(at);
        if (holds(bucket, at, length)) {
            widen(bucket, chunk.min(row), chunk.max(row));
            sum[bucket] += length * (double) chunk.average(row);
            weight[bucket] += length;
        } else {
            add(at, length, chunk.get(row));
        }
    }

    @Override
    public void add(long at, long length, float value) {
        int bucket = first(at);
        if (holds(bucket, at, length)) {
            widen(bucket, value, value);
            sum[bucket] += length * (double) value;
            weight[bucket] += length;
        } else {
            add(at, length, new Summary(value, value, value));
        }
    }

    private boolean holds(int bucket, long at, long length) {
        long start = from + bucket * stepMilliseconds;
        return bucket < weight.length && at >= start && at + length <= start + stepMilliseconds;
    }

    private void widen(int bucket, float least, float most) {
        min[bucket] = Math.min(min[bucket], least);
        max[bucket] = Math.max(max[bucket], most);
    }

    boolean isKnown(int bucket) {
        return weight[bucket] > 0;
    }

    /**
     * One number of a bucket; not a number when nothing is known.
     *
     * @param kind 0 for the minimum, 1 for the average, 2 for the maximum
     */
    float get(int kind, int bucket) {
        if (!isKnown(bucket)) {
            return Float.NaN;
        }
        return switch (kind) {
            case 0 -> min[bucket];
            case 1 -> Summary.mean(min[bucket], sum[bucket] / weight[bucket], max[bucket]);
            default -> max[bucket];
        };
    }
}
