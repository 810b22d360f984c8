package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pulseboard.feed.ActionRefusal;

/** What has been asked of the other end of a link, and not been answered yet. Used on one event loop. */
final class LinkQuestions {

    private static final int MOST = 256;
    private static final long ANSWER_MILLISECONDS = TimeUnit.SECONDS.toMillis(8);

    private final Vertx vertx;
    private final Consumer<JsonObject> out;
    private final Map<Long, Promise<JsonObject>> waiting = new HashMap<>();
    private long last;

    /** Sends its questions there. */
    LinkQuestions(Vertx vertx, Consumer<JsonObject> out) {
        this.vertx = vertx;
        this.out = out;
    }

    /** Asks; fails with an {@link ActionRefusal} when the other end says no, or nothing in time. */
    Future<JsonObject> ask(JsonObject question) {
        if (waiting.size() >= MOST) {
            return Future.failedFuture(new ActionRefusal(503, "board_unavailable", "too much is being asked"));
        }
        long id = ++last;
        Promise<JsonObject> answer = Promise.promise();
        waiting.put(id, answer);
        out.accept(question.put("id", id));
        long late = vertx.setTimer(ANSWER_MILLISECONDS, timer -> {
            waiting.remove(id);
            answer.tryFail(new ActionRefusal(503, "board_unavailable", "no answer came within 8 s"));
        });
        return answer.future().onComplete(done -> vertx.cancelTimer(late));
    }

    /** An answer or a refusal has come. */
    void answered(JsonObject json) {
        Promise<JsonObject> question = waiting.remove(json.getLong("id", 0L));
        if (question == null) {
            return;
        }
        if (json.getString("type").equals("error")) {
            question.fail(refusal(json));
        } else {
            question.complete(json);
        }
    }

    private static RuntimeException refusal(JsonObject json) {
        try {
            return new ActionRefusal(
                    json.getInteger("status", 503), json.getString("error", ""), json.getString("message", ""));
        } catch (IllegalArgumentException e) {
            return new ActionRefusal(503, "board_unavailable", "the other end did not say why");
        }
    }

    /** The same refusal, as the history itself would give it. */
    static Throwable reply(Throwable failure) {
        return failure instanceof ActionRefusal refusal
                ? new ReplyException(
                        ReplyFailure.RECIPIENT_FAILURE, refusal.status(), String.valueOf(refusal.getMessage()))
                : failure;
    }

    /** Nothing will be answered any more. */
    void end() {
        List.copyOf(waiting.values()).forEach(each -> each.tryFail("the link ended"));
        waiting.clear();
    }
}
