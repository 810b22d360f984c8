package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** How long it takes from when an edit is told until it is on all machines that are there. */
final class Latencies {

    private static final int KEPT = 500;
    private static final int MOST_OPEN = 5_000;

    private final Deque<long[]> open = new ArrayDeque<>();
    private final Deque<Long> last = new ArrayDeque<>();

    void told(long seq, long nowNanos) {
        open.add(new long[] {seq, nowNanos});
        if (open.size() > MOST_OPEN) {
            open.remove();
        }
    }

    /** All that are there have everything up to this number. */
    void applied(long seq, long nowNanos) {
        Iterator<long[]> each = open.iterator();
        while (each.hasNext()) {
            long[] one = each.next();
            if (one[0] > seq) {
                return;
            }
            each.remove();
            last.add((nowNanos - one[1]) / 1_000_000);
            if (last.size() > KEPT) {
                last.remove();
            }
        }
    }

    void addTo(JsonObject totals) {
        if (last.isEmpty()) {
            return;
        }
        long[] sorted = last.stream().mapToLong(Long::longValue).sorted().toArray();
        totals.put("latencyP50Milliseconds", sorted[sorted.length / 2]);
        totals.put("latencyP95Milliseconds", sorted[Math.min(sorted.length - 1, sorted.length * 95 / 100)]);
    }
}
