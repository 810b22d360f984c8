package pulseboard.board.s3.engine;

import pulseboard.board.s3.JobConfig;

/**
 * What one run does otherwise than the settings say.
 *
 * @param isDryRun whether nothing is to be changed, and only what would be is told
 * @param isFull whether what is known of earlier runs is not trusted
 * @param verify how it is made sure that an object is what the file was; empty: as the job has it
 * @param confirmedDeletions so many objects may be deleted without asking; below 0: as the job has it
 * @param isOnlyFailed whether only what failed in the run before is looked at
 */
public record RunOptions(
        boolean isDryRun, boolean isFull, String verify, long confirmedDeletions, boolean isOnlyFailed) {

    /** As the settings say. */
    public static final RunOptions NONE = new RunOptions(false, false, "", -1, false);

    /** Nothing is changed. */
    public static final RunOptions DRY = new RunOptions(true, false, "", -1, false);

    /** Only what failed in the run before. */
    public static final RunOptions FAILED = new RunOptions(false, false, "", -1, true);

    /** How it is made sure that objects are what the files were. */
    String verify(JobConfig job) {
        return verify.isEmpty() ? job.verify() : verify;
    }
}
