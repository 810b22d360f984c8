package pulseboard.history;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.h2.mvstore.MVMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows of the past into tiers that have gone on meanwhile. A row holds the series of all boards, so the coarser rows were made
 * when the time came, without these: they are made anew, of these series alone, and all others stay as they are. Used by the one
 * thread that writes, which commits afterwards.
 */
final class LateRows {

    private final StoreView now;

    /** Over what is there by now, and not as it was at some moment. */
    LateRows(StoreView now) {
        this.now = now;
    }

    /**
     * Takes rows of the finest tier by time, in the place of what was known of these intervals.
     *
     * @param ids the number of a series; null where there is no room for it
     * @return how many rows were taken
     */
    int put(SortedMap<Long, Map<String, Summary>> rows, Function<String, @Nullable Integer> ids) {
        Map<String, Integer> known = new HashMap<>();
        SortedMap<Long, Map<Integer, Summary>> numbered = new TreeMap<>();
        rows.forEach((at, summaries) -> summaries.forEach((name, summary) -> {
            Integer id = known.computeIfAbsent(name, ids);
            if (id != null) {
                numbered.computeIfAbsent(at, missing -> new TreeMap<>()).put(id, summary);
            }
        }));
        put(numbered);
        return numbered.size();
    }

    private void put(SortedMap<Long, Map<Integer, Summary>> rows) {
        SortedMap<Long, Map<Integer, Summary>> finer = rows;
        finer.forEach((at, row) -> merge(0, at, row));
        for (int tier = 1; tier < now.tiers().size(); tier++) {
            finer = coarser(tier, finer);
            int here = tier;
            finer.forEach((at, row) -> merge(here, at, row));
        }
    }

    private void merge(int tier, long at, Map<Integer, Summary> late) {
        MVMap<Long, byte[]> tail = now.tails().get(tier);
        byte[] before = tail.get(at);
        Map<Integer, Summary> row = before == null ? new TreeMap<>() : RowCodec.decode(before);
        row.putAll(late);
        tail.put(at, RowCodec.encode(row));
    }

    /** What comes of them in the next tier, as far as that has been made; the rest is made when its time comes. */
    private SortedMap<Long, Map<Integer, Summary>> coarser(int tier, SortedMap<Long, Map<Integer, Summary>> finer) {
        Tier shape = now.tiers().get(tier);
        long until = now.rolledUntil(tier);
        SortedMap<Long, Set<Integer>> touched = new TreeMap<>();
        finer.forEach((at, row) -> {
            long start = shape.floor(at);
            if (start + shape.stepMilliseconds() <= until) {
                touched.computeIfAbsent(start, missing -> new TreeSet<>()).addAll(row.keySet());
            }
        });
        SortedMap<Long, Map<Integer, Summary>> made = new TreeMap<>();
        touched.forEach((start, ids) -> made.put(start, aggregate(tier - 1, ids, start, shape.stepMilliseconds())));
        return made;
    }

    private Map<Integer, Summary> aggregate(int tier, Set<Integer> ids, long from, long length) {
        Map<Integer, Rows> found = new TreeMap<>();
        ids.forEach(id -> found.put(id, new Rows()));
        now.read(tier, new TreeMap<>(found), from, from + length);
        Map<Integer, Summary> summaries = new TreeMap<>();
        found.forEach((id, rows) -> summaries.put(id, rows.summary()));
        return summaries;
    }

    /** A row that is late may stand beside the one of before until both are compressed: the later one holds. */
    private static final class Rows implements PointSink {

        private final Map<Long, Summary> known = new TreeMap<>();

        @Override
        public void add(long at, long stepMilliseconds, Summary summary) {
            known.put(at, summary);
        }

        Summary summary() {
            Aggregator all = new Aggregator();
            known.values().forEach(all::add);
            return all.summary();
        }
    }
}
