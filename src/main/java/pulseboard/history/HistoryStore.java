package pulseboard.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.Inflater;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/**
 * The history on disk. New rows, all series of one interval, are in the tail of each tier. Of a finished row of a fine tier
 * comes its part of a row of the next ("roll"); when all rows of a chunk are there, each series' part is compressed and they
 * go ("fold"). All that happens between two commits is on disk together or not at all, so the program may be killed at any
 * moment. One thread writes; others ask a {@link StoreView}, and never wait for the one that does. Every method throws {@link
 * org.h2.mvstore.MVStoreException} when the disk fails.
 */
final class HistoryStore {

    private static final int FILL_PERCENT = 75;
    private static final int COMPACT_BYTES = 8 << 20;

    private final MVStore store;
    private final List<Tier> tiers;
    private final Catalog catalog;
    private final List<MVMap<Long, byte[]>> tails = new ArrayList<>();
    private final List<ChunkStore> chunks = new ArrayList<>();
    private final MVMap<String, Long> rolled;
    private final Gaps gaps;
    private final int minuteDays;
    private final Map<String, MinuteLog> minutes = new ConcurrentHashMap<>();
    private final Inflater readersInflater = new Inflater(true);

    /** The row that the run before left unfinished, perhaps, and this run goes on with. */
    private final long unfinishedAt;

    private final Map<Integer, Summary> unfinished;

    private volatile StoreView view;

    /** Takes over an open store. */
    HistoryStore(MVStore store, HistoryConfig config) {
        this.store = store;
        this.tiers = Tier.of(config);
        this.catalog = new Catalog(store, config.maxSeries());
        this.minuteDays = config.processDays();
        Inflater inflater = new Inflater(true);
        for (int tier = 0; tier < tiers.size(); tier++) {
            tails.add(openMap("tail" + tier));
            chunks.add(new ChunkStore(tiers.get(tier), openMap("blocks" + tier), inflater));
        }
        this.rolled = openTimes("rolled");
        this.gaps = new Gaps(openTimes("gaps"));
        Long last = tails.get(0).lastKey();
        this.unfinishedAt = last == null ? -1 : last;
        this.unfinished = row(0, unfinishedAt);
        catalog.heard(tails.get(0));
        this.view = look();
    }

    /** What there is now. Maps are trees of pages that are never changed but replaced, so that costs next to nothing. */
    private StoreView look() {
        long version = store.getCurrentVersion();
        return new StoreView(
                tiers,
                tails.stream().map(tail -> tail.openVersion(version)).toList(),
                chunks.stream().map(tier -> tier.view(version, readersInflater)).toList(),
                rolled.openVersion(version));
    }

    /** What is known since the last interval was taken, also while it is being written; for one other thread. */
    StoreView view() {
        return view;
    }

    private MVMap<String, Long> openTimes(String name) {
        MVMap.Builder<String, Long> times = new MVMap.Builder<>();
        return store.openMap(name, times.keyType(StringDataType.INSTANCE).valueType(LongDataType.INSTANCE));
    }

    private MVMap<Long, byte[]> openMap(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    Catalog catalog() {
        return catalog;
    }

    /** What a board said of each minute. */
    MinuteLog minutes(String board) {
        return minutes.computeIfAbsent(board, missing -> new MinuteLog(openMap(board), minuteDays));
    }

    /** From fine to coarse. */
    List<Tier> tiers() {
        return tiers;
    }

    /**
     * Takes what is known so far of one interval of the finest tier; may be called again for the same interval.
     *
     * @param at start of the interval
     * @return how many series there was no room for
     */
    int put(String board, long at, Map<String, Summary> summaries) {
        return put(0, board, at, summaries);
    }

    /** The same for any tier, in the order of time. */
    int put(int tier, String board, long at, Map<String, Summary> summaries) {
        Map<Integer, Summary> row = row(tier, at);
        int refused = 0;
        for (Map.Entry<String, Summary> entry : summaries.entrySet()) {
            Integer id = claim(board, entry.getKey(), at);
            if (id == null) {
                refused++;
            } else {
                boolean isUnfinished = tier == 0 && at == unfinishedAt;
                Summary before = isUnfinished ? unfinished.getOrDefault(id, Summary.NONE) : Summary.NONE;
                row.put(id, entry.getValue().with(before));
            }
        }
        tails.get(tier).put(at, RowCodec.encode(row));
        rolled.putIfAbsent("since", at);
        return refused;
    }

    /**
     * Takes rows of the past of one board in the place of what was known of these intervals, also by coarser tiers, and writes.
     *
     * @return how many rows were taken
     */
    int putLate(String board, SortedMap<Long, Map<String, Summary>> rows) {
        LateRows late = new LateRows(new StoreView(tiers, tails, chunks, rolled));
        int taken = late.put(rows, name -> lateId(board, name, rows.lastKey()));
        commit(rolled.getOrDefault("tail0", 0L)); // What is not complete yet is not made complete by this.
        return taken;
    }

    /** A row of the past says nothing of when a series that is known was heard of last. */
    private @Nullable Integer lateId(String board, String name, long at) {
        Integer found = catalog.find(board, name);
        return found == null ? claim(board, name, at) : found;
    }

    /** Which machines' rows are missing. */
    Gaps gaps() {
        return gaps;
    }

    private @Nullable Integer claim(String board, String name, long at) {
        return catalog.claim(board, name, at)
                .or(() -> catalog.giveUpOne(board, at).flatMap(id -> {
                    chunks.forEach(tier -> tier.remove(id));
                    return catalog.claim(board, name, at);
                }))
                .orElse(null);
    }

    private Map<Integer, Summary> row(int tier, long at) {
        byte[] row = tails.get(tier).get(at);
        return row == null ? new TreeMap<>() : RowCodec.decode(row);
    }

    /** Makes coarser rows of what is complete, tidies up, and writes. */
    void commit(long now) {
        boolean folded = false;
        for (int tier = 0; tier < tiers.size(); tier++) {
            boolean isLast = tier + 1 == tiers.size();
            long until = isLast ? now : roll(tier, now);
            folded |= fold(tier, until);
        }
        if (folded) {
            long today = today(now);
            for (int tier = 0; tier < tiers.size(); tier++) {
                chunks.get(tier).removeBefore(today - tiers.get(tier).keptMilliseconds());
            }
            catalog.forgetBefore(today - tiers.get(tiers.size() - 1).keptMilliseconds());
            catalog.save();
            minutes.values().forEach(each -> each.expire(today));
        }
        view = look();
        store.commit();
        if (folded) {
            store.compact(FILL_PERCENT, COMPACT_BYTES);
        }
    }

    /** By a day at a time at most: a clock that is years ahead for a minute must not make everything too old. */
    private long today(long now) {
        long today = Math.min(now, rolled.getOrDefault("expired", now) + TimeUnit.DAYS.toMillis(1));
        rolled.put("expired", today);
        return today;
    }

    /** Since when there is a history, Unix milliseconds. */
    long since() {
        return rolled.getOrDefault("since", 0L);
    }

    /** Brings finished rows into the next tier; returns until when that is done. */
    private long roll(int tier, long now) {
        Tier coarse = tiers.get(tier + 1);
        MVMap<Long, byte[]> tail = tails.get(tier);
        long before = rolled.getOrDefault("tail" + tier, 0L);
        long until = Math.min(before, coarse.floor(now));
        Long next = tail.ceilingKey(until);
        while (next != null && coarse.floor(next) + coarse.stepMilliseconds() <= now) {
            long at = coarse.floor(next);
            until = at + coarse.stepMilliseconds();
            Map<Integer, Summary> row = row(tier + 1, at);
            row.putAll(aggregate(tail, at, until));
            tails.get(tier + 1).put(at, RowCodec.encode(row));
            next = tail.ceilingKey(until);
        }
        if (until != before) { // Or each commit would write it.
            rolled.put("tail" + tier, until);
        }
        return until;
    }

    private static Map<Integer, Summary> aggregate(MVMap<Long, byte[]> tail, long from, long to) {
        Map<Integer, Aggregator> series = new TreeMap<>();
        StoreView.forEach(
                tail,
                from,
                to,
                (at, row) -> RowCodec.forEach(
                        row,
                        (id, summary) -> series.computeIfAbsent(id, any -> new Aggregator())
                                .add(summary)));
        Map<Integer, Summary> summaries = new TreeMap<>();
        series.forEach((id, aggregator) -> summaries.put(id, aggregator.summary()));
        return summaries;
    }

    private boolean fold(int tier, long until) {
        MVMap<Long, byte[]> tail = tails.get(tier);
        Tier shape = tiers.get(tier);
        boolean folded = false;
        for (Long first = tail.firstKey(); first != null; first = tail.firstKey()) {
            long number = shape.block(first);
            if ((number + 1) * shape.blockMilliseconds() > until) {
                break;
            }
            foldBlock(tier, number);
            folded = true;
        }
        return folded;
    }

    private void foldBlock(int tier, long number) {
        Tier shape = tiers.get(tier);
        MVMap<Long, byte[]> tail = tails.get(tier);
        Map<Integer, Chunk> columns = new TreeMap<>();
        long start = number * shape.blockMilliseconds();
        List<Long> rows = new ArrayList<>();
        StoreView.forEach(tail, start, start + shape.blockMilliseconds(), (at, row) -> {
            rows.add(at);
            int index = (int) ((at - start) / shape.stepMilliseconds());
            RowCodec.forEach(
                    row,
                    (id, summary) -> columns.computeIfAbsent(
                                    id, any -> chunks.get(tier).get(number, id))
                            .set(index, summary));
        });
        // A series that was given up meanwhile may still be in rows.
        columns.keySet().retainAll(Set.copyOf(catalog.ids()));
        columns.forEach((id, chunk) -> chunks.get(tier).put(number, id, chunk));
        rows.forEach(tail::remove);
    }

    /** Size of the file. */
    long bytes() {
        return store.getFileStore().size();
    }

    /** Writes what is left and closes the file. */
    void close() {
        catalog.save();
        store.close();
    }

    /** Closes the file as it is. */
    void closeImmediately() {
        store.closeImmediately();
    }
}
