package pulseboard.feed;

import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * How many watch a board, told on the bus at {@link Addresses#viewers} whenever that changes: by the web side, and by the link that
 * shows this machine elsewhere. Each tells of its own viewers; whoever hears adds them up.
 */
public final class ViewerCount {

    private static final String TELLER = "teller";

    private ViewerCount() {}

    /**
     * Tells that so many watch a board.
     *
     * @param teller a word for who tells it: another count of the same one replaces the one before
     */
    public static void tell(Vertx vertx, String board, String teller, int count) {
        vertx.eventBus().publish(Addresses.viewers(board), count, new DeliveryOptions().addHeader(TELLER, teller));
    }

    /** Has the sum told whenever somebody tells a count; ends when the consumer is unregistered. */
    public static MessageConsumer<Integer> follow(Vertx vertx, String board, IntConsumer all) {
        Map<String, Integer> byTeller = new HashMap<>();
        return vertx.eventBus().consumer(Addresses.viewers(board), message -> {
            String teller = message.headers().get(TELLER);
            byTeller.put(teller == null ? "" : teller, message.body());
            all.accept(byTeller.values().stream().mapToInt(Integer::intValue).sum());
        });
    }
}
