package pulseboard.board.sync.coordinator;

import io.vertx.core.json.JsonObject;

/** A connection of a machine to the coordinator. */
public interface Session {

    /** Who is at the other end, as TLS has proved it. */
    String device();

    /** From where it comes. */
    String address();

    /** Tells it something. */
    void send(JsonObject frame);

    /** Ends it. */
    void close();
}
