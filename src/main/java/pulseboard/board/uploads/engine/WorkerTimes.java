package pulseboard.board.uploads.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import pulseboard.engine.Estimate;

/**
 * How long files took that were seen now and then only. Between two looks there is so much time as files were under way, and no more: what
 * those do not need that are still under way is shared by those that have arrived. Not thread-safe.
 */
final class WorkerTimes {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final double SMOOTHING_SECONDS = 30;

    private record Arrived(String path, long bytes) {}

    private final Map<String, Double> spent = new HashMap<>();
    private final List<Arrived> arrived = new ArrayList<>();
    private long lookedNanos = Long.MIN_VALUE;
    private double workers;

    /** A file has arrived since the last look. */
    void arrived(String path, long bytes) {
        arrived.add(new Arrived(path, bytes));
    }

    /** These are under way now; the estimate gets those that have arrived. */
    void looked(List<String> active, long nanos, Estimate estimate) {
        double seconds = lookedNanos == Long.MIN_VALUE ? 0 : (nanos - lookedNanos) / SECOND;
        int busy = Math.max(spent.size(), active.size());
        if (seconds > 0 && (busy > 0 || !arrived.isEmpty())) {
            share(active, seconds, Math.max(1, busy), estimate);
        }
        arrived.clear(); // Those that arrived while nobody looked may have taken any time.
        spent.keySet().retainAll(active);
        spent.replaceAll((path, before) -> before + seconds);
        active.forEach(path -> spent.putIfAbsent(path, 0.0));
        lookedNanos = nanos;
    }

    private void share(List<String> active, double seconds, int busy, Estimate estimate) {
        workers += workers == 0 ? busy : (1 - Math.exp(-seconds / SMOOTHING_SECONDS)) * (busy - workers);
        long goingOn = active.stream().filter(spent::containsKey).count();
        double each = Math.max(0, workers - goingOn) * seconds / Math.max(1, arrived.size());
        for (Arrived file : arrived) {
            estimate.finished((double) file.bytes, spent.getOrDefault(file.path, 0.0) + each);
        }
    }

    /** How many files are under way at once, smoothed: between two small ones there may be none for a moment. */
    double workers() {
        return workers;
    }
}
