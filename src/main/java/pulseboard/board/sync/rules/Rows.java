package pulseboard.board.sync.rules;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a machine knows of its own paths, and which of them the coordinator has to be told. Used by one thread. */
final class Rows {

    private final Table<String, Row> table;

    private final TreeSet<String> untold = new TreeSet<>();

    /** Apart: they are told after all else, when what was renamed is known under its new name. */
    private final TreeSet<String> untoldDeletions = new TreeSet<>();

    /** What is known as deleted. */
    private final TreeSet<String> deletions = new TreeSet<>();

    Rows(Table<String, Row> table) {
        this.table = table;
        Iterator<Map.Entry<String, Row>> all = table.from(null);
        while (all.hasNext()) {
            Map.Entry<String, Row> next = all.next();
            note(next.getKey(), next.getValue());
        }
    }

    Row get(String path) {
        return Objects.requireNonNullElse(table.get(path), Row.NONE);
    }

    Iterator<Map.Entry<String, Row>> from(@Nullable String path) {
        return table.from(path);
    }

    void put(String path, Row row) {
        if (row.entry().kind() == Entry.Kind.ABSENT && row.placing().kind() == Entry.Kind.ABSENT) {
            remove(path);
            return;
        }
        table.put(path, row);
        note(path, row);
    }

    private void note(String path, Row row) {
        untold.remove(path);
        untoldDeletions.remove(path);
        if (row.entry().kind() == Entry.Kind.DELETED) {
            deletions.add(path);
        } else {
            deletions.remove(path);
        }
        if (row.isUntold()) {
            (row.entry().isThere() ? untold : untoldDeletions).add(path);
        }
    }

    void remove(String path) {
        table.remove(path);
        note(path, Row.NONE);
    }

    void clear() {
        table.clear();
        untold.clear();
        untoldDeletions.clear();
        deletions.clear();
    }

    Set<String> allUntold() {
        Set<String> all = new TreeSet<>(untold);
        all.addAll(untoldDeletions);
        return all;
    }

    Map<String, Entry> untold(int most) {
        Map<String, Entry> all = new LinkedHashMap<>();
        for (String path : untold.isEmpty() ? untoldDeletions : untold) {
            if (all.size() == most) {
                break;
            }
            all.put(path, get(path).entry());
        }
        return all;
    }

    boolean isTold() {
        return untold.isEmpty() && untoldDeletions.isEmpty();
    }

    /** Everyone has done these deletions. */
    void forgetDeletions(long floor) {
        TreeSet<String> gone = new TreeSet<>();
        for (String path : deletions) {
            Row row = get(path);
            if (row.seq() > 0 && row.seq() <= floor) {
                gone.add(path);
            }
        }
        gone.forEach(this::remove);
    }
}
