package pulseboard.history;

import java.util.Arrays;

/** Some hundred intervals of one series, in columns. */
final class Chunk {

    private final float[] min;
    private final float[] average;
    private final float[] max;

    /** Makes one without anything known. */
    Chunk(int rows) {
        min = new float[rows];
        average = new float[rows];
        max = new float[rows];
        Arrays.fill(average, Float.NaN);
    }

    void set(int row, Summary summary) {
        set(row, summary.min(), summary.average(), summary.max());
    }

    void set(int row, float least, float mean, float most) {
        min[row] = least;
        average[row] = mean;
        max[row] = most;
    }

    Summary get(int row) {
        return isKnown(row) ? new Summary(min[row], average[row], max[row]) : Summary.NONE;
    }

    boolean isKnown(int row) {
        return !Float.isNaN(average[row]);
    }

    float min(int row) {
        return min[row];
    }

    float average(int row) {
        return average[row];
    }

    float max(int row) {
        return max[row];
    }

    int rows() {
        return average.length;
    }
}
