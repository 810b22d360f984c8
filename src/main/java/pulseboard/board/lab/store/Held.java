package pulseboard.board.lab.store;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pulseboard.board.lab.paxos.Accepted;
import pulseboard.board.lab.paxos.Acceptor;
import pulseboard.board.lab.paxos.Ballot;

/**
 * What a node holds of one chunk: its part in the decision, and the bytes that it accepted.
 *
 * @param acceptor what it has promised and accepted
 * @param fragment which one of the chunk, from 0; where there are copies, always 0
 * @param sha256 of these bytes, in hexadecimal digits; empty: there are none
 * @param isChosen whether it has been told that the value was chosen
 * @param offset where the bytes stand in the log
 * @param length how many
 */
public record Held(Acceptor acceptor, int fragment, String sha256, boolean isChosen, long offset, int length) {

    static final Held NOTHING = new Held(Acceptor.NEW, 0, "", false, 0, 0);

    Held promising(Acceptor next) {
        return new Held(next, fragment, sha256, isChosen, offset, length);
    }

    Held chosen() {
        return new Held(acceptor, fragment, sha256, true, offset, length);
    }

    /** The same, with its bytes elsewhere. */
    Held at(long newOffset, int newLength) {
        return new Held(acceptor, fragment, sha256, isChosen, newOffset, newLength);
    }

    /** Whether the bytes are there. */
    public boolean hasBytes() {
        return !sha256.isEmpty();
    }

    JsonObject toJson(String key) {
        JsonObject json =
                new JsonObject().put("key", key).put("fragment", fragment).put("sha256", sha256);
        Ballot promised = acceptor.promised();
        if (promised != null) {
            json.put("promised", promised.text());
        }
        Accepted accepted = acceptor.accepted();
        if (accepted != null) {
            json.put("accepted", accepted.ballot().text()).put("value", accepted.value());
        }
        return isChosen ? json.put("chosen", true) : json;
    }

    static Held of(JsonObject json, long offset, int length) {
        return new Held(
                new Acceptor(ballot(json.getString("promised")), accepted(json)),
                json.getInteger("fragment", 0),
                json.getString("sha256", ""),
                json.getBoolean("chosen", false),
                offset,
                length);
    }

    private static @Nullable Ballot ballot(@Nullable String text) {
        return text == null ? null : Ballot.of(text);
    }

    private static @Nullable Accepted accepted(JsonObject json) {
        String ballot = json.getString("accepted");
        return ballot == null
                ? null
                : new Accepted(Ballot.of(ballot), Objects.requireNonNull(json.getString("value"), "value"));
    }
}
