package pulseboard.machine;

/** What {@link DeadlineRunner} runs, and informs when it did not come back in time. */
public interface TimedTask extends Runnable {

    /** Called while it runs on, from another thread. */
    void late(long deadlineMilliseconds);
}
