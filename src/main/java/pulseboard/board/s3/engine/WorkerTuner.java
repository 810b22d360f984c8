package pulseboard.board.s3.engine;

import java.util.Locale;

/**
 * How many requests are to be under way at once: goes uphill in steps of a quarter, every five seconds, and stays where another
 * number would change nothing. Halves when the server asks for fewer. Pure; not thread-safe.
 */
final class WorkerTuner {

    static final double SECONDS = 5;

    private static final double PLATEAU = 0.05;

    /** So many looks later it tries again whether more would be good by now. */
    private static final int REST = 6;

    private final int most;
    private int target;
    private int before;
    private double lastRate;
    private boolean isTrying;
    private int direction = 1;
    private int resting;
    private String why;

    WorkerTuner(int start, int most, String why) {
        this.most = most;
        this.target = Math.min(start, most);
        this.before = target;
        this.why = why;
    }

    int target() {
        return target;
    }

    String why() {
        return why;
    }

    /**
     * Five seconds have passed.
     *
     * @param rate what was done, a second
     * @param busy how many had something to do
     * @param refused how often the server asked for fewer, or broke off
     */
    void look(double rate, int busy, long refused) {
        if (refused > 0) {
            to(Math.max(1, target / 2), "halved: the server asked for fewer requests, or broke off");
            direction = 1;
            rest(why);
        } else if (busy < target) {
            to(isTrying ? before : target, why); // Nothing can be learnt while there is not enough to do.
            isTrying = false;
        } else if (resting > 0) {
            resting--;
        } else if (isTrying) {
            judge(rate);
        } else {
            lastRate = rate;
            step("looks whether " + (direction > 0 ? "more are faster" : "fewer are as fast"));
        }
    }

    private void judge(double rate) {
        double gain = rate / Math.max(1, lastRate) - 1;
        String text = String.format(Locale.ROOT, "%+.0f %% with %d instead of %d", gain * 100, target, before);
        if (gain > PLATEAU) {
            lastRate = rate;
            step(text);
        } else if (gain >= -PLATEAU && direction < 0) {
            rest(text);
        } else {
            to(before, text + ": as before");
            direction = -direction;
            rest(why);
        }
    }

    private void rest(String text) {
        why = text;
        resting = REST;
        isTrying = false;
    }

    private void step(String text) {
        int by = Math.max(1, target / 4);
        to(Math.max(1, Math.min(most, target + direction * by)), text);
        isTrying = true;
    }

    private void to(int count, String text) {
        before = target;
        target = count;
        why = text;
    }
}
