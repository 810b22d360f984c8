package pulseboard.history;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One resolution of what is on disk.
 *
 * @param stepMilliseconds how much time one row stands for
 * @param keptMilliseconds how long rows are kept
 * @param rowsPerBlock how many rows of one series are compressed together once they are complete
 */
record Tier(long stepMilliseconds, long keptMilliseconds, int rowsPerBlock) {

    /** The step of the first tier. */
    static final int FINEST_SECONDS = 10;

    /** From fine to coarse; the step of each is a multiple of the one before. */
    static List<Tier> of(HistoryConfig config) {
        return List.of(
                tier(FINEST_SECONDS, Math.min(1, config.days()), 360),
                tier(60, Math.min(30, config.days()), 360),
                tier(900, config.days(), 384));
    }

    private static Tier tier(int stepSeconds, int days, int rowsPerBlock) {
        return new Tier(TimeUnit.SECONDS.toMillis(stepSeconds), TimeUnit.DAYS.toMillis(days), rowsPerBlock);
    }

    /** How much time one block stands for. */
    long blockMilliseconds() {
        return stepMilliseconds * rowsPerBlock;
    }

    /** The start of the interval that this moment is in. */
    long floor(long at) {
        return Math.floorDiv(at, stepMilliseconds) * stepMilliseconds;
    }

    /** The number of the block that this moment is in. */
    long block(long at) {
        return Math.floorDiv(at, blockMilliseconds());
    }
}
