package pulseboard.board.uploads.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import pulseboard.board.uploads.config.TriggerConfig;

/**
 * What an account may be given at once whose server has refused a stage of which nothing had arrived. Its quota is known only there, and parts of files that go
 * side by side count together: of several large ones none may fit, though one alone does. So it is tried with half as much, a few times. Not thread-safe.
 */
final class ServerRoom {

    private static final int MOST_TRIES = 3;

    private record Refusal(TriggerConfig trigger, int tries, long most) {}

    private final Map<String, Refusal> byAccount = new HashMap<>();

    /**
     * Its server has refused.
     *
     * @param begun the sizes of all files that were under way
     * @return whether it is worth trying with less
     */
    boolean isWorthLess(Account account, TriggerConfig trigger, long begun) {
        Refusal before = byAccount.get(account.id());
        int tries = before == null ? 1 : before.tries + 1;
        byAccount.put(account.id(), new Refusal(trigger, tries, begun / 2));
        return begun > 0 && tries <= MOST_TRIES;
    }

    /** So many bytes at once, at most. */
    long most(Account account) {
        Refusal refusal = byAccount.get(account.id());
        return refusal == null ? Long.MAX_VALUE : refusal.most;
    }

    /** What it was refused by, if it was. */
    Optional<TriggerConfig> trigger(Account account) {
        return Optional.ofNullable(byAccount.get(account.id())).map(Refusal::trigger);
    }

    /** It rests: after that nothing is known of it any more. */
    void forget(Account account) {
        byAccount.remove(account.id());
    }
}
