package pulseboard.web;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses.Use;

/**
 * Answers what viewers of a bridge send: requests for the snapshots of boards, and questions about their history. Whatever goes
 * elsewhere is refused. Nothing of it is sent by the bridge itself, which would have each answer copied and encoded for each
 * viewer, and would let every address be asked that anybody permits. Used on one event loop.
 */
final class BridgeRequests {

    /** The length of an address for replies in the ordinary clients. */
    private static final int MOST_REPLY_CHARACTERS = 36;

    private static final int FAILED = 500;

    private final int mostAtOnce;
    private final Boards boards;
    private final HistoryRequests questions;
    private final Warnings warnings;

    /**
     * Makes it.
     *
     * @param mostAtOnce how many registrations and unanswered requests one viewer may have
     */
    BridgeRequests(int mostAtOnce, Boards boards, HistoryRequests questions, Warnings warnings) {
        this.mostAtOnce = mostAtOnce;
        this.boards = boards;
        this.questions = questions;
        this.warnings = warnings;
    }

    /** Answers one message, or writes why not. */
    void take(BridgeSession watcher, JsonObject message) {
        String address = message.getString("address", "");
        Optional<FanOut> asked = boards.at(Use.SNAPSHOT, address);
        Optional<FanOut> board =
                asked.or(() -> boards.at(Use.HISTORY, address)).or(() -> boards.at(Use.SERIES, address));
        boolean isQuestion = asked.isEmpty();
        board = board.filter(each -> !Boards.isHidden(each, watcher.who)).map(each -> boards.as(each, watcher.who));
        String refusal =
                board.map(each -> refusal(watcher, each, message, isQuestion)).orElseGet(() -> unknown(address));
        if (!refusal.isEmpty()) {
            watcher.socket.write(BusFrame.error(refusal));
        } else if (message.getValue("replyAddress") instanceof String replyAddress) {
            Future<String> answer = isQuestion
                    ? ask(watcher, address, message)
                    : board.get().snapshots.ask().map(Snapshots.Encoded::text);
            answer(watcher, replyAddress, answer, isQuestion);
        } // Or nobody waits for an answer.
    }

    private String unknown(String address) {
        warnings.refused("a send on the bridge", address);
        return "access_denied";
    }

    /** Why a request is not answered; empty when it is. */
    private String refusal(BridgeSession watcher, FanOut board, JsonObject message, boolean isQuestion) {
        Object replyAddress = message.getValue("replyAddress", "");
        boolean isHidden = isQuestion && !board.mayBeAsked(series(message));
        if (!watcher.mayRead(board, warnings) || isHidden || watcher.socket.isFull()) {
            return "rejected";
        }
        if (!(replyAddress instanceof String text) || text.length() > MOST_REPLY_CHARACTERS) {
            return "invalid_reply_address";
        }
        if (watcher.joined.size() + watcher.pending >= mostAtOnce) {
            warnings.refused("a send on the bridge", "more than web.maxHandlersPerSocket, " + mostAtOnce + ", at once");
            return "max_handlers_reached";
        }
        if (isQuestion && !watcher.mayAsk()) {
            warnings.refused("a question on the bridge", watcher.who.name() + " asks too often");
            return "rejected";
        }
        return "";
    }

    /** Those that are asked for; null: for their names. */
    private static @Nullable JsonArray series(JsonObject message) {
        return message.getValue("body") instanceof JsonObject body && body.getValue("series") instanceof JsonArray names
                ? names
                : null;
    }

    private void answer(BridgeSession watcher, String replyAddress, Future<String> answer, boolean isHistory) {
        watcher.pending++;
        answer.onComplete(done -> watcher.pending--)
                .onSuccess(text -> reply(watcher, replyAddress, text, isHistory))
                .onFailure(failure -> watcher.socket.write(failed(replyAddress, failure)));
    }

    private Future<String> ask(BridgeSession watcher, String address, JsonObject message) {
        JsonObject body = message.getValue("body") instanceof JsonObject question ? question : new JsonObject();
        return questions.ask(watcher.asker, address, body.put("format", "bridge"), () -> !watcher.isGone);
    }

    /** Whoever does not read loses snapshots too; answers about the history have their place among those that nobody read yet. */
    private void reply(BridgeSession watcher, String replyAddress, String text, boolean isHistory) {
        BusFrame frame = BusFrame.received(replyAddress, text);
        if (!isHistory) {
            watcher.socket.offer(frame);
            return;
        }
        if (watcher.isGone) {
            return;
        }
        if (!questions.deliver(watcher.asker, text, () -> watcher.socket.write(frame), () -> watcher.end(warnings))) {
            watcher.socket.write(BusFrame.failed(
                    replyAddress,
                    HistoryRequests.BUSY,
                    "RECIPIENT_FAILURE",
                    "answers before this one are not read yet"));
        }
    }

    private static BusFrame failed(String replyAddress, Throwable failure) {
        int code = failure instanceof ReplyException reply ? reply.failureCode() : FAILED;
        String type =
                failure instanceof ReplyException reply ? reply.failureType().name() : "ERROR";
        return BusFrame.failed(replyAddress, code, type, String.valueOf(failure.getMessage()));
    }
}
