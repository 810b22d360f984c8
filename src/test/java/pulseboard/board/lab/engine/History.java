package pulseboard.board.lab.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What proposers of one chunk were told, and when. It is linearizable (Herlihy and Wing 1990) if there is one order that explains it:
 * each took effect at one moment between its beginning and its end, and got what the first of them had proposed. Looked for by trying
 * all orders (Wing and Gong 1993).
 */
final class History {

    /** Of a proposal that was not answered: it may have taken effect at any time after it began, or never. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * One proposal.
     *
     * @param value what it proposed
     * @param began when, by a clock that does not go back
     * @param ended when it was answered, by the same clock; {@link #NEVER} where it was not
     * @param decided the answer; null where there was none
     */
    record Proposal(
            String value, long began, long ended, @Nullable String decided) {}

    private final Set<State> tried = new HashSet<>();

    private record State(List<Proposal> open, @Nullable String chosen) {}

    private History() {}

    static boolean isLinearizable(List<Proposal> proposals) {
        return new History().isExplained(proposals, null);
    }

    private boolean isExplained(List<Proposal> open, @Nullable String chosen) {
        if (open.stream().allMatch(each -> each.ended() == NEVER)) {
            return true;
        }
        if (!tried.add(new State(open, chosen))) {
            return false;
        }
        long firstEnd = open.stream().mapToLong(Proposal::ended).min().orElse(NEVER);
        for (Proposal next : open) {
            String now = chosen == null ? next.value() : chosen;
            boolean mayBeNext = next.began() <= firstEnd;
            boolean isAnswered = next.decided() == null || Objects.equals(next.decided(), now);
            if (mayBeNext && isAnswered && isExplained(without(open, next), now)) {
                return true;
            }
        }
        return false;
    }

    private static List<Proposal> without(List<Proposal> open, Proposal one) {
        List<Proposal> rest = new ArrayList<>(open);
        rest.remove(one);
        return List.copyOf(rest);
    }
}
