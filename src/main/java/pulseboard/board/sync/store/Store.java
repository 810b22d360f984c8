package pulseboard.board.sync.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Conflict;
import pulseboard.board.sync.rules.Head;
import pulseboard.board.sync.rules.Heads;
import pulseboard.board.sync.rules.Replica;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Table;

/** A file with tables. Only one process can have it. One thread writes; any may read. */
public final class Store implements AutoCloseable {

    private static final int CACHE_MEBIBYTES = 8;
    private static final int UNSAVED_KIBIBYTES = 16_384;

    private final MVStore store;

    private Store(MVStore store) {
        this.store = store;
    }

    /**
     * Opens it.
     *
     * @throws IOException when another process has it, or it cannot be read
     */
    public static Store open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(file.toString())
                    .cacheSize(CACHE_MEBIBYTES)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(UNSAVED_KIBIBYTES)
                    .open();
            store.setVersionsToKeep(0);
            return new Store(store);
        } catch (MVStoreException e) {
            String why = e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED
                    ? "another process has it"
                    : String.valueOf(e.getMessage());
            throw new IOException(file + ": " + why, e);
        }
    }

    /** Everything that was written is durable when it returns. */
    public void commit() {
        if (store.hasUnsavedChanges()) {
            store.commit();
            store.sync();
        }
    }

    /** Texts by texts. */
    public Table<String, String> texts(String name) {
        return new Stored<>(store.openMap(name), text -> text, text -> text);
    }

    /** Texts by numbers. */
    public Table<Long, String> numbered(String name) {
        return new Stored<>(store.<Long, String>openMap(name), text -> text, text -> text);
    }

    /** Bytes by texts. */
    public Table<String, byte[]> bytes(String name) {
        return new Stored<String, byte[], byte[]>(store.openMap(name), bytes -> bytes, bytes -> bytes);
    }

    /** The tables of a folder on a machine. */
    public Replica.Tables replica() {
        return new Replica.Tables(
                new Stored<>(store.<String, String>openMap("rows"), Texts::of, Texts::row),
                heads("wanted"),
                texts("facts"));
    }

    /** The tables of a folder of the coordinator. */
    public Heads.Tables heads() {
        Table<String, Conflict> conflicts =
                new Stored<>(store.<String, String>openMap("conflicts"), Texts::of, Texts::conflict);
        return new Heads.Tables(heads("heads"), numbered("order"), conflicts, texts("facts"));
    }

    private Table<String, Head> heads(String name) {
        return new Stored<>(store.<String, String>openMap(name), Texts::of, Texts::head);
    }

    /** The rows of a folder on a machine, for whoever only reads. */
    public Table<String, Row> rows() {
        return replica().rows();
    }

    @Override
    public void close() {
        store.close();
    }

    private record Stored<K, V, S>(MVMap<K, S> map, Function<V, S> write, Function<S, V> read) implements Table<K, V> {

        @Override
        public @Nullable V get(K key) {
            S stored = map.get(key);
            return stored == null ? null : read.apply(stored);
        }

        @Override
        public void put(K key, V value) {
            map.put(key, write.apply(value));
        }

        @Override
        public void remove(K key) {
            map.remove(key);
        }

        @Override
        public Iterator<Map.Entry<K, V>> from(@Nullable K key) {
            Cursor<K, S> cursor = map.cursor(key);
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return cursor.hasNext();
                }

                @Override
                public Map.Entry<K, V> next() {
                    K next = cursor.next();
                    return Map.entry(next, read.apply(cursor.getValue()));
                }
            };
        }

        @Override
        public long size() {
            return map.sizeAsLong();
        }

        @Override
        public void clear() {
            map.clear();
        }
    }
}
