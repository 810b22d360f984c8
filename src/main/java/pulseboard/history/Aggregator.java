package pulseboard.history;

/** The smallest, the mean and the largest of what was added since the last reset, of which each counts the same. */
final class Aggregator {

    private float min;
    private float max;
    private double sum;
    private int count;

    /** Takes a value; one that is not a number is left out. */
    void add(float value) {
        add(value, value, value);
    }

    /** Takes what is known of an interval, if anything is. */
    void add(Summary interval) {
        add(interval.min(), interval.average(), interval.max());
    }

    private void add(float least, float mean, float most) {
        if (Float.isNaN(mean)) {
            return;
        }
        min = count == 0 ? least : Math.min(min, least);
        max = count == 0 ? most : Math.max(max, most);
        sum += mean;
        count++;
    }

    /** All of it as one interval. */
    Summary summary() {
        return count == 0 ? Summary.NONE : Summary.of(min, sum / count, max);
    }

    /** Begins anew. */
    void reset() {
        sum = 0;
        count = 0;
    }
}
