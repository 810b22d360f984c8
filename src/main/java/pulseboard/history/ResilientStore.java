package pulseboard.history;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a history on disk whenever the disk allows. While it does not, the newest rows wait in memory, one
 * line in the log reports it, and it is tried again. All that writes, opens or closes the file runs on the writer: who hands
 * over rows, and who asks, never waits for the disk to take something.
 */
final class ResilientStore {

    private static final Logger LOG = LoggerFactory.getLogger(ResilientStore.class);
    private static final long RETRY_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);

    /** A minute: the disk is not only busy. */
    private static final int MANY_WAITING = 6;

    /** Found by filling a history of two years with values that cannot be compressed; the rest is room to tidy up in. */
    private static final double BYTES_PER_ROW = 14;

    private final Path path;
    private final HistoryFile file;
    private final HistoryConfig config;
    private final Executor writer;

    /** Grows whenever what is on disk, or whether it can be had, may be another. */
    private final AtomicLong changes = new AtomicLong();

    private volatile @Nullable HistoryStore current;

    // What follows is used under the lock of this, which nobody has for long.

    private final WaitingRows waiting = new WaitingRows();
    private @Nullable String reason;
    private long retryAt;
    private boolean isWriting;

    // And this by the writer only.

    private boolean isFull;

    /**
     * Opens nothing yet.
     *
     * @param writer runs one task after the other
     */
    ResilientStore(Path folder, HistoryConfig config, Executor writer) {
        this(folder, config, writer, HistoryFile::openFile);
    }

    /** The same, for tests that need a disk of their own. */
    ResilientStore(Path folder, HistoryConfig config, Executor writer, Function<Path, MVStore> opener) {
        this.path = folder.resolve("history.mv");
        this.file = new HistoryFile(path, opener);
        this.config = config;
        this.writer = writer;
    }

    /** Takes what is known so far of one interval, and has it and what waited written. */
    synchronized void put(String board, long at, Map<String, Summary> summaries, long now) {
        if (config.days() == 0) {
            return;
        }
        waiting.put(at, board, summaries);
        if (isWriting && waiting.size() > MANY_WAITING) {
            warn("cannot write " + path + ": the disk does not answer");
        }
        changes.incrementAndGet();
        write(now);
    }

    /** Starts the writer, unless it is at it and will see for itself what waits. */
    private void write(long now) {
        if (!isWriting) {
            isWriting = true;
            writer.execute(() -> writeAll(now));
        }
    }

    private void writeAll(long now) {
        boolean isMore = true;
        while (isMore) {
            Map<Long, Map<String, Map<String, Summary>>> rows = take();
            try {
                HistoryStore open = openIfDue(now);
                if (open != null && !rows.isEmpty()) {
                    rows.forEach((at, boards) ->
                            boards.forEach((board, summaries) -> warnWhenFull(open.put(board, at, summaries))));
                    open.commit(now);
                    rows.clear();
                    worksAgain();
                }
            } catch (RuntimeException | IOException e) {
                failed(e, now);
            }
            changes.incrementAndGet();
            isMore = putBack(rows);
        }
    }

    private synchronized Map<Long, Map<String, Map<String, Summary>>> take() {
        return waiting.take();
    }

    /** What was not written waits again; returns whether there is more to write now. */
    private synchronized boolean putBack(Map<Long, Map<String, Map<String, Summary>>> rows) {
        isWriting = rows.isEmpty() && waiting.size() > 0;
        waiting.putBack(rows);
        return isWriting;
    }

    /** Takes what a board says of a minute; it is written with the next interval. */
    void putMinute(String board, long at, JsonObject document) {
        HistoryStore open = current;
        if (open != null) {
            try {
                open.minutes(board).put(at, document);
            } catch (MVStoreException e) {
                fail(open, e, at);
            }
        }
    }

    private void warnWhenFull(int refused) {
        if (refused > 0 && !isFull) {
            LOG.warn(
                    "{} series are not kept: the setting history.maxSeries allows no more than {} of one board",
                    refused,
                    config.maxSeries());
        }
        isFull = refused > 0;
    }

    /** Grows whenever what is on disk, or whether it can be had, may be another. */
    long changes() {
        return changes.get();
    }

    /** What is on disk, if it can be had now; if it cannot, the writer tries again as soon as that is due. */
    Optional<HistoryStore> open(long now) {
        synchronized (this) {
            if (isDue(now)) {
                write(now);
            }
        }
        return Optional.ofNullable(current);
    }

    private boolean isDue(long now) {
        return current == null
                && config.days() > 0
                && (reason == null || now >= retryAt || now < retryAt - RETRY_MILLISECONDS);
    }

    private @Nullable HistoryStore openIfDue(long now) throws IOException {
        boolean isFirst;
        synchronized (this) {
            if (!isDue(now)) {
                return current;
            }
            retryAt = now + RETRY_MILLISECONDS;
            isFirst = reason == null;
        }
        HistoryStore opened = openKept();
        current = opened;
        if (isFirst) {
            LOG.info(
                    "History in {}: {} MiB of at most {} MiB for {} series and {} days",
                    path,
                    mebibytes(opened.bytes()),
                    mebibytes(mostBytes()),
                    config.maxSeries(),
                    config.days());
        }
        return opened;
    }

    private HistoryStore openKept() throws IOException {
        MVStore store = file.open();
        try {
            return new HistoryStore(store, config);
        } catch (RuntimeException e) {
            store.closeImmediately(); // Or nobody could open it again.
            throw e;
        }
    }

    /** To be called with what a use of {@link #open} threw. */
    void fail(HistoryStore broken, Exception failure, long now) {
        writer.execute(() -> {
            if (current == broken) {
                failed(failure, now);
            }
        });
    }

    private void failed(Exception failure, long now) {
        changes.incrementAndGet();
        closeImmediately();
        boolean isDamage = failure instanceof MVStoreException broken && HistoryFile.isDamaged(broken);
        if (isDamage) {
            file.isDamaged(String.valueOf(failure.getMessage()));
        }
        synchronized (this) {
            retryAt = isDamage ? now : now + RETRY_MILLISECONDS;
            warn(explain(failure));
        }
    }

    private void closeImmediately() {
        HistoryStore open = current;
        current = null;
        if (open != null) {
            open.closeImmediately();
        }
    }

    private void warn(String why) {
        if (reason == null) {
            LOG.warn("The history is not kept for now: {}; the live view goes on, and it is tried again", why);
        }
        reason = why;
    }

    private String explain(Exception failure) {
        if (failure instanceof MVStoreException broken && broken.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return "another program uses " + path;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String kind =
                cause.getClass() == IOException.class ? "" : cause.getClass().getSimpleName() + ": ";
        return "cannot write " + path + ": " + kind + cause.getMessage();
    }

    private synchronized void worksAgain() {
        if (reason != null) {
            LOG.info("The history is kept again; {} intervals of 10 s are lost", waiting.takeLost());
            reason = null;
        }
    }

    /** Whether it is kept, how large it is and may become, or why not. */
    synchronized JsonObject status() {
        HistoryStore open = current;
        if (config.days() == 0) {
            return new JsonObject().put("ok", false).put("reason", "the setting history.days is 0");
        }
        if (open == null || reason != null) {
            return new JsonObject().put("ok", false).put("reason", reason == null ? "nothing is kept yet" : reason);
        }
        return new JsonObject()
                .put("ok", true)
                .put("bytes", open.bytes())
                .put("mostBytes", mostBytes())
                .put("series", open.catalog().size())
                .put("mostSeries", config.maxSeries())
                .put("days", config.days())
                .put("since", open.since());
    }

    private long mostBytes() {
        long rows = Tier.of(config).stream()
                .mapToLong(tier -> tier.keptMilliseconds() / tier.stepMilliseconds())
                .sum();
        return (long) (rows * BYTES_PER_ROW * config.maxSeries());
    }

    private static long mebibytes(long bytes) {
        return (bytes + 1_048_575) / 1_048_576;
    }

    /** Writes what is left and closes the file; to be run on the writer, as the last. */
    void close() {
        HistoryStore open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }
}
