package pulseboard.alert;

import io.vertx.core.json.JsonArray;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Whether something comes and goes so often that nobody wants to hear of each time. Not thread-safe. */
final class Flapping {

    private static final int MANY = 5;
    static final long WITHIN_MILLISECONDS = TimeUnit.MINUTES.toMillis(30);

    private final Deque<Long> times = new ArrayDeque<>();
    private boolean isOn;

    boolean isOn() {
        return isOn;
    }

    /** Whether nothing of it needs to be remembered. */
    boolean isOver() {
        return !isOn && times.isEmpty();
    }

    /** When it has been quiet for long enough, if nothing comes; {@link Long#MAX_VALUE} where nothing needs to be remembered. */
    long dueAt() {
        long quietAt = times.isEmpty() ? 0 : times.getLast() + WITHIN_MILLISECONDS;
        return isOver() ? Long.MAX_VALUE : quietAt;
    }

    /** It came, went, or changed its level. Returns whether that is once too often. */
    boolean changed(long now) {
        forget(now);
        times.addLast(now);
        while (times.size() > MANY) {
            times.removeFirst();
        }
        boolean isNew = !isOn && times.size() == MANY;
        isOn |= isNew;
        return isNew;
    }

    /** Returns whether it has been quiet for long enough, now for the first time. */
    boolean calmed(long now) {
        forget(now);
        boolean isCalm = isOn && times.isEmpty();
        isOn = isOn && !isCalm;
        return isCalm;
    }

    private void forget(long now) {
        while (!times.isEmpty() && now - times.getFirst() >= WITHIN_MILLISECONDS) {
            times.removeFirst();
        }
    }

    /** As if nothing had been. */
    void forget() {
        times.clear();
        isOn = false;
    }

    void shift(long milliseconds) {
        Deque<Long> moved = new ArrayDeque<>();
        times.forEach(each -> moved.addLast(each + milliseconds));
        times.clear();
        times.addAll(moved);
    }

    JsonArray toJson() {
        return new JsonArray(times.stream().toList());
    }

    void resume(JsonArray before, boolean wasOn) {
        before.forEach(each -> times.addLast(((Number) each).longValue()));
        isOn = wasOn;
    }
}
