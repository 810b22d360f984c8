package pulseboard.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;

/** The entry of one board in the {@linkplain DirectoryVerticle directory}, made and taken back by whoever publishes it. */
final class Announcement {

    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);

    private final Vertx vertx;
    private final BoardId board;
    private final String epoch;

    /**
     * Announces nothing yet.
     *
     * @param epoch a name that no other announcement of this board has: only it can be withdrawn by it
     */
    Announcement(Vertx vertx, BoardId board, String epoch) {
        this.vertx = vertx;
        this.board = board;
        this.epoch = epoch;
    }

    /**
     * Says this of the board. Done when the directory has it; failed when the directory does not answer. Without a directory a
     * board can still be read by those who know its name.
     */
    Future<Void> announce(BoardInfo info) {
        JsonObject announcement = JsonObject.of("id", board.toString(), "epoch", epoch, "info", info.toJson());
        return vertx.eventBus()
                .request(Addresses.ANNOUNCE, announcement, WITHIN_5_SECONDS)
                .recover(failure ->
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                                ? Future.succeededFuture()
                                : Future.failedFuture(failure))
                .mapEmpty();
    }

    /** The board is not there any more. */
    void withdraw() {
        vertx.eventBus().send(Addresses.WITHDRAW, JsonObject.of("id", board.toString(), "epoch", epoch));
    }
}
