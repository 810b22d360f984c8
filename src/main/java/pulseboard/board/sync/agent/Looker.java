package pulseboard.board.sync.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides when which directories of a folder are looked at: shortly after something happened there, when it has been quiet for a moment;
 * again after two seconds where a file was fresh; and all of them from time to time. Thread-safe.
 */
final class Looker {

    private static final Logger LOG = LoggerFactory.getLogger(Looker.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(2_500);
    private static final long ALL_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long UNWATCHED_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int MANY = 200;

    private final Scanner scanner;
    private final Watch watch;
    private final ExecutorService thread;
    private final Done done;
    private final TreeSet<String> dirty = new TreeSet<>();
    private final Map<String, Long> fresh = new HashMap<>();
    private boolean isAll = true;
    private boolean isLooking;
    private long firstNanos = System.nanoTime() - MOST_NANOS;
    private long lastNanos = System.nanoTime() - MOST_NANOS;
    private long allNanos = System.nanoTime();
    private volatile Scanner.Counts counts = new Scanner.Counts(0, 0, 0, 0);
    private volatile int directories;

    /** What one look at some directories has missed, all at once. */
    interface Done {
        void looked(List<String> missing);
    }

    Looker(Scanner scanner, Watch watch, ExecutorService thread, Done done) {
        this.scanner = scanner;
        this.watch = watch;
        this.thread = thread;
        this.done = done;
    }

    /** Something happened in a directory. */
    synchronized void look(String path) {
        if (dirty.isEmpty() && !isAll) {
            firstNanos = System.nanoTime();
        }
        lastNanos = System.nanoTime();
        dirty.add(path);
    }

    /** A file there was changed so shortly ago that it is to be read again. */
    synchronized void lookLater(String path) {
        fresh.putIfAbsent(path, System.nanoTime() + FRESH_NANOS);
    }

    /** A file there was being written to. */
    synchronized void lookAgain(String path) {
        fresh.merge(path, System.nanoTime() + QUIET_NANOS, Math::min);
    }

    synchronized void lookAtAll() {
        isAll = true;
        lastNanos = System.nanoTime() - QUIET_NANOS;
    }

    int directories() {
        return directories;
    }

    Scanner.Counts counts() {
        return counts;
    }

    /** Whether everything has been looked at since something happened. */
    synchronized boolean isIdle() {
        return !isLooking && !isAll && dirty.isEmpty();
    }

    /** To be called several times a second. */
    synchronized void tick() {
        long now = System.nanoTime();
        fresh.entrySet().removeIf(each -> {
            boolean isDue = now - each.getValue() > 0;
            if (isDue) {
                dirty.add(each.getKey());
            }
            return isDue;
        });
        long pause = watch.watched() < directories ? UNWATCHED_NANOS : ALL_NANOS;
        isAll |= now - allNanos > pause;
        boolean isDue = isAll || (!dirty.isEmpty() && (now - lastNanos > QUIET_NANOS || now - firstNanos > MOST_NANOS));
        if (isDue && !isLooking) {
            begin();
        }
    }

    private void begin() {
        boolean isDeep = isAll || dirty.size() > MANY;
        List<String> paths = isDeep ? List.of("") : new ArrayList<>(dirty);
        dirty.clear();
        isAll = false;
        isLooking = true;
        try {
            thread.execute(() -> run(paths, isDeep));
        } catch (RejectedExecutionException e) {
            LOG.debug("It is over", e);
        }
    }

    private void run(List<String> paths, boolean isDeep) {
        List<String> missing = new ArrayList<>();
        try {
            for (String path : paths) {
                Scanner.Counts found = scanner.scan(path, isDeep, missing);
                if (isDeep) {
                    counts = found;
                    directories = found.directories();
                    allNanos = System.nanoTime();
                }
            }
            done.looked(missing);
        } catch (IOException | RuntimeException e) {
            LOG.warn("The folder cannot be looked at: {}", e.toString());
        } finally {
            synchronized (this) {
                isLooking = false;
            }
        }
    }
}
