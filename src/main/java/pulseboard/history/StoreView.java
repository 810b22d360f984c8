package pulseboard.history;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * What is on disk, or about to be, at one moment: it stays as it is while {@link HistoryStore} goes on. For one thread at a time, which
 * waits for reading at most.
 *
 * @param tiers the resolutions, from fine to coarse
 * @param tails of each tier
 * @param chunks of each tier
 * @param rolled until when each tail is in the next tier
 */
record StoreView(
        List<Tier> tiers, List<MVMap<Long, byte[]>> tails, List<ChunkStore> chunks, MVMap<String, Long> rolled) {

    /** The end of the newest row of a tier that is complete by now. */
    long end(int tier, long now) {
        if (tier > 0) {
            return rolledUntil(tier);
        }
        Long last = tails.get(0).lastKey();
        long end = last == null ? 0 : last + tiers.get(0).stepMilliseconds();
        return last == null || end <= now ? end : last;
    }

    /** Until when the rows of a coarser tier have been made. */
    long rolledUntil(int tier) {
        return rolled.getOrDefault("tail" + (tier - 1), 0L);
    }

    /** Hands over what a tier has of some series, by their numbers, between two moments. */
    void read(int tier, Map<Integer, PointSink> wanted, long from, long to) {
        Tier shape = tiers.get(tier);
        wanted.forEach((id, points) -> chunks.get(tier).read(id, from, to, points));
        forEach(
                tails.get(tier),
                shape.floor(from),
                to,
                (at, row) -> wanted.forEach((id, points) -> {
                    Summary summary = RowCodec.find(row, id);
                    if (!summary.isNone()) {
                        points.add(at, shape.stepMilliseconds(), summary);
                    }
                }));
    }

    /** Of a map as it is at the beginning. */
    static void forEach(MVMap<Long, byte[]> map, long from, long to, BiConsumer<Long, byte[]> taker) {
        Cursor<Long, byte[]> cursor = map.cursor(from, to - 1, false);
        while (cursor.hasNext()) {
            Long key = cursor.next();
            taker.accept(key, cursor.getValue());
        }
    }
}
