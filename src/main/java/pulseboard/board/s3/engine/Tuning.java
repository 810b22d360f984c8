package pulseboard.board.s3.engine;

/** Sees to it that as many workers work as is good, or as somebody wants. */
final class Tuning {

    private static final long LOOK_MILLISECONDS = 200;

    private final RunState state;
    private final Controls controls;
    private final Workers workers;
    private final WorkerTuner tuner;
    private final Ticker ticker = new Ticker(this::look, LOOK_MILLISECONDS);
    private long lastNanos = System.nanoTime();
    private double lastWork;
    private long lastThrottled;

    Tuning(RunState state, Controls controls, Workers workers, WorkerTuner tuner) {
        this.state = state;
        this.controls = controls;
        this.workers = workers;
        this.tuner = tuner;
    }

    void start() {
        state.workers(tuner, workers.most());
        workers.target(controls.workers().orElse(tuner.target()));
        ticker.start();
    }

    void stop() throws InterruptedException {
        ticker.stop();
    }

    private void look() {
        double seconds = (System.nanoTime() - lastNanos) / 1e9;
        boolean isManual = controls.workers().isPresent();
        if (seconds >= WorkerTuner.SECONDS) {
            double work = state.work();
            long throttled = state.throttled();
            // What is slow on purpose says nothing of how many would be good.
            if (!isManual && !controls.isPaused() && controls.limit().perSecond() == 0) {
                tuner.look((work - lastWork) / seconds, state.busy(), throttled - lastThrottled);
            }
            lastWork = work;
            lastThrottled = throttled;
            lastNanos = System.nanoTime();
        }
        workers.target(controls.workers().orElse(tuner.target()));
    }
}
