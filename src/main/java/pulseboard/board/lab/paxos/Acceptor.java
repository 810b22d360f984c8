package pulseboard.board.lab.paxos;

import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.paxos.Message.Kind;

/**
 * What an acceptor remembers of one decision. It has to be on disk before the answer is sent.
 *
 * @param promised it takes no lower ballot than this; null: it has promised nothing
 * @param accepted what it has accepted last, if anything
 */
public record Acceptor(@Nullable Ballot promised, @Nullable Accepted accepted) {

    /** One that knows nothing yet. */
    public static final Acceptor NEW = new Acceptor(null, null);

    /**
     * What a message leads to.
     *
     * @param next what is to be remembered before the answer is sent
     * @param reply the answer
     */
    public record Step(Acceptor next, Message reply) {}

    /**
     * Takes a {@link Kind#PREPARE} or {@link Kind#ACCEPT}. A ballot with the counter 0 comes without having been prepared, from
     * the owner of the decision, and is taken as long as nothing was promised to anybody else.
     *
     * @throws IllegalArgumentException when it is another message
     */
    public Step step(Message message) {
        Ballot ballot = message.ballot();
        if (promised != null && ballot.compareTo(promised) < 0) {
            return new Step(this, message.reply(Kind.NACK, promised, null));
        }
        if (message.kind() == Kind.PREPARE) {
            return new Step(new Acceptor(ballot, accepted), message.reply(Kind.PROMISE, null, accepted));
        }
        if (message.kind() == Kind.ACCEPT && message.accepted() != null) {
            Acceptor next = new Acceptor(ballot, message.accepted());
            return new Step(next, message.reply(Kind.ACCEPTED, null, message.accepted()));
        }
        throw new IllegalArgumentException("no message for an acceptor: " + message.kind());
    }
}
