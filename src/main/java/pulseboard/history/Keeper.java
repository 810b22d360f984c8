package pulseboard.history;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that there is a history on disk whenever the disk allows. While it does not, the newest rows wait in memory, one
 * line in the log tells, and it is tried again. Not thread-safe.
 */
final class Keeper {

    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final long RETRY_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);

    /** A quarter of an hour. */
    private static final int MOST_WAITING = 90;

    private static final int CACHE_MEBIBYTES = 2;

    /** About one row: a row that changes is written, and not its neighbours. */
    private static final int PAGE_BYTES = 4_096;

    /** Found by filling a history of two years with values that cannot be compressed; the rest is room to tidy up in. */
    private static final double BYTES_PER_ROW = 14;

    private final Path file;
    private final HistoryConfig config;
    private final TreeMap<Long, Map<String, Map<String, Summary>>> waiting = new TreeMap<>();
    private @Nullable Kept kept;
    private @Nullable String reason;
    private @Nullable String damage;
    private long retryAt;
    private long lost;
    private boolean isFull;
    private long changes;

    Keeper(Path folder, HistoryConfig config) {
        this.file = folder.resolve("history.mv");
        this.config = config;
    }

    /** Takes what is known so far of one interval, and writes it and what waited. */
    void put(String board, long at, Map<String, Summary> summaries, long now) {
        if (config.days() == 0) {
            return;
        }
        waiting.computeIfAbsent(at, any -> new HashMap<>()).put(board, summaries);
        if (waiting.size() > MOST_WAITING) {
            waiting.pollFirstEntry();
            lost++;
        }
        write(now);
    }

    private void write(long now) {
        changes++;
        try {
            Optional<Kept> open = open(now);
            if (open.isPresent()) {
                waiting.forEach((at, boards) -> boards.forEach((board, summaries) -> {
                    warnWhenFull(open.get().put(board, at, summaries));
                }));
                open.get().commit(now);
                waiting.clear();
                worksAgain();
            }
        } catch (RuntimeException | IOException e) {
            fail(e, now);
        }
    }

    /** Takes what a board says of a minute; it is written with the next interval. */
    void putMinute(String board, long at, JsonObject document) {
        if (kept != null) {
            try {
                kept.minutes(board).put(at, document);
            } catch (MVStoreException e) {
                fail(e, at);
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
        return changes;
    }

    /** What is on disk, if it can be had now. */
    Optional<Kept> open(long now) throws IOException {
        if (kept == null
                && config.days() > 0
                && (reason == null || now >= retryAt || now < retryAt - RETRY_MILLISECONDS)) {
            retryAt = now + RETRY_MILLISECONDS;
            kept = openKept();
            changes++;
            if (reason == null) {
                LOG.info(
                        "History in {}: {} MB of at most {} MB for {} series and {} days",
                        file,
                        megabytes(kept.bytes()),
                        megabytes(mostBytes()),
                        config.maxSeries(),
                        config.days());
            }
        }
        return Optional.ofNullable(kept);
    }

    private Kept openKept() throws IOException {
        MVStore store = openStore();
        try {
            return new Kept(store, config);
        } catch (RuntimeException e) {
            store.closeImmediately(); // Or nobody could open it again.
            throw e;
        }
    }

    private MVStore openStore() throws IOException {
        if (damage != null) {
            putAside(damage);
        }
        makeFolder(file.getParent());
        try {
            if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return openFile(file);
            }
            // It names processes and mounts, which are nobody else's business.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // As it should be.
        }
        return openFile(file);
    }

    /** The folder may be the one of users and tokens, and is then as closed as if these had made it. */
    private static void makeFolder(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(folder);
        }
    }

    private void putAside(String why) throws IOException {
        Path aside = file.resolveSibling("history.damaged");
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        damage = null;
        LOG.warn("The history in {} cannot be read: {}; it is {} now, and a new one begins", file, why, aside);
    }

    /** Opens a file as it is. */
    static MVStore openFile(Path file) {
        return new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .cacheSize(CACHE_MEBIBYTES)
                .pageSplitSize(PAGE_BYTES)
                .compress()
                .open();
    }

    /** Whether it is the file and not the disk or somebody else. */
    static boolean isDamaged(MVStoreException failure) {
        int code = failure.getErrorCode();
        return code == DataUtils.ERROR_FILE_CORRUPT
                || code == DataUtils.ERROR_UNSUPPORTED_FORMAT
                || code == DataUtils.ERROR_CHUNK_NOT_FOUND;
    }

    /** To be told of whatever a use of {@link #open} threw. */
    void fail(Exception failure, long now) {
        changes++;
        if (kept != null) {
            kept.closeImmediately();
            kept = null;
        }
        retryAt = now + RETRY_MILLISECONDS;
        if (failure instanceof MVStoreException broken && isDamaged(broken)) {
            damage = String.valueOf(broken.getMessage());
            retryAt = now;
        }
        if (reason == null) {
            LOG.warn(
                    "The history is not kept for now: {}; the live view goes on, and it is tried again",
                    explain(failure));
        }
        reason = explain(failure);
    }

    private String explain(Exception failure) {
        if (failure instanceof MVStoreException broken && broken.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
            return "another program uses " + file;
        }
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String kind =
                cause.getClass() == IOException.class ? "" : cause.getClass().getSimpleName() + ": ";
        return "cannot write " + file + ": " + kind + cause.getMessage();
    }

    private void worksAgain() {
        if (reason != null) {
            LOG.info("The history is kept again; {} intervals of 10 s are lost", lost);
            reason = null;
            lost = 0;
        }
    }

    /** Whether it is kept, how large it is and may become, or why not. */
    JsonObject status() {
        if (config.days() == 0) {
            return new JsonObject().put("ok", false).put("reason", "the setting history.days is 0");
        }
        if (kept == null || reason != null) {
            return new JsonObject().put("ok", false).put("reason", reason == null ? "nothing is kept yet" : reason);
        }
        return new JsonObject()
                .put("ok", true)
                .put("bytes", kept.bytes())
                .put("mostBytes", mostBytes())
                .put("series", kept.catalog().size())
                .put("mostSeries", config.maxSeries())
                .put("days", config.days())
                .put("since", kept.since());
    }

    private long mostBytes() {
        long rows = Tier.of(config).stream()
                .mapToLong(tier -> tier.keptMilliseconds() / tier.stepMilliseconds())
                .sum();
        return (long) (rows * BYTES_PER_ROW * config.maxSeries());
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }

    void close() {
        if (kept != null) {
            kept.close();
            kept = null;
        }
    }
}
