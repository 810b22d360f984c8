package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * When a number that grows gets to a limit, by a straight line through what it was (least squares). The line counts only where it fits,
 * and no further ahead than ten times as long as it goes back.
 */
final class TimeToFull {

    /** What is looked back at: what fills within hours is seen in the last hour, what fills within months is not. */
    static final long[] SPANS_MILLISECONDS = {
        TimeUnit.HOURS.toMillis(1), TimeUnit.HOURS.toMillis(6), TimeUnit.DAYS.toMillis(2), TimeUnit.DAYS.toMillis(14)
    };

    /** For each span. */
    static final int POINTS = 60;

    private static final int LEAST_POINTS = 20;
    private static final double LEAST_FIT = 0.9;
    private static final double LEAST_RISE = 1;
    private static final int FURTHEST_SPANS = 10;
    private static final long MINUTES = TimeUnit.MINUTES.toMillis(10);

    private TimeToFull() {}

    /**
     * Works it out.
     *
     * @param answer of the history: {@code from}, {@code to}, {@code stepMilliseconds}
     * @param means one for each step, null where nothing is known
     * @param limit where it is full
     * @return Unix milliseconds, to ten minutes or to a tenth of the time until then; {@link Long#MAX_VALUE} when it does not fill
     */
    static long of(JsonObject answer, JsonArray means, double limit, long now) {
        double step = answer.getLong("stepMilliseconds", 1L);
        long begin = answer.getLong("from", 0L);
        int count = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        double sumYy = 0;
        double firstX = Double.NaN;
        double lastX = 0;
        for (int index = 0; index < means.size(); index++) {
            if (means.getValue(index) instanceof Number mean) {
                double y = mean.doubleValue();
                lastX = index;
                firstX = Double.isNaN(firstX) ? lastX : firstX;
                count++;
                sumX += lastX;
                sumY += y;
                sumXx += lastX * lastX;
                sumXy += lastX * y;
                sumYy += y * y;
            }
        }
        double varianceX = sumXx - sumX * sumX / Math.max(1, count);
        double varianceY = sumYy - sumY * sumY / Math.max(1, count);
        double covariance = sumXy - sumX * sumY / Math.max(1, count);
        double slope = covariance / varianceX;
        double fit = covariance * covariance / (varianceX * varianceY);
        boolean isCredible = count >= LEAST_POINTS && fit >= LEAST_FIT && slope * (lastX - firstX) >= LEAST_RISE;
        if (!isCredible) {
            return Long.MAX_VALUE;
        }
        double crossing = (limit - (sumY - slope * sumX) / count) / slope;
        double at = begin + (crossing + 0.5) * step;
        double furthest = now + FURTHEST_SPANS * (lastX - firstX) * step;
        return at > furthest ? Long.MAX_VALUE : rounded(Math.max(at, (double) now), now);
    }

    private static long rounded(double at, long now) {
        long grain = Math.max(MINUTES, (long) ((at - now) / 10) / MINUTES * MINUTES);
        return Math.round(at / grain) * grain;
    }
}
