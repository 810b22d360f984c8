package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import pulseboard.feed.ActionRefusal;

/**
 * Whoever keeps book of the machines that link: is told what happens to their links, and says who may not. All is called on the
 * event loop of the links, and must not hold it up.
 */
public interface LinkFollower {

    /** Begins. Done when it knows whom to let in. */
    Future<?> start(Vertx vertx, LinkServer links);

    /** The links are about to end, with this process. */
    Future<?> stop();

    /** Why this machine may not link, whatever its token says; nothing when it may. */
    Optional<ActionRefusal> refusal(String source);

    /** A machine has greeted, and says this of itself. */
    void linked(String source, LinkGreeting greeting);

    /** Whether this board of each machine has to come here though nobody looks at it, and the history keeps nothing of it. */
    boolean follows(String board);

    /** So many bytes came of one of its boards: its state, or a change, which may be empty. */
    void heard(String source, String board, int bytes);

    /** It had to send a state anew, as changes were lost. */
    void resynced(String source);

    /** A newer link with the same token takes the place of one that is open. */
    void replaced(String source);

    /** Its link ended: {@code link_lost}, {@code stopping} or {@code restarting}. */
    void ended(String source, String reason);

    /** Its token is not good any more: its boards have left. */
    void revoked(String source);
}
