package pulseboard.board.s3.engine;

import java.io.IOException;

/** Plans what becomes of files as they are found, and notes what is left out. */
abstract class Found implements Walk.Visitor {

    final RunState state;

    Found(RunState state) {
        this.state = state;
    }

    /** Plans all that there is. */
    abstract void run(Walk walk) throws IOException, InterruptedException;

    final void found(LocalFile file) {
        state.tally.found(file.stamp().bytes());
        state.kinds.add(file);
    }

    /** All has been found. */
    final void whole() {
        state.kinds.whole();
        state.tally.planIsWhole();
    }

    @Override
    public final void skipped(String path, String code, String words) {
        state.tally.skipped();
        state.warnings.add(path, code, words);
    }

    @Override
    public final void failed(String path, String code, String words) {
        state.tally.failed();
        state.errors.add(path, code, words);
    }
}
