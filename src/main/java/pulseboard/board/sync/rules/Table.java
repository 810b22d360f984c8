package pulseboard.board.sync.rules;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is kept under keys that have an order: in memory, or in a file. Used by one thread. */
public interface Table<K, V> {

    /** What is under the key, if anything. */
    @Nullable
    V get(K key);

    /** Puts it there in place of what was there. */
    void put(K key, V value);

    /** Takes it away. */
    void remove(K key);

    /** All from this key on, or all of them, in the order of their keys. What changes meanwhile may be in it or not. */
    Iterator<Map.Entry<K, V>> from(@Nullable K key);

    /** How many there are. */
    long size();

    /** Takes all away. */
    void clear();
}
