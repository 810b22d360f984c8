package pulseboard.history;

/** Takes what is known of one series, interval by interval, in no particular order. */
interface PointSink {

    /**
     * Takes one interval of which something is known.
     *
     * @param at start of the interval, Unix milliseconds
     * @param stepMilliseconds its length
     */
    void add(long at, long stepMilliseconds, Summary summary);

    /** The same of a row of a chunk, without an object for each. */
    default void add(long at, long stepMilliseconds, Chunk chunk, int row) {
        add(at, stepMilliseconds, chunk.get(row));
    }

    /** The same of an interval in which the value was always this one. */
    default void add(long at, long stepMilliseconds, float value) {
        add(at, stepMilliseconds, new Summary(value, value, value));
    }
}
