package pulseboard.board.s3.engine;

import java.io.IOException;
import java.util.Set;
import pulseboard.board.s3.wire.S3Failure;

/** Plans only what failed in the run before: whoever takes it asks for its object first, since the bucket is not listed. */
final class FailedFiles extends Found {

    private final Set<String> paths;
    private final PlanFile plan;
    private final Controls controls;

    FailedFiles(Set<String> paths, PlanFile plan, RunState state, Controls controls) {
        super(state);
        this.paths = paths;
        this.plan = plan;
        this.controls = controls;
    }

    @Override
    void run(Walk walk) throws IOException, InterruptedException {
        for (String path : paths) {
            walk.again(path, this);
        }
        whole();
        plan.end();
    }

    @Override
    public void file(LocalFile file) throws IOException {
        if (controls.isStopping()) {
            throw new S3Failure("stopped", "the run was stopped", null);
        }
        found(file);
        state.tally.undecided();
        plan.add(new PlanEntry(file, PlanEntry.LOOK, "failed", ""));
    }
}
