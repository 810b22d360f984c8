package pulseboard.board.s3;

import java.nio.file.Path;

/** Where the engine leaves what the board shows of runs that were. */
public final class RunFiles {

    private RunFiles() {}

    /** Where the runs of a job are, by their ids. */
    public static Path runs(Path job) {
        return job.resolve("runs");
    }

    /** A list of a run, one JSON object a line. */
    public static Path list(Path run, String name) {
        return run.resolve(name + ".ndjson");
    }

    /** The last state of a run. */
    public static Path summary(Path run) {
        return run.resolve("run.json");
    }

    /** What all runs of a job have done together. */
    public static Path totals(Path job) {
        return job.resolve("totals.json");
    }
}
