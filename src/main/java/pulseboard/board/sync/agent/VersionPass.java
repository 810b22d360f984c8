package pulseboard.board.sync.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One look after the other at all directories of old versions, a few directories at a time: how much they take, and which could go. Of
 * each path the newest never is among these. Used by the loop.
 */
final class VersionPass {

    private static final int MOST_OLD = 2_000;

    private final Set<Path> toLook = new LinkedHashSet<>();

    /** The oldest that were seen; the youngest of them first, which goes when there are too many. */
    private final PriorityQueue<Old> old =
            new PriorityQueue<>(Comparator.comparingLong(Old::keptAt).reversed());

    private boolean isRunning;
    private long counted;
    private long taken = -1;

    /** An old version that is not the newest of its path. */
    record Old(Path directory, String contentId, long keptAt) {}

    boolean isRunning() {
        return isRunning;
    }

    /** What all of them take; -1 until that is known. */
    long taken() {
        return taken;
    }

    void begin(Collection<Path> directories) {
        isRunning = true;
        counted = 0;
        old.clear();
        toLook.addAll(directories);
    }

    /** The next one to be looked at; null where there is none any more. */
    @Nullable
    Path next() {
        Iterator<Path> all = toLook.iterator();
        return all.hasNext() ? all.next() : null;
    }

    /** What is in a directory, the newest first. */
    void looked(Path directory, List<Versions.Kept> kept) {
        toLook.remove(directory);
        for (int number = 0; number < kept.size(); number++) {
            Versions.Kept each = kept.get(number);
            counted += each.sizeBytes();
            if (number > 0) {
                old.add(new Old(directory, each.contentId(), each.keptAt()));
            }
            if (old.size() > MOST_OLD) {
                old.remove();
            }
        }
    }

    /** A directory has become larger or smaller by so much. What is still to be looked at is counted then. */
    void changed(Path directory, long bytes) {
        if (taken >= 0) {
            taken += bytes;
        }
        if (isRunning && !toLook.contains(directory)) {
            counted += bytes;
        }
    }

    /** All have been looked at. Returns what could go, the oldest first. */
    List<Old> end() {
        isRunning = false;
        taken = counted;
        List<Old> all = new ArrayList<>(old);
        all.sort(Comparator.comparingLong(Old::keptAt));
        old.clear();
        return all;
    }

    /** Takes one old version away. */
    interface Remover {
        void remove(Old version) throws IOException;
    }

    /** Takes away what is too much. Returns whether anything was. */
    boolean shrink(List<Old> oldest, long most, Remover remover) throws IOException {
        long before = taken;
        for (Old each : oldest) {
            if (taken <= most) {
                break;
            }
            remover.remove(each);
        }
        return taken < before;
    }
}
