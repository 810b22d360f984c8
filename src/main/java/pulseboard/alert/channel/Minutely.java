package pulseboard.alert.channel;

import io.vertx.core.Future;
import java.util.List;

/**
 * A channel that hears each minute what fires then, whether or not there is a message. To be called only while rules are judged: its
 * silence says that they are not.
 */
public interface Minutely extends Channel {

    /** What fires at a minute. */
    record Firing(String host, List<Message.Item> items, String link, long at) {

        /** Copies. */
        public Firing {
            items = List.copyOf(items);
        }
    }

    /** Tells it, and says what the other side answered; fails as {@link #send} does. What fails is not tried again before the next minute. */
    Future<String> tick(Firing firing);
}
