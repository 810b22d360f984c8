package pulseboard.fleet;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;
import pulseboard.feed.BoardId;
import pulseboard.link.LinkServer;

/**
 * What other hubs ask of this one: states and the past of boards of machines that are linked here, and their changes while somebody
 * watches there. Only reading. Used on the event loop of the links.
 */
final class AskedByHubs {

    private static final DeliveryOptions WITHIN_5_SECONDS = new DeliveryOptions().setSendTimeout(5_000);

    private final Vertx vertx;
    private final Exchange exchange;
    private final LinkServer links;
    private final Map<String, MessageConsumer<JsonObject>> forwarded = new HashMap<>();

    AskedByHubs(Vertx vertx, Exchange exchange, LinkServer links) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.links = links;
        exchange.answer("ask." + exchange.hub(), this::answer);
    }

    /** Passes on the changes of these boards, and of no others. */
    void forward(Set<String> boards) {
        Set<String> wanted = new TreeSet<>(boards);
        wanted.removeIf(board -> !links.isLinkedHere(BoardId.of(board).source()));
        for (String board : Set.copyOf(forwarded.keySet())) {
            MessageConsumer<JsonObject> consumer = wanted.contains(board) ? null : forwarded.remove(board);
            if (consumer != null) {
                Future<Void> unused = consumer.unregister();
                links.watchedElsewhere(BoardId.of(board), false);
            }
        }
        for (String board : wanted) {
            forwarded.computeIfAbsent(
                    board,
                    missing -> vertx.eventBus()
                            .consumer(
                                    Addresses.changes(board),
                                    change -> exchange.publish(PeerHub.subject(board), change.body())));
            links.watchedElsewhere(BoardId.of(board), true); // It may have come since.
        }
    }

    private Future<JsonObject> answer(JsonObject question) {
        String board = question.getString("board", "");
        return switch (question.getString("type", "")) {
            case "describe" -> Future.succeededFuture(described(question.getString("machine", "")));
            case "get" -> ask(Addresses.snapshot(board), new JsonObject(), "body");
            case "history" -> ask(Addresses.history(board), question.getJsonObject("body"), "text");
            case "series" -> ask(Addresses.series(board), question.getJsonObject("body"), "text");
            default -> Future.failedFuture("this is not understood here");
        };
    }

    private JsonObject described(String machine) {
        return JsonObject.of("body", links.described(machine), "lastedMilliseconds", links.lastedMilliseconds(machine));
    }

    private Future<JsonObject> ask(String address, @Nullable JsonObject question, String as) {
        return vertx.eventBus()
                .request(address, question, WITHIN_5_SECONDS)
                .map(reply -> new JsonObject().put(as, reply.body()))
                .otherwise(failure -> JsonObject.of("error", String.valueOf(failure.getMessage()))
                        .put("status", failure instanceof ReplyException reply ? reply.failureCode() : -1));
    }
}
