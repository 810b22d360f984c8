package pulseboard.board.lab.paxos;

import pulseboard.board.lab.paxos.Message.Kind;

/** Acceptors with a fault that proofs have to find. */
final class Faults {

    static final AllStates.Rule NONE = Acceptor::step;

    /** Promises, and forgets it, as one would whose promises are not on disk. */
    static final AllStates.Rule FORGOTTEN_PROMISE = (acceptor, message) -> {
        Acceptor.Step step = acceptor.step(message);
        Acceptor next = new Acceptor(acceptor.promised(), step.next().accepted());
        return message.kind() == Kind.PREPARE ? new Acceptor.Step(next, step.reply()) : step;
    };

    /** Does not tell what it has accepted, so that nobody finishes it. */
    static final AllStates.Rule SILENT_ABOUT_ACCEPTED = (acceptor, message) -> {
        Acceptor.Step step = acceptor.step(message);
        return step.reply().kind() == Kind.PROMISE
                ? new Acceptor.Step(step.next(), message.reply(Kind.PROMISE, null, null))
                : step;
    };

    /** Accepts lower ballots than it has promised. */
    static final AllStates.Rule ACCEPTS_OLDER = (acceptor, message) -> message.kind() == Kind.ACCEPT
            ? new Acceptor(null, acceptor.accepted()).step(message)
            : acceptor.step(message);

    /** Takes the owner's first ballot although it has promised another one. */
    static final AllStates.Rule ALWAYS_FAST = (acceptor, message) ->
            message.kind() == Kind.ACCEPT && message.ballot().isFast()
                    ? new Acceptor(null, acceptor.accepted()).step(message)
                    : acceptor.step(message);

    private Faults() {}
}
