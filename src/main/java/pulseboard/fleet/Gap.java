package pulseboard.fleet;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The time of which the history has nothing of a machine, and which that machine knows itself. Moments are Unix milliseconds by this
 * machine's clock, and begin an interval of the history's.
 *
 * @param machine its id
 * @param from the begin of the first interval
 * @param to the end of the last: with that in which it linked, which was only seen in part, and the one after
 * @param aheadMilliseconds how far its clock is ahead of this one's, to the nearest interval: its rows stay what they are
 */
record Gap(String machine, long from, long to, long aheadMilliseconds) {

    /** How long an interval of the history's finest rows is. */
    static final long STEP_MILLISECONDS = 10_000;

    /** A link that is away for less leaves no row out. */
    private static final long LEAST_MILLISECONDS = 15_000;

    /** For so long there are such rows, here and there. */
    private static final long MOST_MILLISECONDS = TimeUnit.DAYS.toMillis(1);

    /** By then the machine has written the last interval, though its clock may be half an interval behind, and so has the history here. */
    private static final long READY_MILLISECONDS = 8_000;

    /**
     * What is known of the past here.
     *
     * @param newest the begin of the newest row that is kept; 0: none is
     * @param since when the gap began that was not filled when its link ended before; 0: there is none
     * @param heardAt when it was last heard of, or somewhat before; 0: not known. Rows may be newer: they say what was last known
     */
    record Known(long newest, long since, long heardAt) {}

    /** That of a machine which links now; nothing where no row is missing, or none was ever kept. */
    static Optional<Gap> of(String machine, Known known, long now, long skewMilliseconds) {
        if (known.newest == 0) {
            return Optional.empty();
        }
        long begin = known.heardAt > 0 ? Math.min(known.newest, known.heardAt) : known.newest;
        if (known.since > now - MOST_MILLISECONDS) {
            begin = Math.min(begin, known.since);
        }
        return now - begin <= LEAST_MILLISECONDS
                ? Optional.empty()
                : Optional.of(new Gap(
                        machine,
                        floor(Math.max(begin, now - MOST_MILLISECONDS)),
                        floor(now) + 2 * STEP_MILLISECONDS,
                        Math.round((double) skewMilliseconds / STEP_MILLISECONDS) * STEP_MILLISECONDS));
    }

    private static long floor(long at) {
        return Math.floorDiv(at, STEP_MILLISECONDS) * STEP_MILLISECONDS;
    }

    /** From when on the machine can be asked for all of it. */
    long dueAt() {
        return to + READY_MILLISECONDS;
    }
}
