package pulseboard.board.lab.paxos;

/**
 * How many acceptors have to agree.
 *
 * @param acceptors how many there are
 * @param prepare how many promises a proposer needs
 * @param accept how many acceptances make a value chosen
 * @param needed how many acceptors hold enough of a value to finish it: 1 where each has all of it, 3 where each has one of five
 *     fragments, any three of which make it whole
 */
public record Quorum(int acceptors, int prepare, int accept, int needed) {

    /** Three copies: any two agree. */
    public static final Quorum REPLICATED = new Quorum(3, 2, 2, 1);

    /**
     * Five fragments, any three of which are enough: four agree, so that any two quorums share three acceptors, and whoever
     * prepares sees three fragments of what may have been chosen.
     */
    public static final Quorum CODED = new Quorum(5, 4, 4, 3);
}
