package pulseboard.board.sync.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pulseboard.board.sync.rules.Row;
import pulseboard.board.sync.rules.Table;

/**
 * Holds a folder when what is found there is more likely an accident than a wish: the folder is not there, or much of it is gone at once.
 * Then nothing is told and nothing is changed until a person has decided. Used by the loop.
 */
final class Guard {

    /** So many files may go at once, */
    static final int FEW = 100;

    /** or so large a part of all. */
    static final double PART = 0.3;

    private final Marker marker;
    private final TreeSet<String> gone = new TreeSet<>();
    private @Nullable String reason;

    Guard(Marker marker) {
        this.marker = marker;
    }

    /** At the start. Returns whether the folder has to begin anew. */
    boolean open() throws IOException {
        return switch (marker.look()) {
            case MISSING -> {
                reason = "marker_missing";
                yield false;
            }
            case OLD -> true;
            case FITS -> {
                marker.raise();
                yield false;
            }
        };
    }

    void beginAnew() throws IOException {
        reason = null;
        marker.raise();
    }

    boolean isHeld() {
        return reason != null;
    }

    /** Why, as a stable word; null if it is not held. */
    @Nullable
    String reason() {
        return reason;
    }

    int goneFiles() {
        return gone.size();
    }

    String incarnation() {
        return marker.incarnation();
    }

    long generation() {
        return marker.generation();
    }

    /**
     * Whether these may be told as deleted.
     *
     * @param isMoved whether what was at a path is at another one now: then it is not gone
     */
    boolean allows(List<String> missing, Table<String, Row> rows, Predicate<String> isMoved) {
        if (!marker.isThere()) {
            reason = "marker_missing";
            return false;
        }
        if (missing.isEmpty() && gone.isEmpty()) {
            return reason == null;
        }
        gone.addAll(missing);
        long lost =
                gone.size() <= FEW ? 0 : gone.stream().filter(isMoved.negate()).count();
        if (lost > FEW && isMuch(lost, rows)) {
            reason = "mass_delete";
            return false;
        }
        gone.clear();
        return reason == null;
    }

    private static boolean isMuch(long lost, Table<String, Row> rows) {
        long there = 0;
        Iterator<Map.Entry<String, Row>> all = rows.from(null);
        while (all.hasNext()) {
            there += all.next().getValue().entry().isThere() ? 1 : 0;
        }
        return lost > there * PART;
    }

    /** A person has decided. Returns what was gone. */
    List<String> release() {
        List<String> all = new ArrayList<>(gone);
        gone.clear();
        reason = null;
        return all;
    }
}
