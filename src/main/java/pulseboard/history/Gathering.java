package pulseboard.history;

import java.util.Arrays;

/** Minimum, average and maximum of every series since the last reset. */
final class Gathering {

    private float[] min = new float[0];
    private float[] max = new float[0];
    private double[] sum = new double[0];
    private int[] count = new int[0];

    /** Takes one value of each series; those that are not a number are left out. */
    void add(float[] values) {
        if (values.length > min.length) {
            grow(values.length);
        }
        for (int column = 0; column < values.length; column++) {
            float value = values[column];
            if (!Float.isNaN(value)) {
                boolean isFirst = count[column]++ == 0;
                min[column] = isFirst ? value : Math.min(min[column], value);
                max[column] = isFirst ? value : Math.max(max[column], value);
                sum[column] += value;
            }
        }
    }

    /** What was gathered of one series. */
    Summary summary(int column) {
        if (column >= count.length || count[column] == 0) {
            return Summary.NONE;
        }
        return Summary.of(min[column], sum[column] / count[column], max[column]);
    }

    /** Begins anew. */
    void reset() {
        Arrays.fill(count, 0);
        Arrays.fill(sum, 0);
    }

    /** Forgets one series. */
    void clear(int column) {
        if (column < count.length) {
            count[column] = 0;
            sum[column] = 0;
        }
    }

    private void grow(int length) {
        min = Arrays.copyOf(min, length);
        max = Arrays.copyOf(max, length);
        sum = Arrays.copyOf(sum, length);
        count = Arrays.copyOf(count, length);
    }
}
