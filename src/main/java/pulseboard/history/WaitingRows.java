package pulseboard.history;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Rows that are not on disk yet, by time and board: the newest, if there are more than {@value #MOST}. Not thread-safe. */
final class WaitingRows {

    /** A quarter of an hour. */
    static final int MOST = 90;

    private final TreeMap<Long, Map<String, Map<String, Summary>>> rows = new TreeMap<>();
    private long lost;

    /** Adds one, in the place of what was known of that interval before. */
    void put(long at, String board, Map<String, Summary> summaries) {
        rows.computeIfAbsent(at, any -> new HashMap<>()).put(board, summaries);
        dropTooMany();
    }

    /** Takes all of them away. */
    Map<Long, Map<String, Map<String, Summary>>> take() {
        Map<Long, Map<String, Map<String, Summary>>> all = new TreeMap<>(rows);
        rows.clear();
        return all;
    }

    /** Takes back what was not written; what came meanwhile is newer. */
    void putBack(Map<Long, Map<String, Map<String, Summary>>> before) {
        before.forEach((at, boards) -> boards.forEach((board, summaries) ->
                rows.computeIfAbsent(at, any -> new HashMap<>()).putIfAbsent(board, summaries)));
        dropTooMany();
    }

    private void dropTooMany() {
        while (rows.size() > MOST) {
            rows.pollFirstEntry();
            lost++;
        }
    }

    /** How many intervals wait. */
    int size() {
        return rows.size();
    }

    /** How many intervals were dropped since the last such question. */
    long takeLost() {
        long before = lost;
        lost = 0;
        return before;
    }
}
