package pulseboard.fleet;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which gaps are filled, and which wait for that: the newest first, as that is looked at. Not thread-safe. */
final class GapQueue {

    /** So many machines are asked at a time. */
    static final int MOST = 20;

    private final Map<String, Gap> waiting = new HashMap<>();
    private final Map<String, Gap> filling = new HashMap<>();

    /** Another one, in the place of what was to be filled of that machine. */
    void add(Gap gap) {
        remove(gap.machine());
        waiting.put(gap.machine(), gap);
    }

    /** Nothing of that machine is filled now. */
    void remove(String machine) {
        waiting.remove(machine);
        filling.remove(machine);
    }

    /** The next that is to be filled, which begins now; nothing while none is due, or too many are filled. */
    Optional<Gap> next(long now) {
        if (filling.size() >= MOST) {
            return Optional.empty();
        }
        Optional<Gap> next = waiting.values().stream()
                .filter(gap -> gap.dueAt() <= now)
                .max(Comparator.comparingLong(Gap::from).thenComparing(Gap::machine));
        next.ifPresent(gap -> {
            waiting.remove(gap.machine());
            filling.put(gap.machine(), gap);
        });
        return next;
    }

    /** Whether that one is being filled still. */
    boolean isFilling(Gap gap) {
        return gap.equals(filling.get(gap.machine()));
    }

    /** That one is not being filled any more. */
    void end(Gap gap) {
        filling.remove(gap.machine(), gap);
    }
}
