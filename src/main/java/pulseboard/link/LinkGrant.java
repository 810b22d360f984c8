package pulseboard.link;

import java.util.Set;
import pulseboard.auth.Identity;
import pulseboard.feed.BoardId;

/**
 * What the token of a link allows: which boards it may bring.
 *
 * @param source the machine whose boards they are; empty for a worker of this machine
 * @param names for a worker: the names that it may use; empty for an agent, which may use any below its source
 * @param identity who it is, by the token
 */
public record LinkGrant(String source, Set<String> names, Identity identity) {

    /** Copies. */
    public LinkGrant {
        names = Set.copyOf(names);
    }

    /** Whether it is a process of this machine, which does what its boards' actions say. */
    boolean isWorker() {
        return source.isEmpty();
    }

    /** Two links with the same key are the same machine or worker: the newer one replaces the older. */
    String key() {
        return isWorker() ? "work:" + String.join(",", names.stream().sorted().toList()) : agentKey(source);
    }

    /** The key of a machine's links. */
    static String agentKey(String source) {
        return "publish:" + source;
    }

    /**
     * The board of this name, as it is called here.
     *
     * @throws LinkRefusal when it is not one of those that it may use
     * @throws IllegalArgumentException when it is no name
     */
    BoardId board(String name) {
        if (isWorker() && !names.contains(name)) {
            throw new LinkRefusal(LinkProtocol.NAME_TAKEN, "its token does not allow a board that it brings");
        }
        return new BoardId(source, name);
    }

    /** For people. */
    String title() {
        return isWorker() ? "worker" : source;
    }
}
