package pulseboard.board.sync.rules;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a machine has heard of and does not have yet. Used by one thread. */
public final class Wanted {

    private final Table<String, Head> heads;

    /** Which paths want a content, by the content. */
    private final Map<String, TreeSet<String>> contents = new HashMap<>();

    private final TreeMap<Long, Head> order = new TreeMap<>();
    private final Map<String, Head> paths = new HashMap<>();

    Wanted(Table<String, Head> heads) {
        this.heads = heads;
        Iterator<Map.Entry<String, Head>> all = heads.from(null);
        while (all.hasNext()) {
            note(all.next().getValue());
        }
    }

    /** What is wanted at a path, if anything. */
    public @Nullable Head get(String path) {
        return paths.get(path);
    }

    /** How many paths want something. */
    public int size() {
        return order.size();
    }

    /** All of them, in the coordinator's order. */
    public Iterable<Head> all() {
        return order.values();
    }

    /** Whether some path wants this content. */
    public boolean wants(String contentId) {
        return contents.containsKey(contentId);
    }

    /** The lowest number of a change that is wanted. */
    long lowest() {
        return order.isEmpty() ? Long.MAX_VALUE : order.firstKey();
    }

    void put(Head head) {
        heads.put(head.path(), head);
        note(head);
    }

    private void note(Head head) {
        order.put(head.seq(), head);
        paths.put(head.path(), head);
        if (head.entry().hasContent()) {
            contents.computeIfAbsent(head.entry().contentId(), first -> new TreeSet<>())
                    .add(head.path());
        }
    }

    void remove(Head head) {
        heads.remove(head.path());
        order.remove(head.seq());
        paths.remove(head.path());
        TreeSet<String> paths = contents.get(head.entry().contentId());
        if (paths != null) {
            paths.remove(head.path());
            if (paths.isEmpty()) {
                contents.remove(head.entry().contentId());
            }
        }
    }

    void clear() {
        heads.clear();
        contents.clear();
        order.clear();
        paths.clear();
    }

    /** Whether other paths still need what is at this one, and nobody has put it aside for them. */
    boolean needsElsewhere(String path, Entry entry, Predicate<String> isFetched) {
        if (!entry.hasContent() || isFetched.test(entry.contentId())) {
            return false;
        }
        return contents.getOrDefault(entry.contentId(), new TreeSet<>()).stream()
                .anyMatch(other -> !other.equals(path));
    }
}
