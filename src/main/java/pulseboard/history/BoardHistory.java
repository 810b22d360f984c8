package pulseboard.history;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one board showed lately, and what is to be kept of it. While nothing is heard of a living board, it shows what it
 * showed; when its heartbeats stay away, nothing is known. Not thread-safe.
 */
final class BoardHistory {

    /** A living board is heard of every 5 s. */
    private static final long SILENCE_SECONDS = 7;

    private static final long STEP_SECONDS = Tier.FINEST_SECONDS;

    /** Twice in each interval, so that little is lost with a program that is killed. */
    private static final long WRITE_SECONDS = 5;

    private static final long STILL_SECONDS = 60;

    private static final long MILLISECONDS = 1_000;

    private final String board;
    private final Keeper keeper;
    private final Recent recent = new Recent();
    private final Gathering gathering = new Gathering();
    private final Series series;
    private String epoch = "";
    private long seq;
    private long second = -1;
    private long changes;

    BoardHistory(String board, Keeper keeper, int mostSeries) {
        this.board = board;
        this.keeper = keeper;
        this.series = new Series(mostSeries, column -> {
            recent.clear(column);
            gathering.clear(column);
        });
    }

    /** Takes a change as it travels; returns false when one before it is missing, and a snapshot has to be asked for. */
    boolean change(JsonObject change) {
        if (change.getString("epoch").equals(epoch) && change.getLong("seq") <= seq) {
            return true; // Older than the snapshot.
        }
        if (!change.getString("epoch").equals(epoch) || change.getLong("seq") != seq + 1) {
            return false;
        }
        seq++;
        advance(change.getLong("at") / MILLISECONDS);
        series.apply(change.getJsonObject("patch"));
        take();
        return true;
    }

    /** Takes a snapshot as it travels. */
    void snapshot(JsonObject snapshot) {
        epoch = snapshot.getString("epoch");
        seq = snapshot.getLong("seq");
        advance(snapshot.getLong("at") / MILLISECONDS);
        series.replace(snapshot.getJsonObject("state"));
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
                gathering.reset();
            }
        }
        second = now;
    }

    private void take() {
        changes++;
        recent.put(second, series.values());
        gathering.add(series.values());
    }

    /** Hands over what is known of the interval that is being filled. */
    void flush() {
        Map<String, Summary> summaries = new HashMap<>();
        List<String> names = series.names();
        for (int column = 0; column < names.size(); column++) {
            Summary summary = gathering.summary(column);
            if (!summary.isNone()) {
                summaries.put(names.get(column), summary);
            }
        }
        if (!summaries.isEmpty()) {
            keeper.put(
                    board, second / STEP_SECONDS * STEP_SECONDS * MILLISECONDS, summaries, (second + 1) * MILLISECONDS);
        }
    }

    /** Grows whenever something new is known. */
    long changes() {
        return changes;
    }

    /** Whether there were more numbers than there is room for. */
    boolean isFull() {
        return series.isFull();
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
    void read(String name, Points points, long from, long to) {
        @Nullable Integer column = series.column(name);
        if (column != null) {
            recent.read(column, from, to, points);
        }
    }
}
