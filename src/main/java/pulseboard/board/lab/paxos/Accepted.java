package pulseboard.board.lab.paxos;

/**
 * What an acceptor has accepted last.
 *
 * @param ballot in which attempt
 * @param value what
 */
public record Accepted(Ballot ballot, String value) {}
