package pulseboard.board.sync.rules;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A table that is gone with the process. */
public final class MemoryTable<K, V> implements Table<K, V> {

    private final TreeMap<K, V> all;

    /** Empty. */
    public MemoryTable() {
        all = new TreeMap<>();
    }

    /** With what the other one holds now. */
    public MemoryTable(MemoryTable<K, V> other) {
        all = new TreeMap<>(other.all);
    }

    @Override
    public @Nullable V get(K key) {
        return all.get(key);
    }

    @Override
    public void put(K key, V value) {
        all.put(key, value);
    }

    @Override
    public void remove(K key) {
        all.remove(key);
    }

    @Override
    public Iterator<Map.Entry<K, V>> from(@Nullable K key) {
        return new ArrayList<>((key == null ? all : all.tailMap(key, true)).entrySet()).iterator();
    }

    @Override
    public long size() {
        return all.size();
    }

    @Override
    public void clear() {
        all.clear();
    }
}
