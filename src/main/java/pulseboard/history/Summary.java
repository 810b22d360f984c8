package pulseboard.history;

/**
 * What is kept of one series in one interval: 24 bits of precision, which are seven digits.
 *
 * @param min the smallest value
 * @param average the mean over time; not a number where nothing is known
 * @param max the largest value
 */
record Summary(float min, float average, float max) {

    /** Nothing is known. */
    static final Summary NONE = new Summary(Float.NaN, Float.NaN, Float.NaN);

    /** With such a {@link #mean}. */
    static Summary of(float min, double mean, float max) {
        return new Summary(min, mean(min, mean, max), max);
    }

    /** A mean that was summed up more exactly: rounded, it is still between the two others. */
    static float mean(float min, double mean, float max) {
        return Math.max(min, Math.min(max, (float) mean));
    }

    boolean isNone() {
        return Float.isNaN(average);
    }

    /** Both intervals together, each as long as the other. */
    Summary with(Summary other) {
        if (isNone()) {
            return other;
        }
        return other.isNone()
                ? this
                : new Summary(Math.min(min, other.min), (average + other.average) / 2, Math.max(max, other.max));
    }
}
