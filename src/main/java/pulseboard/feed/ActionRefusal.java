package pulseboard.feed;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.regex.Pattern;

/** A board will not, or cannot, do what it was told to, for a reason that whoever told it can understand. */
public final class ActionRefusal extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final Pattern WORD = Pattern.compile("[a-z][a-z_]*");

    private final int status;
    private final String word;

    /**
     * Makes it.
     *
     * @param status the status of HTTP that fits: 400 to 599
     * @param word a stable word for programs, such as {@code run_active}
     * @param message one sentence for people
     */
    public ActionRefusal(int status, String word, String message) {
        super(message);
        if (status < 400 || status > 599 || !WORD.matcher(word).matches()) {
            throw new IllegalArgumentException("no refusal: " + status + " " + word);
        }
        this.status = status;
        this.word = word;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The stable word. */
    public String word() {
        return word;
    }

    ReplyException onTheBus() {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, status, word + ": " + getMessage());
    }

    /** The refusal that a failed request for an action stands for: a board that does not answer is {@code board_unavailable}. */
    public static ActionRefusal of(Throwable failure) {
        if (failure instanceof ActionRefusal known) {
            return known;
        }
        if (failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
                && reply.failureCode() >= 400
                && reply.failureCode() <= 599) {
            String[] parts = String.valueOf(reply.getMessage()).split(": ", 2);
            if (parts.length == 2 && WORD.matcher(parts[0]).matches()) {
                return new ActionRefusal(reply.failureCode(), parts[0], parts[1]);
            }
        }
        return new ActionRefusal(503, "board_unavailable", "no answer; GET /api/health says more");
    }
}
