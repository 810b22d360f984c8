package pulseboard.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * How fast something goes, of samples of its total. Times are those of a monotonic clock, given with each sample. Not
 * thread-safe.
 */
public final class Pace {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long PEAK_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record Sample(long nanos, double total) {}

    private final double smoothingSeconds;

    /** The samples of the last five seconds, and one that is older. */
    private final Deque<Sample> last = new ArrayDeque<>();

    private double first;
    private double smoothed;
    private boolean isSmoothed;

    /** Since the first difference that was none of nothing. */
    private double movingSeconds;

    private double peak = -1;
    private long activeNanos;
    private long movedNanos;

    /** Smooths over about so many seconds. */
    public Pace(double smoothingSeconds) {
        this.smoothingSeconds = smoothingSeconds;
    }

    /**
     * Takes a sample. The first one only says where it begins.
     *
     * @param total how much it is by now; it never goes back
     * @param isPaused whether it has been paused since the sample before: then that time does not count
     */
    public void sample(long nanos, double total, boolean isPaused) {
        Sample before = last.peekLast();
        if (before == null || isPaused) {
            last.clear();
            last.add(new Sample(nanos, total));
            first = before == null ? total : first;
            movedNanos = nanos;
            return;
        }
        long passed = nanos - before.nanos;
        if (passed <= 0) {
            return;
        }
        activeNanos += passed;
        if (total > before.total) {
            movedNanos = nanos;
        }
        smooth((total - before.total) / (passed / SECOND), passed / SECOND);
        last.add(new Sample(nanos, total));
        notePeak(nanos);
    }

    /**
     * From the first one that moved on: an average that began at nothing would climb for a while. At first it is the mean of all,
     * since one tick alone may be anything.
     */
    private void smooth(double rate, double seconds) {
        isSmoothed = true;
        if (rate > 0 || movingSeconds > 0) {
            movingSeconds += seconds;
            smoothed +=
                    Math.max(seconds / movingSeconds, 1 - Math.exp(-seconds / smoothingSeconds)) * (rate - smoothed);
        }
    }

    private void notePeak(long nanos) {
        while (last.size() > 2 && nanos - second().nanos >= PEAK_NANOS) {
            last.remove();
        }
        Sample oldest = last.element();
        Sample newest = last.getLast();
        if (newest.nanos - oldest.nanos >= PEAK_NANOS) {
            peak = Math.max(peak, (newest.total - oldest.total) / ((newest.nanos - oldest.nanos) / SECOND));
        }
    }

    private Sample second() {
        var each = last.iterator();
        each.next();
        return each.next();
    }

    /** So much a second now, as a moving average; nothing before there are two samples, 0 after ten seconds without any. */
    public OptionalDouble perSecond() {
        if (!isSmoothed || last.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(last.getLast().nanos - movedNanos >= SILENT_NANOS ? 0 : smoothed);
    }

    /** All of it by all the time that it was not paused. */
    public OptionalDouble averagePerSecond() {
        return activeNanos == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((last.getLast().total - first) / (activeNanos / SECOND));
    }

    /** The highest mean of any five seconds; nothing before there were so many. */
    public OptionalDouble peakPerSecond() {
        return peak < 0 ? OptionalDouble.empty() : OptionalDouble.of(peak);
    }

    /** The seconds that it was not paused. */
    public double activeSeconds() {
        return activeNanos / SECOND;
    }
}
