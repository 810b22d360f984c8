package pulseboard.history;

import java.util.function.LongConsumer;
import java.util.zip.Inflater;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chunks of one tier on disk, by time first: what is new comes to the end, and what is old goes from the beginning. */
final class ChunkStore {

    private static final Logger LOG = LoggerFactory.getLogger(ChunkStore.class);

    private final Tier shape;
    private final MVMap<Long, byte[]> stored;
    private final Inflater inflater;

    /**
     * Takes over a map.
     *
     * @param inflater used by one thread only, and by others of that thread too
     */
    ChunkStore(Tier shape, MVMap<Long, byte[]> stored, Inflater inflater) {
        this.shape = shape;
        this.stored = stored;
        this.inflater = inflater;
    }

    /** As it is now, whatever is put or removed afterwards; for another thread, which has another inflater. */
    ChunkStore view(long version, Inflater other) {
        return new ChunkStore(shape, stored.openVersion(version), other);
    }

    private static long key(long number, int id) {
        return number << Integer.SIZE | id;
    }

    /** The chunk of a series with that number; an empty one if there is none. */
    Chunk get(long number, int id) {
        try {
            byte[] bytes = stored.get(key(number, id));
            return bytes == null
                    ? new Chunk(shape.rowsPerBlock())
                    : ChunkCodec.decode(bytes, shape.rowsPerBlock(), inflater);
        } catch (IllegalStateException e) {
            return lost(e);
        } catch (MVStoreException e) {
            if (HistoryFile.isDamaged(e)) {
                return lost(e);
            }
            throw e;
        }
    }

    /** One that is damaged is empty: the rest must go on. */
    private Chunk lost(RuntimeException damage) {
        LOG.warn("Part of the history of one series is lost: {}", damage.getMessage());
        return new Chunk(shape.rowsPerBlock());
    }

    void put(long number, int id, Chunk chunk) {
        stored.put(key(number, id), ChunkCodec.encode(chunk));
    }

    /** Removes all that end before that moment. */
    void removeBefore(long at) {
        Cursor<Long, byte[]> old = stored.cursor(0L, key(shape.block(at), 0) - 1, false);
        while (old.hasNext()) {
            stored.remove(old.next());
        }
    }

    /** Removes all of one series. */
    void remove(int id) {
        forEachNumber(0, Long.MAX_VALUE, number -> stored.remove(key(number, id)));
    }

    /** Hands over what there is of one series in the intervals that touch these moments. */
    void read(int id, long from, long to, PointSink points) {
        forEachNumber(shape.block(from), shape.block(to - 1), number -> {
            long start = number * shape.blockMilliseconds();
            long first = Math.max(0, Math.floorDiv(from - start, shape.stepMilliseconds()));
            long last = Math.min(shape.rowsPerBlock() - 1, Math.floorDiv(to - 1 - start, shape.stepMilliseconds()));
            Chunk chunk = get(number, id);
            for (int row = (int) first; row <= last; row++) {
                if (chunk.isKnown(row)) {
                    points.add(start + row * shape.stepMilliseconds(), shape.stepMilliseconds(), chunk, row);
                }
            }
        });
    }

    /** For those numbers that there may be. */
    private void forEachNumber(long from, long to, LongConsumer taker) {
        Long first = stored.firstKey();
        Long last = stored.lastKey();
        if (first != null && last != null) {
            long end = Math.min(to, last >> Integer.SIZE);
            for (long number = Math.max(from, first >> Integer.SIZE); number <= end; number++) {
                taker.accept(number);
            }
        }
    }
}
