package pulseboard.history;

import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.KeptNumbers;

/**
 * The numbers of one board's state, each in a column of its own, kept up to date by merge patches without a look at what did
 * not change. A column whose number is gone is given away when there is no other.
 */
final class SeriesColumns {

    private final KeptNumbers kept;
    private final IntConsumer freed;
    private final Node root;
    private final Map<String, Integer> columns = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Set<Integer> gone = new LinkedHashSet<>();
    private float[] values = new float[0];
    private boolean isFull;

    /** A place in the document. */
    private static final class Node {
        private final @Nullable Node parent;
        private final String key;
        private final boolean isKept;
        private final boolean isLeftOut;
        private final Map<String, Node> members = new HashMap<>();
        private int column = -1;

        Node(@Nullable Node parent, String key, KeptNumbers kept) {
            this.parent = parent;
            this.key = key;
            List<String> path = path();
            this.isKept = kept.keeps(path);
            this.isLeftOut = kept.leavesOutAllBelow(path);
        }

        private List<String> path() {
            ArrayDeque<String> path = new ArrayDeque<>();
            for (Node node = this; node.parent != null; node = node.parent) {
                path.addFirst(node.key);
            }
            return List.copyOf(path);
        }

        String name() {
            return String.join(".", path().stream().map(SeriesColumns::escape).toList());
        }
    }

    /**
     * Makes it empty.
     *
     * @param kept which numbers have a column, and how many columns there may be
     * @param freed called with a column that is about to be another series'
     */
    SeriesColumns(KeptNumbers kept, IntConsumer freed) {
        this.kept = kept;
        this.root = new Node(null, "", kept);
        this.freed = freed;
    }

    /** The value of each column now; not a number where there is none. To be read only, and not kept. */
    float[] values() {
        return values;
    }

    /** The name of each column. */
    List<String> names() {
        return names;
    }

    /** The column of a series, if it has one. */
    @Nullable
    Integer column(String name) {
        return columns.get(name);
    }

    /** Whether there was a number for which there was no column. */
    boolean isFull() {
        return isFull;
    }

    /** Takes a whole state instead of the one before. */
    void replace(JsonObject state) {
        remove(root);
        root.members.clear();
        apply(state);
    }

    /** Takes a merge patch. */
    void apply(JsonObject patch) {
        patch.forEach(member -> apply(root, member));
    }

    private void apply(Node parent, Map.Entry<String, Object> member) {
        Object value = member.getValue();
        if (value instanceof JsonObject inner) {
            Node node = member(parent, member.getKey());
            removeValue(node);
            if (!node.isLeftOut) {
                inner.forEach(deeper -> apply(node, deeper));
            }
        } else if (value instanceof Number number) {
            Node node = member(parent, member.getKey());
            node.members.values().forEach(this::remove);
            node.members.clear();
            set(node, number.floatValue());
        } else {
            Node node = parent.members.remove(member.getKey());
            if (node != null) {
                remove(node);
            }
        }
    }

    private Node member(Node parent, String key) {
        return parent.members.computeIfAbsent(key, missing -> new Node(parent, key, kept));
    }

    private void set(Node node, float value) {
        if (node.column < 0 && node.isKept) {
            node.column = claim(node.name());
        }
        if (node.column >= 0) {
            values[node.column] = value;
        }
    }

    private void remove(Node node) {
        removeValue(node);
        node.members.values().forEach(this::remove);
    }

    private void removeValue(Node node) {
        if (node.column >= 0) {
            values[node.column] = Float.NaN;
            gone.add(node.column);
            node.column = -1;
        }
    }

    /** The column of before, a new one, or that of the series that is gone for longest; -1 when all are in use. */
    private int claim(String name) {
        Integer before = columns.get(name);
        int column = before != null ? before : names.size() < kept.mostSeries() ? create() : reuse();
        if (column >= 0) {
            gone.remove(column);
            columns.put(name, column);
            names.set(column, name);
        } else {
            isFull = true;
        }
        return column;
    }

    private int create() {
        int column = names.size();
        names.add("");
        values = Arrays.copyOf(values, column + 1);
        return column;
    }

    private int reuse() {
        if (gone.isEmpty()) {
            return -1;
        }
        int column = gone.iterator().next();
        columns.remove(names.get(column));
        freed.accept(column);
        return column;
    }

    /** Makes a key one part of a name, whatever it contains. */
    static String escape(String key) {
        return key.replace("%", "%25").replace(",", "%2C").replace(".", "%2E").replace("*", "%2A");
    }
}
