package pulseboard.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import pulseboard.feed.Addresses;
import pulseboard.feed.Change;

/** A change on its way to viewers: encoded once, however many get it, for each kind of connection that any of them has. */
final class PublishedChange {

    private final String board;
    private final JsonObject json;
    private @Nullable Change change;
    private @Nullable BusFrame frame;
    private @Nullable Buffer event;

    /** As it came from the bus. */
    PublishedChange(String board, JsonObject json) {
        this.board = board;
        this.json = json;
    }

    /** What it says. */
    Change change() {
        if (change == null) {
            change = Change.of(json);
        }
        return change;
    }

    /** For the bridge. */
    BusFrame frame() {
        if (frame == null) {
            frame = BusFrame.received(Addresses.changes(board), json.encode());
        }
        return frame;
    }

    /** As a Server-Sent Event. */
    Buffer event() {
        if (event == null) {
            event = EventStreams.event("change", change().epoch(), change().seq(), json.encode());
        }
        return event;
    }
}
