package pulseboard.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pulseboard.feed.Change;
import pulseboard.feed.FeedReader;
import pulseboard.feed.KeptNumbers;
import pulseboard.feed.Snapshot;

/**
 * What one board showed lately, and what is to be kept of it. While nothing is heard of a living board, it shows what it
 * showed; when its heartbeats stay away, nothing is known. Not thread-safe.
 */
final class BoardRecorder implements FeedReader.Sink {

    private static final long SILENCE_SECONDS = FeedReader.STALE_MILLISECONDS / 1_000;

    private static final long STEP_SECONDS = Tier.FINEST_SECONDS;

    /** Twice in each interval, so that little is lost with a program that is killed. */
    private static final long WRITE_SECONDS = 5;

    private static final long STILL_SECONDS = 60;

    private static final long MILLISECONDS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(BoardRecorder.class);

    private final String board;
    private final ResilientStore store;
    private final Recent recent = new Recent();
    private final List<Aggregator> interval = new ArrayList<>();
    private final SeriesColumns series;
    private long second = -1;
    private long changes;
    private boolean isFullTold;

    BoardRecorder(String board, ResilientStore store, KeptNumbers kept) {
        this.board = board;
        this.store = store;
        this.series = new SeriesColumns(kept, column -> {
            recent.clear(column);
            aggregator(column).reset();
        });
    }

    @Override
    public void apply(Change change) {
        advance(change.at() / MILLISECONDS);
        series.apply(change.patch());
        take();
    }

    @Override
    public void replace(Snapshot snapshot) {
        advance(snapshot.at() / MILLISECONDS);
        series.replace(snapshot.state());
        take();
    }

    /** Fills the seconds up to this one, which begins. */
    private void advance(long moment) {
        // A clock that is set back a little stands still meanwhile: what is kept already is not to be written over.
        long now = moment < second && second - moment < STILL_SECONDS ? second : moment;
        boolean isHeard = now > second && now - second <= SILENCE_SECONDS;
        for (long missed = second + 1; isHeard && missed < now; missed++) {
            begin(missed);
            take();
        }
        begin(now);
    }

    private void begin(long now) {
        if (second >= 0 && now / WRITE_SECONDS != second / WRITE_SECONDS) {
            flush();
            if (now / STEP_SECONDS != second / STEP_SECONDS) {
                interval.forEach(Aggregator::reset);
            }
        }
        second = now;
    }

    private void take() {
        changes++;
        recent.put(second, series.values());
        float[] values = series.values();
        for (int column = 0; column < values.length; column++) {
            aggregator(column).add(values[column]);
        }
    }

    private Aggregator aggregator(int column) {
        while (interval.size() <= column) {
            interval.add(new Aggregator());
        }
        return interval.get(column);
    }

    /** Hands over what is known of the interval that is being filled. */
    void flush() {
        if (series.isFull() && !isFullTold) {
            isFullTold = true;
            LOG.warn("The board {} has more numbers than are kept of it; there is no history of the others", board);
        }
        Map<String, Summary> summaries = new HashMap<>();
        List<String> names = series.names();
        for (int column = 0; column < names.size(); column++) {
            Summary summary = aggregator(column).summary();
            if (!summary.isNone()) {
                summaries.put(names.get(column), summary);
            }
        }
        if (!summaries.isEmpty()) {
            store.put(
                    board, second / STEP_SECONDS * STEP_SECONDS * MILLISECONDS, summaries, (second + 1) * MILLISECONDS);
        }
    }

    /** Rows before that moment are about to be replaced: an interval that is still being filled there is over, and not written again. */
    void settle(long before) {
        if (second >= 0 && second * MILLISECONDS < before) {
            flush();
            interval.forEach(Aggregator::reset);
        }
    }

    /** The disk knows better by now what was before that moment. */
    void forgetBefore(long at) {
        recent.clearBefore(at / MILLISECONDS);
        changes++;
    }

    /** Grows whenever something new is known. */
    long changes() {
        return changes;
    }

    /** The names of all series of which something is in memory. */
    List<String> names() {
        return List.copyOf(series.names());
    }

    /** Where its recent values begin. */
    long oldest(long now) {
        return recent.oldest(now);
    }

    /** Hands over the recent values of one series. */
    void read(String name, PointSink points, long from, long to) {
        @Nullable Integer column = series.column(name);
        if (column != null) {
            recent.read(column, from, to, points);
        }
    }
}
