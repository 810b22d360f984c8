package pulseboard.history;

import java.util.Arrays;

/** The last 15 minutes of every series, one value a second. */
final class Recent {

    /** How far back it goes: a question for 15 minutes begins a little earlier, and shall not have to ask the disk. */
    static final int SECONDS = 910;

    private static final long STEP_MILLISECONDS = 1_000;

    private final long[] seconds = new long[SECONDS];
    private float[][] columns = new float[0][];

    Recent() {
        Arrays.fill(seconds, -1);
    }

    /**
     * Takes the values of one second.
     *
     * @param second since 1970
     * @param values one for each series; not a number where there is none
     */
    void put(long second, float[] values) {
        if (values.length > columns.length) {
            grow(values.length);
        }
        int slot = Math.floorMod(second, SECONDS);
        seconds[slot] = second;
        for (int column = 0; column < columns.length; column++) {
            columns[column][slot] = column < values.length ? values[column] : Float.NaN;
        }
    }

    /** Hands over what it has of one series between two moments. */
    void read(int column, long from, long to, PointSink points) {
        for (int slot = 0; slot < SECONDS; slot++) {
            long at = seconds[slot] * STEP_MILLISECONDS;
            if (at >= from && at < to && column < columns.length && !Float.isNaN(columns[column][slot])) {
                points.add(at, STEP_MILLISECONDS, columns[column][slot]);
            }
        }
    }

    /** Start of the oldest second that it has, not counting any that lie in the future by a clock that was set back. */
    long oldest(long now) {
        long oldest = now;
        for (long second : seconds) {
            long at = second * STEP_MILLISECONDS;
            if (at > now - SECONDS * STEP_MILLISECONDS && at < oldest) {
                oldest = at;
            }
        }
        return oldest;
    }

    /** Forgets one series. */
    void clear(int column) {
        if (column < columns.length) {
            Arrays.fill(columns[column], Float.NaN);
        }
    }

    /** Forgets what was before that second. */
    void clearBefore(long second) {
        for (int slot = 0; slot < SECONDS; slot++) {
            seconds[slot] = seconds[slot] < second ? -1 : seconds[slot];
        }
    }

    private void grow(int length) {
        int before = columns.length;
        columns = Arrays.copyOf(columns, length);
        for (int column = before; column < length; column++) {
            columns[column] = new float[SECONDS];
            Arrays.fill(columns[column], Float.NaN);
        }
    }
}
