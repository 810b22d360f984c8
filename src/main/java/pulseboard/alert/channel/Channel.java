package pulseboard.alert.channel;

import io.vertx.core.Future;

/** One way to people. Used on the event loop of the alerts; never blocks. */
public interface Channel {

    /**
     * Sends a message and says what the other side answered, one line of at most 1,000 characters without secrets. Fails with
     * {@link ChannelFailure} when it was not taken.
     */
    Future<String> send(Message message);

    /** Lets go of what it holds. */
    default void close() {}
}
