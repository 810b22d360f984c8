package pulseboard.alert;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of alerts, rules, messages and what became of alerts. What is written together gets there together or not at all, whenever
 * the program is killed. While the disk takes nothing all of it is in memory, and it is tried again. Blocks; used by one thread.
 */
final class AlertStore {

    private static final Logger LOG = LoggerFactory.getLogger(AlertStore.class);

    static final int MOST_ROWS = 100_000;
    static final long ROWS_KEPT_MILLISECONDS = TimeUnit.DAYS.toMillis(730);
    private static final long RETRY_MILLISECONDS = TimeUnit.SECONDS.toMillis(10);
    private static final int MOST_ROWS_WAITING = 5_000;
    private static final int MOST_REMOVED_AT_ONCE = 500;

    private final Path path;
    private final AlertFile file;
    private final Map<String, Map<String, String>> now = new HashMap<>();
    private final List<Batch.Write> waiting = new ArrayList<>();
    private @Nullable MVStore store;
    private volatile String reason = "";
    private long retryAt = Long.MIN_VALUE;

    /** Opens nothing yet. */
    AlertStore(Path folder) {
        this(folder, AlertFile::openFile);
    }

    /** The same, for tests that need a disk of their own. */
    AlertStore(Path folder, Function<Path, MVStore> opener) {
        this.path = folder.resolve("alerts.mv");
        this.file = new AlertFile(path, opener);
    }

    /** Reads what there is, but for the history; opens no file when there is none. */
    Map<String, Map<String, JsonObject>> read(long at) {
        if (file.exists()) {
            attempt(at);
        }
        Map<String, Map<String, JsonObject>> all = new TreeMap<>();
        now.forEach((map, values) -> {
            Map<String, JsonObject> read = new TreeMap<>();
            values.forEach((key, value) -> read.put(key, new JsonObject(value)));
            all.put(map, read);
        });
        return all;
    }

    /** Writes all of a batch, or keeps it until the disk takes it. */
    void write(Batch batch, long at) {
        for (Batch.Write write : batch.writes()) {
            waiting.add(write);
            if (!write.map().equals(Engine.HISTORY)) {
                remember(write.map(), write.key(), write.value());
            }
        }
        attempt(at);
    }

    private void remember(String map, String key, @Nullable String value) {
        Map<String, String> values = now.computeIfAbsent(map, missing -> new HashMap<>());
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }

    /** Tries again what could not be written; does nothing as long as that is not due. */
    void attempt(long at) {
        if (!reason.isEmpty() && at < retryAt && at > retryAt - 2 * RETRY_MILLISECONDS) {
            forgetTooMany();
            return;
        }
        try {
            MVStore open = open();
            for (Batch.Write write : waiting) {
                MVMap<String, String> map = open.openMap(write.map());
                if (write.value() == null) {
                    map.remove(write.key());
                } else {
                    map.put(write.key(), write.value());
                }
            }
            trim(open.openMap(Engine.HISTORY), at);
            open.commit();
            open.sync();
            waiting.clear();
            if (!reason.isEmpty()) {
                LOG.info("Alerts are kept in {} again", path);
                reason = "";
            }
        } catch (IOException | RuntimeException e) {
            failed(e, at);
        }
    }

    private MVStore open() throws IOException {
        if (store != null && !store.isClosed()) {
            return store;
        }
        boolean wasDamaged = file.isDamaged();
        MVStore opened = file.open();
        store = opened;
        if (wasDamaged) {
            now.forEach((map, values) -> opened.<String, String>openMap(map).putAll(values));
        } else {
            readAll(opened);
            waiting.stream()
                    .filter(write -> !write.map().equals(Engine.HISTORY))
                    .forEach(write -> remember(write.map(), write.key(), write.value()));
        }
        return opened;
    }

    private void readAll(MVStore opened) {
        for (String map : opened.getMapNames()) {
            if (!map.equals(Engine.HISTORY)) {
                now.put(map, new HashMap<>(opened.<String, String>openMap(map)));
            }
        }
    }

    /** Keys in the order of time. */
    static String historyKey(long at, int row) {
        return String.format("%015d-%03d-", at, row);
    }

    private static void trim(MVMap<String, String> rows, long at) {
        String oldest = historyKey(Math.max(0, at - ROWS_KEPT_MILLISECONDS), 0);
        long tooMany = rows.sizeAsLong() - MOST_ROWS;
        String first = rows.firstKey();
        for (int removed = 0; removed < MOST_REMOVED_AT_ONCE && first != null; removed++) {
            if (removed >= tooMany && first.compareTo(oldest) >= 0) {
                return;
            }
            rows.remove(first);
            first = rows.firstKey();
        }
    }

    private void failed(Exception failure, long at) {
        if (store != null) {
            store.closeImmediately();
            store = null;
        }
        file.failed(failure);
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (reason.isEmpty() && !file.isDamaged()) {
            LOG.warn(
                    "Alerts are only kept in memory for now: cannot write {}: {}; it is tried again",
                    path,
                    cause.toString());
        }
        retryAt = at + RETRY_MILLISECONDS;
        reason = "cannot write " + path + ": " + cause.getMessage();
        forgetTooMany();
        if (file.isDamaged() && file.exists()) {
            retryAt = at;
            attempt(at);
        }
    }

    /** What is to be kept of alerts is known anyway; of the history only so much. */
    private void forgetTooMany() {
        List<Batch.Write> rows = new ArrayList<>();
        Map<String, Batch.Write> newest = new TreeMap<>();
        for (Batch.Write write : waiting) {
            if (write.map().equals(Engine.HISTORY)) {
                rows.add(write);
            } else {
                newest.put(write.map() + "\n" + write.key(), write);
            }
        }
        waiting.clear();
        waiting.addAll(newest.values());
        waiting.addAll(rows.subList(Math.max(0, rows.size() - MOST_ROWS_WAITING), rows.size()));
    }

    /** Why nothing gets to the disk; empty while all does. */
    String reason() {
        return reason;
    }

    /** The newest rows of the history from a moment on, oldest first. */
    List<JsonObject> rows(long from, long to, int most, Predicate<JsonObject> wanted) {
        TreeMap<String, String> all = new TreeMap<>();
        waiting.stream()
                .filter(write -> write.map().equals(Engine.HISTORY) && write.value() != null)
                .forEach(write -> all.put(write.key(), write.value()));
        List<JsonObject> found = new ArrayList<>();
        String first = historyKey(from, 0);
        String last = historyKey(to, 999);
        add(all.subMap(first, true, last, true).descendingMap().values().iterator(), found, most, wanted);
        MVStore open = openToRead();
        if (open != null) {
            MVMap<String, String> rows = open.openMap(Engine.HISTORY);
            String key = rows.floorKey(last);
            while (key != null && key.compareTo(first) >= 0 && found.size() < most) {
                add(List.of(rows.get(key)).iterator(), found, most, wanted);
                key = rows.lowerKey(key);
            }
        }
        Collections.reverse(found);
        return found;
    }

    /** What was written before is there also while nothing can be written. */
    private @Nullable MVStore openToRead() {
        try {
            return file.exists() && !file.isDamaged() ? open() : null;
        } catch (IOException | RuntimeException e) {
            LOG.debug("The history of alerts cannot be read", e);
            return null;
        }
    }

    private static void add(Iterator<String> rows, List<JsonObject> found, int most, Predicate<JsonObject> wanted) {
        while (rows.hasNext() && found.size() < most) {
            JsonObject row = new JsonObject(rows.next());
            if (wanted.test(row)) {
                found.add(row);
            }
        }
    }

    /** Closes the file until it is needed again, unless something waits for it: an open one has a buffer of a mebibyte. */
    void rest() {
        if (waiting.isEmpty()) {
            closeFile();
        }
    }

    /** Writes what waits and closes the file. */
    void close(long at) {
        if (!waiting.isEmpty()) {
            retryAt = at;
            attempt(at);
        }
        closeFile();
    }

    /** What is to be kept was forced to the disk before; closing may write more, to make the file smaller. */
    private void closeFile() {
        MVStore open = store;
        store = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (RuntimeException e) {
            LOG.warn("{} could not be closed as it should be: {}; nothing in it is lost", path, e.toString());
            open.closeImmediately();
        }
    }
}
