package pulseboard.board.sync.agent;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** After how long it is tried again to get a content that nobody gave: longer and longer. Used by the loop. */
final class Pauses {

    private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Map<String, Pause> all = new HashMap<>();

    private record Pause(long untilNanos, long nanos) {}

    boolean isWaiting(String contentId) {
        Pause pause = all.get(contentId);
        return pause != null && pause.untilNanos - System.nanoTime() > 0;
    }

    void longer(String contentId) {
        Pause before = all.getOrDefault(contentId, new Pause(0, FIRST_NANOS / 2));
        long nanos = Math.min(MOST_NANOS, before.nanos * 2);
        all.put(contentId, new Pause(System.nanoTime() + nanos, nanos));
    }

    void end(String contentId) {
        all.remove(contentId);
    }

    void clear() {
        all.clear();
    }
}
