package pulseboard.link;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The answer of the sending end to a question about the past of one of its boards: that of its own history, as a message. */
final class PastAnswer {

    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;

    /** Quotes are escaped in a message, so it may be twice as long there. */
    private static final int MOST_CHARACTERS = 250_000;

    private final Vertx vertx;
    private final @Nullable Long id;
    private final JsonObject question;

    PastAnswer(Vertx vertx, JsonObject message) {
        this.vertx = vertx;
        this.id = message.getLong("id");
        this.question = message.getJsonObject("body", new JsonObject());
        if (!question.containsKey("format")) {
            question.put("format", "bridge"); // A text.
        }
    }

    /** Asks at this address; never fails. */
    Future<JsonObject> of(String address) {
        return vertx.eventBus()
                .<String>request(address, question, WITHIN_5_SECONDS)
                .map(reply -> answer(reply.body()))
                .otherwise(this::refusal);
    }

    private JsonObject answer(String text) {
        return text.length() > MOST_CHARACTERS
                ? LinkProtocol.error(id, "bad_parameter", "that is too much at once for the link: ask for less")
                        .put("status", BAD_REQUEST)
                : JsonObject.of("type", "answer", "id", id, "text", text);
    }

    private JsonObject refusal(Throwable failure) {
        int status = failure instanceof ReplyException reply && reply.failureCode() >= BAD_REQUEST
                ? reply.failureCode()
                : UNAVAILABLE;
        boolean isNobody = failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
        String words = isNobody ? "that machine keeps no history" : String.valueOf(failure.getMessage());
        return LinkProtocol.error(id, "history_unavailable", words).put("status", status);
    }
}
