package pulseboard.board.lab.paxos;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message between a proposer and an acceptor.
 *
 * @param kind what it says
 * @param from who sends it
 * @param to who gets it
 * @param ballot the attempt that it belongs to
 * @param promised in a {@link Kind#NACK}: the higher ballot that stands in the way
 * @param accepted in a {@link Kind#PROMISE}: what this acceptor has accepted, if anything; in {@link Kind#ACCEPT} and {@link
 *     Kind#ACCEPTED}: the value of this ballot
 */
public record Message(
        Kind kind,
        String from,
        String to,
        Ballot ballot,
        @Nullable Ballot promised,
        @Nullable Accepted accepted) {

    /** What a message says. */
    public enum Kind {
        /** Proposer: will you take no lower ballot from now on? */
        PREPARE,
        /** Acceptor: I will not; this is what I have accepted so far. */
        PROMISE,
        /** Acceptor: I have promised a higher one. */
        NACK,
        /** Proposer: take this value. */
        ACCEPT,
        /** Acceptor: I have it. */
        ACCEPTED
    }

    /** The first message of an attempt. */
    public static Message prepare(String from, String to, Ballot ballot) {
        return new Message(Kind.PREPARE, from, to, ballot, null, null);
    }

    static Message accept(String from, String to, Accepted accepted) {
        return new Message(Kind.ACCEPT, from, to, accepted.ballot(), null, accepted);
    }

    Message reply(Kind answer, @Nullable Ballot higher, @Nullable Accepted what) {
        return new Message(answer, to, from, ballot, higher, what);
    }

    /** As it goes over the wire. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("kind", kind.name())
                .put("from", from)
                .put("to", to)
                .put("ballot", ballot.text());
        if (promised != null) {
            json.put("promised", promised.text());
        }
        if (accepted != null) {
            json.put("accepted", accepted.ballot().text()).put("value", accepted.value());
        }
        return json;
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @throws RuntimeException when it is no message
     */
    public static Message of(JsonObject json) {
        String promised = json.getString("promised");
        String accepted = json.getString("accepted");
        return new Message(
                Kind.valueOf(json.getString("kind", "")),
                Objects.requireNonNull(json.getString("from"), "from"),
                Objects.requireNonNull(json.getString("to"), "to"),
                Ballot.of(json.getString("ballot", "")),
                promised == null ? null : Ballot.of(promised),
                accepted == null
                        ? null
                        : new Accepted(Ballot.of(accepted), Objects.requireNonNull(json.getString("value"), "value")));
    }
}
