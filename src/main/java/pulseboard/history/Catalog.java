package pulseboard.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * Which series are on disk, each with a number that no other ever has, and when each was last heard of. One thread changes it;
 * any may look names up meanwhile.
 */
final class Catalog {

    /** A series that was heard of so short a time ago is not given up for another. */
    private static final long LIVE_MILLISECONDS = 600_000;

    private final MVMap<String, String> stored;
    private final int most;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private int highest;

    private static final class Entry {
        private final int id;
        private volatile long lastAt;

        Entry(int id, long lastAt) {
            this.id = id;
            this.lastAt = lastAt;
        }
    }

    /**
     * Reads it.
     *
     * @param most how many series of one board there may be: a board with many cannot push out those of another
     */
    Catalog(MVStore store, int most) {
        this.stored = store.openMap(
                "series",
                new MVMap.Builder<String, String>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(StringDataType.INSTANCE));
        this.most = most;
        stored.forEach((name, value) -> {
            String[] parts = value.split(" ", 2);
            entries.put(name, new Entry(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        });
        entries.values().forEach(entry -> highest = Math.max(highest, entry.id));
    }

    private static String key(String board, String name) {
        return board + "/" + name;
    }

    /** The number of a series, if it is kept. */
    @Nullable
    Integer find(String board, String name) {
        Entry entry = entries.get(key(board, name));
        return entry == null ? null : entry.id;
    }

    /** The number of a series, which is kept from now on if there is room. */
    Optional<Integer> claim(String board, String name, long at) {
        String key = key(board, name);
        Entry entry = entries.get(key);
        if (entry == null) {
            if (count(board) >= most) {
                return Optional.empty();
            }
            highest++;
            entry = new Entry(highest, at);
            entries.put(key, entry);
            store(key, entry);
        }
        entry.lastAt = at;
        return Optional.of(entry.id);
    }

    /** Learns from rows that are there when each series was heard of last. */
    void heard(MVMap<Long, byte[]> rows) {
        Map<Integer, Long> last = new HashMap<>();
        StoreView.forEach(
                rows, 0, Long.MAX_VALUE, (at, row) -> RowCodec.forEach(row, (id, summary) -> last.put(id, at)));
        entries.values().forEach(entry -> entry.lastAt = Math.max(entry.lastAt, last.getOrDefault(entry.id, 0L)));
    }

    /** When any of those series was last heard of of which board and name, with a slash between, begin so; 0 if none was. */
    long newest(String prefix) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .mapToLong(entry -> entry.getValue().lastAt)
                .max()
                .orElse(0);
    }

    private long count(String board) {
        String prefix = key(board, "");
        return entries.keySet().stream().filter(key -> key.startsWith(prefix)).count();
    }

    /** The series of a board that was not heard of for longest, when there is no room for another; it is forgotten. */
    Optional<Integer> giveUpOne(String board, long now) {
        String prefix = key(board, "");
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> entry.getValue().lastAt < now - LIVE_MILLISECONDS)
                .min(Comparator.comparingLong(entry -> entry.getValue().lastAt))
                .map(entry -> remove(entry.getKey()));
    }

    /** Forgets the series that were last heard of before that moment. */
    void forgetBefore(long at) {
        entries.entrySet().stream()
                .filter(entry -> entry.getValue().lastAt < at)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::remove);
    }

    /** Writes down when each was last heard of. */
    void save() {
        entries.forEach(this::store);
    }

    /** The names of all series of one board, in order. */
    List<String> names(String board) {
        String prefix = key(board, "");
        return new TreeMap<>(entries)
                .keySet().stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(key -> key.substring(prefix.length()))
                        .toList();
    }

    /** The numbers of all series. */
    List<Integer> ids() {
        return entries.values().stream().map(entry -> entry.id).sorted().toList();
    }

    int size() {
        return entries.size();
    }

    private void store(String key, Entry entry) {
        String value = entry.id + " " + entry.lastAt;
        if (!value.equals(stored.get(key))) {
            stored.put(key, value);
        }
    }

    private int remove(String key) {
        stored.remove(key);
        Entry entry = entries.remove(key);
        return entry == null ? -1 : entry.id;
    }
}
