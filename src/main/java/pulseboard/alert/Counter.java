package pulseboard.alert;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what a condition is about: by how much a number rose within a time, or how often a value changed. Not thread-safe. */
final class Counter {

    private final boolean isOfRises;
    private final WindowSum sum;
    private @Nullable Object last;

    Counter(Condition condition) {
        isOfRises = condition.how() == Condition.How.RISES;
        sum = new WindowSum(condition.windowMilliseconds());
    }

    /** Takes the newest value. A counter that begins anew, because something was restarted, does not rise. */
    Object take(@Nullable Object newest, long now) {
        if (newest != null && newest != Condition.UNKNOWN && newest != Condition.OFF) {
            if (last != null && !Objects.equals(last, newest)) {
                double step = step(last, newest);
                if (step > 0) {
                    sum.add(step, now);
                }
            }
            last = newest;
        }
        return sum.sum(now);
    }

    private double step(Object before, Object after) {
        if (!isOfRises) {
            return 1;
        }
        return before instanceof Number from && after instanceof Number to ? to.doubleValue() - from.doubleValue() : 0;
    }

    boolean isMoving() {
        return !sum.isEmpty();
    }
}
